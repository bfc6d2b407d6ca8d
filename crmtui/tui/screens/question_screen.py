"""What crm asks while something lies over the command line."""

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
    """Shows a question with what crm said before it; the result is the answer, or None for Escape.

    Args:
        question: What is asked.
        said: What crm said before.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Do not")]

    def __init__(self, question: CrmQuestion, said: str) -> None:
        super().__init__()
        self.question = question
        """What is asked."""
        self._said = said.removesuffix(question.text).rstrip()

    @property
    def refusal(self) -> str | None:
        """What answers no; None where only an end of what asks does."""
        return "n" if self.question.kind in ("yes_no", "yes_no_cancel") else None

    def compose(self) -> ComposeResult:
        """Lay out the field below the question."""
        is_hidden = self.question.kind == "password"
        with Vertical(id="dialog"):
            yield Static(Text("crm asks"), classes="title")
            with VerticalScroll(id="question-said"):
                yield Static(Text(self._said))
            yield Static(Text(self.question.text), id="question")
            yield Input(password=is_hidden, compact=True, id="answer")
            yield Static(Text(self.question.how), id="told")
            words = "no" if self.refusal else "stop what asks"
            yield Static(Text(f"Enter  answer it      Esc  {words}"), classes="keys")

    def on_mount(self) -> None:
        """Begin in the field, with the last of what was said in sight."""
        said = self.query_one("#question-said", VerticalScroll)
        said.can_focus = False
        said.display = bool(self._said)
        said.anchor()
        self.query_one(Input).cursor_blink = False
        self.set_focus(self.query_one(Input))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the answer, if crm would take it."""
        event.stop()
        if self.question.accepts(event.value):
            self.dismiss(event.value)

    def action_leave(self) -> None:
        """Answer no, or leave it unanswered."""
        self.dismiss(self.refusal)
