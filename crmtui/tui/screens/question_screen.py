"""A question of crm, asked over a form or a dialog that covers the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from crmtui.crmsh.prompt import CrmQuestion


class QuestionScreen(ModalScreen[str | None]):
    """Dialog with a question of crm and the output before it.

    The result is the answer; None for Escape where no answer means no.

    Args:
        question: The question of crm.
        said: The output of crm before the question.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Cancel")]

    def __init__(self, question: CrmQuestion, said: str) -> None:
        super().__init__()
        self.question = question
        """The question of crm."""
        self._said = said.removesuffix(question.text).rstrip()

    @property
    def refusal(self) -> str | None:
        """The answer no; None where only the end of the command declines."""
        return "n" if self.question.kind in ("yes_no", "yes_no_cancel") else None

    def compose(self) -> ComposeResult:
        """Lay out the output of crm, the question, and the field for the answer."""
        is_hidden = self.question.kind == "password"
        with Vertical(id="dialog"):
            yield Static(Text("crm asks"), classes="title")
            with VerticalScroll(id="question-said"):
                yield Static(Text(self._said))
            yield Static(Text(self.question.text), id="question")
            yield Input(password=is_hidden, compact=True, id="answer")
            yield Static(Text(self.question.how), id="told")
            words = "no" if self.refusal else "stop the command"
            yield Static(Text(f"Enter  answer      Esc  {words}"), classes="keys")

    def on_mount(self) -> None:
        """Focus the field, with the end of crm's output in view."""
        said = self.query_one("#question-said", VerticalScroll)
        said.can_focus = False
        said.display = bool(self._said)
        said.anchor()
        self.query_one(Input).cursor_blink = False
        self.set_focus(self.query_one(Input))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close the dialog with the answer, if crm accepts such an answer."""
        event.stop()
        if self.question.accepts(event.value):
            self.dismiss(event.value)

    def action_cancel(self) -> None:
        """Answer no; where that is no answer, stop the command."""
        self.dismiss(self.refusal)
