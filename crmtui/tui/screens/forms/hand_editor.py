"""The hand editor: the crm text of a form in a text area."""

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
    """Editor for the crm text of a form; the result is the answers, None for Escape.

    Parts of the text that have no field are kept.

    Args:
        text: The crm text of the form.
        read: Returns the answers of a text; raises a `CrmtuiError` if the form cannot read it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4,ctrl+s", "take", "Apply"),
        Binding("escape", "cancel", "Cancel"),
    ]

    def __init__(self, text: str, read: Callable[[str], Answers]) -> None:
        super().__init__()
        self._text = text
        self._read = read

    def compose(self) -> ComposeResult:
        """Lay out the text above its error."""
        with Vertical(id="dialog"):
            yield Static(Text("crm configure"), classes="title")
            yield TextArea(self._text, soft_wrap=False, tab_behavior="focus", id="hand-text")
            yield Static("", id="hand-trouble", markup=False)
            yield Static(Text("F4  apply      Esc  cancel"), classes="keys")

    def on_mount(self) -> None:
        """Focus the text."""
        self.query_one(TextArea).focus()

    def action_take(self) -> None:
        """Close the editor with the answers, or show the error."""
        try:
            self.dismiss(self._read(self.query_one(TextArea).text))
        except CrmtuiError as error:
            self.query_one("#hand-trouble", Static).update(str(error))

    def action_cancel(self) -> None:
        """Close the editor without a change."""
        self.dismiss(None)
