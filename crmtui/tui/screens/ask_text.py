"""The search dialog of the output pane."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from crmtui.tui.textual_ext.bindings import closing

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class AskTextScreen(ModalScreen[str]):
    """Field for the text to find; the result is that text, empty after Escape.

    Args:
        text: The text of the last search.
    """

    BINDINGS: ClassVar[list[BindingType]] = closing("dismiss('')")

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """Lay out the field."""
        with Vertical(id="dialog"):
            yield Static(Text("Find in the output"), classes="title")
            yield Input(self._text, select_on_focus=True)
            yield Static(Text("Enter  find upwards      Esc  close"), classes="keys")

    def on_mount(self) -> None:
        """Focus the field."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close the dialog with the text."""
        self.dismiss(event.value)
