"""Frontend of a crm session: the screen-free protocol that screen and bare terminal implement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.backend.approval.approval import ChangeRequest
    from crmtui.backend.session.events import PendingShown
    from crmtui.backend.session.outcome import Outcome
    from crmtui.crmsh.prompt import CrmPrompt, CrmQuestion
    from crmtui.errors import CrmtuiError

SayingTone = Literal["error", "warning", "note", "plain"]
"""Weight of a sentence; ``plain`` for lines that a sentence introduces."""
Kept = Literal["line", "history", "nowhere"]
"""Place of lines that came back: ready to be edited, in the history, or lost with a pipe."""


class Frontend(Protocol):
    """Screen or bare terminal that shows a session; a presenter calls it in one thread."""

    def show_output(self, text: str, *, is_error: bool) -> None:
        """Show a piece of crm's output, which need not be whole lines."""

    def begin_line(self, prompt: str, line: str, *, is_step: bool) -> None:
        """Show a line that crm begins to run.

        Args:
            prompt: Prompt before the line.
            line: The line, secrets masked.
            is_step: True for a commit that precedes the submitted line.
        """

    def finish_line(self, line: str, outcome: Outcome, seconds: float, *, is_step: bool) -> None:
        """Show the outcome of a line."""

    def say(self, text: str, tone: SayingTone) -> None:
        """Show a sentence of crmtui's own."""

    def ask(self, question: CrmQuestion) -> None:
        """Ask a question; the answer goes to the dispatcher."""

    def stop_asking(self) -> None:
        """Withdraw the question."""

    def ask_approval(self, request: ChangeRequest) -> None:
        """Ask for an approval; the decision goes to the dispatcher."""

    def edit(self, path: str) -> None:
        """Let the user edit a file of the target, and tell the dispatcher."""

    def typed_of(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of ``lines``, which were not sent, that the user had typed."""

    def give_back(self, lines: Sequence[str]) -> Kept:
        """Put lines where the user can correct them; return that place."""

    def show_pending(self, pending: PendingShown) -> None:
        """Show the uncommitted changes."""

    def show_prompt(self, text: str, *, is_waiting: bool) -> None:
        """Show the prompt of the next line; ``is_waiting`` if crm does not read it yet."""

    def quit(self) -> None:
        """End the program, as a line asked for it."""

    def fail(self, error: CrmtuiError) -> None:
        """Report that crm cannot be started."""


class CrmState(Protocol):
    """State of the crm for typed lines, as the dispatcher reports it."""

    @property
    def prompt(self) -> CrmPrompt | None:
        """Prompt of crm; None before the first."""

    @property
    def uncommitted(self) -> int | None:
        """Number of uncommitted objects; None if unknown."""

    @property
    def is_at_work(self) -> bool:
        """True while a typed line runs or waits for an answer."""

    def masked(self, line: str) -> str:
        """Return ``line`` without secrets."""
