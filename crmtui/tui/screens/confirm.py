"""Shows the exact crm line of an action before it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from rich.text import Text
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

_READING_SECONDS = 0.3
"""Keys that come sooner were pressed before anybody could have read the line."""


Answer = Literal["run", "not", "mistyped"]
"""Enter, Escape, or a key that no answer is meant by."""


class ConfirmScreen(ModalScreen[Answer]):
    """Asks whether to run a line: Enter runs it, every other key does not.

    Somebody who types a word into the wrong pane meets this in the middle of it, and must not run
    anything by going on.

    Args:
        where: The cluster it would run on, with its badge.
        line: The crm line.
        now: What is there now that it concerns, as sentences.
    """

    def __init__(self, where: str, line: str, now: str) -> None:
        super().__init__()
        self._where = where
        self._line = line
        self._now = now
        self.is_readable = False
        """Whether it has been on the screen long enough for Enter to count."""

    def compose(self) -> ComposeResult:
        """Lay out the line between what it concerns and the keys."""
        with Vertical(id="dialog"):
            yield Static(Text(f"Run on {self._where}?"), classes="title")
            yield Static(Text(f"crm {self._line}"), classes="line")
            yield Static(Text(self._now), classes="now")
            yield Static(Text("Enter  run it      Esc  do not"), classes="keys")

    def on_mount(self) -> None:
        """Begin to count once it is painted."""
        self.call_after_refresh(self.set_timer, _READING_SECONDS, self._let_read)

    def _let_read(self) -> None:
        self.is_readable = True

    def on_key(self, event: events.Key) -> None:
        """Run the line on Enter, drop it on everything else."""
        event.stop()
        event.prevent_default()
        if event.key != "enter":
            self.dismiss("not" if event.key == "escape" else "mistyped")
        elif self.is_readable:
            self.dismiss("run")
