"""Shows the exact crm line of an action before it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult


class ConfirmScreen(ModalScreen[bool]):
    """Asks whether to run a line: Enter runs it, Escape does not.

    Args:
        where: The cluster it would run on, with its badge.
        line: The crm line.
        now: What is there now that it concerns, as sentences.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer(True)", "Run it"),
        Binding("escape,q", "answer(False)", "Do not"),
    ]

    def __init__(self, where: str, line: str, now: str) -> None:
        super().__init__()
        self._where = where
        self._line = line
        self._now = now

    def compose(self) -> ComposeResult:
        """Lay out the line between what it concerns and the keys."""
        with Vertical(id="dialog"):
            yield Static(Text(f"Run on {self._where}?"), classes="title")
            yield Static(Text(f"crm {self._line}"), classes="line")
            yield Static(Text(self._now), classes="now")
            yield Static(Text("Enter  run it      Esc  do not"), classes="keys")

    def action_answer(self, is_yes: bool) -> None:
        """Give the answer to who asked."""
        self.dismiss(is_yes)
