"""What takes the keys while a form is got ready: none of them may reach the panes behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType


class OpeningScreen(ModalScreen[None]):
    """Lies under a form from the key that asked for it to its end.

    Whoever types on behind that key, into a form that is not there yet, would press the keys of a
    pane: ``s`` stops no service here.

    Args:
        leave: Called when Escape is pressed before the form is there.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave it")]

    def __init__(self, leave: Callable[[], None]) -> None:
        super().__init__()
        self._leave = leave
        self._typed = ""

    def compose(self) -> ComposeResult:
        """Lay out a line that says that it goes on."""
        with Vertical(id="dialog"):
            yield Static(Text("Asking the cluster …      Esc  leave it"), classes="keys")

    def on_key(self, event: events.Key) -> None:
        """Keep what is typed for the form."""
        if event.key != "escape":
            event.stop()
            if event.is_printable and event.character:
                self._typed += event.character

    def taken(self) -> str:
        """Return what was typed, once."""
        typed, self._typed = self._typed, ""
        return typed

    def action_leave(self) -> None:
        """Give it up."""
        self._leave()
