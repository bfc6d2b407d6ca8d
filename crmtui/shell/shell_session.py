"""Session of ``crmtui shell``: sends lines to the dispatcher and prints their events."""

from __future__ import annotations

import queue
import shutil
import sys
import threading
from contextlib import nullcontext
from typing import TYPE_CHECKING

from crmtui.backend.approval.approval import (
    Approval,
    ChangeRequest,
    confirmation_level,
    needs_confirmation,
)
from crmtui.backend.approval.held_line import NOT_RUN
from crmtui.backend.gate.audit import Auditor
from crmtui.backend.gate.audit_log import AuditLog
from crmtui.backend.gate.dispatcher import CommandDispatcher
from crmtui.backend.process.cancellation import Cancellation
from crmtui.backend.session import own_questions
from crmtui.backend.session.ctrl_c import PRESSED
from crmtui.backend.session.editing import edit
from crmtui.backend.session.events import (
    ApprovalRequested,
    CommandFinished,
    CommandStarted,
    EditorWanted,
    HintGiven,
    LinesReturned,
    OutputArrived,
    PendingShown,
    QuestionAsked,
    SessionDied,
    SessionEvent,
    SessionFailed,
    SessionReady,
    StepBegan,
    StepFinished,
)
from crmtui.backend.session.outcome import told
from crmtui.backend.session.output_lines import complete_lines
from crmtui.backend.session.own_questions import indented
from crmtui.crmsh.prompt import CrmQuestion
from crmtui.editor.returned_line import EXPLANATION
from crmtui.errors import CrmtuiError
from crmtui.forecast.forecast_report import to_text
from crmtui.shell.interrupts import CtrlC

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from crmtui.backend.gate.gate import Gate
    from crmtui.backend.process.target import Target
    from crmtui.backend.session.events import CrmReply
    from crmtui.cluster.model import Cluster
    from crmtui.forecast.model import Forecast
    from crmtui.shell.shell_line import Told


