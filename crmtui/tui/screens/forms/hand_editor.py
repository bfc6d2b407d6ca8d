"""The crm text of a form, to be edited by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from crmtui.errors import CrmtuiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from crmtui.wizard.answers import Answers


class HandEditorScreen(ModalScreen["Answers | None"]):
    """Lets the text be edited until the form understands it; what has no field is kept.

    Args:
        text: What the form made.
        read: Returns the answers that a text stands for, or raises a `CrmtuiError` that says why it
            stands for none.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4,ctrl+s", "take", "Take it over"),
        Binding("escape", "leave", "Back"),
    ]

    def __init__(self, text: str, read: Callable[[str], Answers]) -> None:
        super().__init__()
        self._text = text
        self._read = read

    def compose(self) -> ComposeResult:
        """Lay out the text above what is wrong with it."""
        with Vertical(id="dialog"):
            yield Static(Text("crm configure"), classes="title")
            yield TextArea(self._text, soft_wrap=False, tab_behavior="focus", id="hand-text")
            yield Static("", id="hand-trouble", markup=False)
            yield Static(Text("F4  take it over      Esc  leave it as it was"), classes="keys")

    def on_mount(self) -> None:
        """Begin in the text."""
        self.query_one(TextArea).focus()

    def action_take(self) -> None:
        """Give the answers to who asked, or say what is wrong."""
        try:
            self.dismiss(self._read(self.query_one(TextArea).text))
        except CrmtuiError as error:
            self.query_one("#hand-trouble", Static).update(str(error))

    def action_leave(self) -> None:
        """Leave everything as it was."""
        self.dismiss(None)
