"""View of a crm session on a bare terminal or a pipe: what the presenter says is printed."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from crmtui.backend.gate.presenter import (
    NO_DIFFERENCE,
    TYPED_IN_ORDER,
    pending_place,
    pending_title,
)
from crmtui.backend.session import own_questions
from crmtui.backend.session.editing import edit
from crmtui.backend.session.outcome import told
from crmtui.backend.session.own_questions import indented
from crmtui.editor.returned_line import EXPLANATION
from crmtui.errors import CrmtuiError
from crmtui.shell.approval_prompt import ApprovalPrompt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.backend.approval.approval import ChangeRequest
    from crmtui.backend.gate.dispatcher import CommandDispatcher
    from crmtui.backend.gate.frontend import Kept, SayingTone
    from crmtui.backend.process.target import Target
    from crmtui.backend.session.events import PendingShown
    from crmtui.backend.session.outcome import Outcome
    from crmtui.cluster.model import Cluster
    from crmtui.crmsh.prompt import CrmQuestion
    from crmtui.shell.interrupts import CtrlC
    from crmtui.shell.shell_line import WordedOutcome

_ALL = 10_000
"""Lines of differences that are shown at most."""


class TerminalView:
    """View that prints; questions are asked in the thread that prints.

    Args:
        target: The cluster.
        dispatcher: Destination of answers.
        cluster: Returns the last snapshot.
        ask: Reads a line after a prompt, hidden for a secret.
        ctrl_c: Ctrl-C pressed while a line runs.
        is_showing: True if ``ask`` itself shows the question and the answer.
        typed_ahead: Takes the text that was typed before a question; empty where there is none.
    """

    def __init__(
        self,
        target: Target,
        dispatcher: CommandDispatcher,
        cluster: Callable[[], Cluster | None],
        ask: Callable[[CrmQuestion], str],
        ctrl_c: CtrlC,
        *,
        is_showing: bool,
        typed_ahead: Callable[[], str] = str,
    ) -> None:
        self._target = target
        self._dispatcher = dispatcher
        self._ask = ask
        self._ctrl_c = ctrl_c
        self._is_showing = is_showing
        self._approval_prompt = ApprovalPrompt(
            target,
            dispatcher,
            cluster,
            ask,
            ctrl_c,
            show=self._print_apart,
            note=lambda text: self.say(text, "note"),
            typed_ahead=typed_ahead,
            give_back=self.give_back,
        )
        self._shown = ""
        """Beginning of the coming output that is on the screen already."""
        self._column = 0
        self._is_typed = False
        """True if the line that starts next is on the screen already."""
        self.told: WordedOutcome = None
        """Outcome to show beside the next prompt; None if there is none."""
        self.returned = ""
        """Lines that were not run, for the user to correct and try again."""
        self._is_alone = False

    def expect(self, *, is_alone: bool) -> None:
        """Take note that a line was submitted; ``is_alone`` if the user typed no other with it."""
        self._is_typed = self._is_alone = is_alone

    def show_output(self, text: str, *, is_error: bool) -> None:  # noqa: ARG002 - a terminal has one stream
        """Print a piece of crm's output."""
        shown, self._shown = self._shown, ""
        self._print(text.removeprefix(shown))

    def begin_line(self, prompt: str, line: str, *, is_step: bool) -> None:
        """Print a line with its prompt, unless the user has just typed it there."""
        if is_step or not self._is_typed:
            self._print_apart(f"{prompt}{line}\n")
        if not is_step:
            self._is_typed = False

    def finish_line(self, line: str, outcome: Outcome, seconds: float, *, is_step: bool) -> None:
        """Report an outcome: beside the next prompt, or below if there is none."""
        words = told(outcome, seconds)
        if self._is_showing and self._is_alone and not is_step:
            self.told = (outcome, words)
        elif self._is_showing or outcome != "done":
            self.say(words if self._is_showing else f"{words}: {line}", "note")

    def say(self, text: str, tone: SayingTone) -> None:
        """Print a sentence on lines of its own."""
        if not text:
            return
        self.end_line()
        text = indented(text.splitlines()) if tone == "plain" else f"crmtui: {text}\n"
        if self._is_showing:
            self._print(text)
        else:  # what crm says is for the next program in the pipe
            sys.stderr.write(text)

    def ask(self, question: CrmQuestion) -> None:
        """Ask once; a session that cannot take the answer says why and asks again."""
        if self._is_showing:
            self._take_back_line()
        else:
            self.end_line()
        try:
            answer = self._ask(question)
        except (KeyboardInterrupt, EOFError):
            self._dispatcher.interrupt()
            return
        if self._is_showing and question.accepts(answer):
            self._shown = "\n" if question.kind == "password" else f"{answer}\n"
        self._dispatcher.answer(answer)

    def stop_asking(self) -> None:
        """Do nothing: the question stands above, with its answer."""

    def ask_approval(self, request: ChangeRequest) -> None:
        """Print the forecast of a request, and ask for confirmation if it demands that."""
        self._dispatcher.decide(request, self._approval_prompt.approval_for(request))

    def edit(self, path: str) -> None:
        """Let the user edit a file on this terminal."""
        try:
            succeeded = edit(self._target, path)
        except CrmtuiError as error:
            self.say(str(error), "warning")
            succeeded = False
        self._ctrl_c.take()  # a press that the editor has handled already
        self._dispatcher.editor_closed(succeeded=succeeded)

    def typed_of(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """Return ``lines``: all that runs here was typed."""
        return lines

    def give_back(self, lines: Sequence[str]) -> Kept:
        """Put lines into the next prompt; a pipe has none."""
        self.returned = "\n".join([*filter(None, [self.returned]), *lines])
        if not self._is_showing:
            return "nowhere"
        self.say(EXPLANATION, "note")
        return "line"

    def show_pending(self, pending: PendingShown) -> None:
        """Print the uncommitted changes."""
        title = pending_title(pending)
        if not pending.lines:
            self._print_apart(f"{title}\n")
            return
        changes = own_questions.told(pending.differences, most=_ALL) or indented([NO_DIFFERENCE])
        typed = f"{TYPED_IN_ORDER}:\n{indented(pending.lines)}"
        self._print_apart(f"{title}:\n{changes}{typed}{pending_place(pending)}\n")

    def show_prompt(self, text: str, *, is_waiting: bool) -> None:
        """Do nothing: the prompt is shown when a line is read."""

    def quit(self) -> None:
        """Do nothing: the reply to the line says that it quits."""

    def fail(self, error: CrmtuiError) -> None:
        """Raise ``error``, which ends the shell."""
        raise error

    def echo(self, text: str) -> None:
        """Take note that the terminal has echoed ``text``."""
        self._column += len(text)

    def end_line(self) -> None:
        """Begin a new line, unless the cursor stands at the begin of one."""
        if self._column:
            self._print("\n")

    def _take_back_line(self) -> None:
        """Erase the unfinished line: it is the question, which is shown again."""
        above = max(0, self._column - 1) // shutil.get_terminal_size().columns
        self._print("\x1b[A" * above + "\r\x1b[J" if self._column else "")
        self._column = 0

    def _print_apart(self, text: str) -> None:
        self.end_line()
        self._print(text)

    def _print(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()
        self._column = len(text) - text.rfind("\n") - 1