class ShellSession:
    """Session with crm on a bare terminal.

    Args:
        target: The cluster.
        gate: Decides of each line if it may be sent.
        ask: Reads a line after a prompt, hidden for a secret.
        is_showing: True if ``ask`` itself shows the question and the answer.
        is_kept: True if uncommitted lines outlive the shell, and earlier ones are offered.
    """

    def __init__(
        self,
        target: Target,
        gate: Gate,
        ask: Callable[[CrmQuestion], str],
        *,
        is_showing: bool = False,
        is_kept: bool = False,
    ) -> None:
        self._target = target
        self.cluster: Cluster | None = None
        """The last look at the cluster; None before the first."""
        self._ask = ask
        self._is_showing = is_showing
        self._shown = ""
        """Beginning of the coming output that is on the screen already."""
        self._events: queue.SimpleQueue[SessionEvent | None] = queue.SimpleQueue()
        self.ctrl_c = CtrlC(lambda: self._events.put(None))
        """Ctrl-C pressed while a line runs, or before its question is shown."""
        log = AuditLog(self._where, trouble=lambda why: self._events.put(HintGiven(why)))
        auditor = Auditor(log, "typed" if gate.is_attended else "script")
        self.dispatcher = CommandDispatcher(
            target, gate, self._events.put, auditor=auditor, is_kept=is_kept
        )
        self.told: Told = None
        """Outcome of the last line; None if none was run."""
        self.returned = ""
        """Lines that were not run, for the user to correct and try again."""
        self._is_typed = False
        """True if the line that starts next is on the screen already."""
        self._column = 0
        self.has_failed = False
        """True once a line ended in an error."""

    def _where(self) -> str:
        named = self.cluster.name if self.cluster is not None else ""
        return f"{self._target.kind.upper()} {named or self._target.name}"

    def start(self) -> None:
        """Start crm and wait for its prompt.

        Raises:
            CrmtuiError: crm did not start.
        """
        self.dispatcher.start()
        self._until(SessionReady)

    @property
    def prompt(self) -> str:
        """Crm's own prompt, with the number of uncommitted objects."""
        if self.dispatcher.prompt is None:
            return "crm# "
        return self.dispatcher.prompt.with_count(self.dispatcher.uncommitted)

    def run(self, text: str) -> bool:
        """Run the lines of ``text`` up to the first that fails; return False if the shell ends.

        A line that would lose uncommitted changes asks about them first.
        """
        lines = complete_lines(text)
        self.told = None
        self._catch_up()
        for at, line in enumerate(lines):
            self._is_typed = len(lines) == 1
            self.dispatcher.submit(line)
            ended = self._until(CommandFinished, LinesReturned, SessionReady)
            if isinstance(ended, CommandFinished):
                self._tell(ended.reply, is_one_of_many=len(lines) > 1)
            if not isinstance(ended, CommandFinished) or ended.reply.has_errors:
                self.has_failed = True
                is_to_correct = isinstance(ended, CommandFinished) and len(lines) > 1
                self._give_back(lines[at:] if is_to_correct else lines[at + 1 :])
                break
            if ended.reply.quits:
                return False
        return True

    def _tell(self, reply: CrmReply, *, is_one_of_many: bool) -> None:
        """Report the outcome of a line: beside the next prompt, or below if there is none."""
        words = told(reply.outcome, reply.seconds)
        if self._is_showing and not is_one_of_many:
            self.told = (reply.outcome, words)
        elif self._is_showing or reply.outcome != "done":
            self._say(words if self._is_showing else f"{words}: {reply.line}")

    def _give_back(self, lines: Sequence[str]) -> None:
        self.returned = "\n".join([*filter(None, [self.returned]), *lines])
        if lines and not self._is_showing:
            self._say(f"The line was: {'; '.join(map(self.dispatcher.masked, lines))}")
        elif lines:
            self._say(EXPLANATION)

    def show_pending(self) -> None:
        """Print the uncommitted changes."""
        self.dispatcher.look_at_pending()
        self._until(PendingShown, HintGiven)

    def take_returned(self) -> str:
        """Return lines that were not run, for the user to correct and try again; once."""
        returned, self.returned = self.returned, ""
        return returned

    def leave(self) -> bool:
        """Ask about uncommitted changes; return True if the shell may end."""
        return not self.run("quit")

    def _catch_up(self) -> None:
        """Print events that came while the user typed, such as the death of crm."""
        while not self._events.empty():
            event = self._events.get()
            if event is None:
                continue
            self._hear(event)
            if isinstance(event, SessionDied):
                self._until(SessionReady)

    def _until(self, *last: type[SessionEvent]) -> SessionEvent:
        # Without a terminal, Ctrl-C has to break off the reading of an answer.
        with self.ctrl_c.heeded() if self._is_showing else nullcontext():
            return self._hear_until(last)

    def _hear_until(self, last: tuple[type[SessionEvent], ...]) -> SessionEvent:
        while True:
            try:
                event = self._events.get()
            except KeyboardInterrupt:
                self.dispatcher.interrupt()
                continue
            if event is None:
                if self.ctrl_c.take():
                    self._column += len("^C")  # echoed by the terminal
                    self.dispatcher.interrupt()
                continue
            self._hear(event)
            if isinstance(event, SessionDied):
                last = (SessionReady,)  # crm was restarted and stages its uncommitted lines again
            if isinstance(event, last):
                self._end_line()
                return event

    def _hear(self, event: SessionEvent) -> None:
        match event:
            case OutputArrived(text):
                shown, self._shown = self._shown, ""
                self._print(text.removeprefix(shown))
            case QuestionAsked(question):
                self._answer(question)
            case ApprovalRequested(request):
                self.dispatcher.decide(request, self._approval_for(request))
            case EditorWanted(path):
                self._edit(path)
            case HintGiven(text):
                self._say(text)
            case CommandStarted(prompt, line):
                if not self._is_typed:
                    self._end_line()
                    self._print(f"{prompt.text}{line}\n")
                self._is_typed = False
            case StepBegan(prompt, line):
                self._end_line()
                self._print(f"{prompt.text}{line}\n")
            case StepFinished(_, outcome, seconds) if self._is_showing:
                self._say(told(outcome, seconds))
            case LinesReturned(lines, reason):
                self._say(reason)
                self._give_back(lines)
            case SessionDied():
                self._say("\n".join([event.reason, *_lost(event)]))
            case PendingShown():
                self._print(_pending_text(event))
            case SessionFailed(error):
                raise error

    def _approval_for(self, request: ChangeRequest) -> Approval | None:
        """Print the forecast of a request, and ask for confirmation as the screen would."""
        forecast = self._foreseen(request)
        if forecast is None:
            self._say(f"{PRESSED} {NOT_RUN}")
            return None
        approval = Approval(request, forecast)
        if not needs_confirmation(self._target.kind, request, forecast):
            return approval
        self._end_line()
        self._print(f"{to_text(forecast)}\n")
        named = self.cluster.name if self.cluster is not None else ""
        known = self.cluster.names if self.cluster is not None else frozenset[str]()
        word = "y"
        if confirmation_level(request, forecast) == "name":
            word = request.subject(known, named or self._target.name)
        text = f"Type {word} to run it, anything else not to: "
        try:
            answer = self._ask(CrmQuestion(text, "value"))
        except (KeyboardInterrupt, EOFError):
            return None
        return approval if answer.strip() == word else None

    def _foreseen(self, request: ChangeRequest) -> Forecast | None:
        """Return the forecast of a request; None if Ctrl-C is pressed before it is known."""
        cancellation = Cancellation(reason=PRESSED)
        made: queue.SimpleQueue[Forecast | None] = queue.SimpleQueue()

        def make() -> None:
            made.put(self.dispatcher.gate.forecast(request, cancellation))

        # In a thread of its own: this one has to hear Ctrl-C.
        threading.Thread(target=make, name="crmtui forecast", daemon=True).start()
        with self.ctrl_c.calling(lambda: made.put(None)):
            try:
                forecast = made.get()
            except KeyboardInterrupt:  # of a shell without a terminal, whose Ctrl-C is an exception
                forecast = None
        if forecast is None:
            self.ctrl_c.take()
            cancellation.cancel()
        return forecast

    def _answer(self, question: CrmQuestion) -> None:
        """Ask until an answer is valid, or the question is cancelled."""
        if self._is_showing:
            self._take_back_line()
        else:
            self._end_line()
        while True:
            try:
                answer = self._ask(question)
            except (KeyboardInterrupt, EOFError):
                if "c" in question.choices or question.kind in ("password", "value"):
                    self.dispatcher.interrupt()
                    return
                self._say("This question cannot be cancelled: answer it.")
                continue
            if question.accepts(answer):
                break
            self._say(f"Answer one of: {', '.join(question.choices)}.")
        if self._is_showing:
            self._shown = "\n" if question.kind == "password" else f"{answer}\n"
        self.dispatcher.answer(answer)

    def _take_back_line(self) -> None:
        """Erase the unfinished line: it is the question, which is shown again."""
        above = max(0, self._column - 1) // shutil.get_terminal_size().columns
        self._print("\x1b[A" * above + "\r\x1b[J" if self._column else "")
        self._column = 0

    def _edit(self, path: str) -> None:
        try:
            succeeded = edit(self._target, path)
        except CrmtuiError as error:
            self._say(str(error))
            succeeded = False
        self.ctrl_c.take()  # a press that the editor has handled already
        self.dispatcher.editor_closed(succeeded=succeeded)

    def _print(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()
        self._column = len(text) - text.rfind("\n") - 1

    def _end_line(self) -> None:
        if self._column:
            self._print("\n")

    def _say(self, text: str) -> None:
        self._end_line()
        if self._is_showing:
            self._print(f"crmtui: {text}\n")
        else:  # what crm says is for the next program in the pipe
            sys.stderr.write(f"crmtui: {text}\n")


def _lost(event: SessionDied) -> Iterator[str]:
    if event.staged:
        yield event.fate
        yield from event.staged
    if event.unsent:
        yield "These lines were not sent:"
        yield from event.unsent


def _pending_text(event: PendingShown) -> str:
    if not event.lines:
        return "There are no uncommitted changes.\n"
    where = f"Not on disk: {event.trouble}\n" if event.trouble else ""
    return (
        f"{own_questions.told(event.differences, most=10_000)}"
        f"Typed, in this order:\n{indented(event.lines)}{where}"
    )
