"""The conversation with crm: what is sent when, and what the output means.

crm must only be typed to while it listens: a line at its prompt, an answer at its question. Whoever
types ahead answers a question he has not seen. Ctrl-C never reaches crm, since it would end it.
Everything here runs in the one thread that owns the terminal.
"""

from __future__ import annotations

import secrets
import signal
from typing import TYPE_CHECKING, Literal

from crmtui import errors
from crmtui.crm.environment import environment
from crmtui.crm.events import (
    CommandFinished,
    CommandStarted,
    EditorWanted,
    HintGiven,
    LinesReturned,
    QuestionAsked,
    QuestionWithdrawn,
    QuitRequested,
    SessionDied,
    SessionEvent,
    SessionFailed,
    SessionStarted,
)
from crmtui.crm.gate import refusal
from crmtui.crm.job import PENDING, PROBE, Job, Step, plan
from crmtui.crm.lines import without_controls
from crmtui.crm.process import missing
from crmtui.crm.process_tree import interrupt
from crmtui.crm.prompt import CrmPrompt, Question
from crmtui.crm.recognition import SHORT, SOON, awaited
from crmtui.crm.restarts import Restarts
from crmtui.crm.staged import is_doubtful, leaving, settle
from crmtui.crm.terminal import NOT_FOUND, Terminal, spawn
from crmtui.crm.transcript import Transcript
from crmtui.crm.waiting import WaitingLines
from crmtui.errors import CrmtuiError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.crm.target import Target

SessionState = Literal["starting", "idle", "running", "asking", "editing", "dead"]


class Dialogue:
    """What crm was told, what it waits for, and what is to be told next.

    A line that is submitted while another runs waits its turn, and so do lines behind a question,
    whatever its answer; but when the user decides to stay, a commit fails, the gate holds a line
    back, crm is to be left or dies, the lines behind it are returned: they were typed for an outcome
    that did not come about. Of several lines submitted at once an error returns the rest.

    Args:
        target: Where crm runs.
        post: Called with what happens.
        columns: The width that crm formats its lists to, from its next start on.
    """

    def __init__(self, target: Target, post: Callable[[SessionEvent], None], columns: int) -> None:
        self._target = target
        self._post = post
        self.columns = columns
        self.state: SessionState = "starting"
        self.prompt: CrmPrompt | None = None
        self.staged: tuple[str, ...] = ()
        self.terminal: Terminal | None = None
        self._transcript = Transcript(post)
        self._waiting = WaitingLines()
        self._job: Job | None = None
        self._question: Question | None = None
        self._withdrawn: Question | None = None
        self._restarts = Restarts()
        self._failure = ""

    # What the user wants

    def start(self) -> None:
        """Start crm, unless it runs."""
        if self.terminal is None:
            self._restarts.forget()
            self._open(())

    def submit(self, lines: Sequence[str]) -> None:
        """Run ``lines``, submitted at once, when those before them are done; start a dead crm."""
        self._waiting.add(lines)
        if self.state == "dead" and self._waiting:
            if self._restarts.claim():
                self._open(())
            else:
                self._return_lines(f"crm is not running: {self._failure}")
        self._next_line()

    def answer(self, text: str) -> None:
        """Answer the question that is open; it is asked again if the answer cannot be taken."""
        question = self._question
        if question is None:
            self._post(HintGiven("No question is open."))
        elif not question.accepts(text):
            self._ask_again(f"Answer one of: {', '.join(question.choices)}.")
        elif question is PENDING:
            self._decide(text.strip().lower()[0])
        elif self.terminal is not None and self.terminal.listening == "no":
            self._ask_again("Nobody reads the answer now, so it was not sent: wait, or try again.")
        else:
            self._reply(question, text)

    def editor_closed(self, succeeded: bool) -> None:
        """Let crm read what was edited, or drop it."""
        if self.state == "editing" and self._job is not None:
            self._job.answer = "" if succeeded else "n"
            self._transcript.mark()
            self._type("0" if succeeded else "1")

    def interrupt(self) -> None:
        """Stop what crm waits for, never crm itself."""
        question = self._question
        if question is not None and "c" in question.choices:
            self.answer("c")
        elif question is not None and question.kind in ("yes_no", "typed_yes", "enter"):
            self._post(HintGiven("This question cannot be cancelled: answer it."))
        elif self.state == "editing":
            self._post(HintGiven("crm waits for the editor: close it without saving."))
        elif self.state in ("running", "asking"):
            self._interrupt_children()
        else:
            self._post(HintGiven("Nothing is running."))

    def close(self) -> None:
        """End crm without committing anything."""
        terminal, self.terminal, self.state = self.terminal, None, "dead"
        if terminal is not None:
            terminal.hang_up()

    def give_up(self, defect: Exception) -> None:
        """End crm after a defect of ours, and say so; ``start`` and ``submit`` begin anew."""
        what = f"crmtui had to end crm because of a defect of its own: {defect!r}."
        self.close()
        self._mourn(what, will_restart=False)
        self._fail(errors.SessionFailed(what, hint="Please report it; crm can be started again."))

    # What crm does

    def received(self, data: bytes) -> None:
        """Take what was read from the terminal."""
        if self._question is not None and self._question is not PENDING:
            self._withdrawn, self._question, self.state = self._question, None, self._busy
            self._post(QuestionWithdrawn())
        for path in self._transcript.take(data):
            self.state = "editing"
            self._post(EditorWanted(path))

    def deadline(self) -> float | None:
        """When, on the monotonic clock, ``look`` is due if nothing comes; None for never."""
        if self.state in ("asking", "editing", "dead"):
            return None
        return self._transcript.deadline(is_idle=self.state == "idle")

    def look(self) -> None:
        """Look at the output after a while of silence: what is crm waiting for?"""
        silence = self._transcript.silence()
        if self.state == "idle":
            if silence >= SOON:
                self._transcript.show_late(self._here.text)
            return
        assert self.terminal is not None
        if silence == SHORT and self._transcript.can_be_shown:
            self._transcript.show_unfinished()
        match awaited(self._transcript, self.terminal, silence, self._withdrawn):
            case CrmPrompt() as prompt:
                if silence <= SOON:
                    self._transcript.show_unfinished(without=prompt.text)
                self._at_prompt(prompt)
            case Question() as question:
                self._ask(question)

    def ended(self) -> None:
        """Take note that crm has gone, and start it again unless that is hopeless."""
        assert self.terminal is not None
        self._transcript.show_unfinished()
        reason = self.terminal.reap()
        self.terminal = None
        last = self._transcript.last
        if self._busy == "starting":
            error = errors.SessionFailed(f"crm did not start: {reason}.", hint=last)
            self._fail(missing("crm") if reason == NOT_FOUND else error)
            return
        level, may_restart = self.prompt.level if self.prompt else (), self._restarts.claim()
        self._mourn(f"crm ended with {reason}.", will_restart=may_restart)
        if may_restart:
            self._open(level)
        else:
            self._fail(errors.SessionFailed("crm keeps dying and is not started again.", hint=last))

    # Starting and failing

    def _mourn(self, reason: str, *, will_restart: bool) -> None:
        """Tell that crm is gone, and what was lost with it."""
        line = self._job.line or "" if self._job else ""
        level = self.prompt.level if self.prompt else ()
        unsent, staged = self._waiting.take_all(), self.staged
        self.staged, self._question, self._job = (), None, None
        self.state = "starting" if will_restart else "dead"
        last = self._transcript.last
        self._post(SessionDied(reason, last, line, level, staged, unsent, will_restart))

    @property
    def _busy(self) -> SessionState:
        is_start = self._job is not None and self._job.line is None
        return "starting" if is_start else "running"

    def _open(self, level: tuple[str, ...]) -> None:
        nonce = secrets.token_hex(8)
        self._transcript.connect(nonce)
        self._transcript.begin()
        self._job = Job(None)
        if level:
            self._job.steps.append(Step(" ".join(level), is_shown=False))
        self.state = "starting"
        try:
            invocation = self._target.invocation(
                ["crm", "-D", "plain"], environment(self.columns, nonce)
            )
            self.terminal = spawn(invocation, "crm")
        except CrmtuiError as error:
            self._fail(error)
        except OSError as error:
            self._fail(errors.SessionFailed(f"crm could not be started: {error}"))

    def _fail(self, error: CrmtuiError) -> None:
        self.state, self._job, self._question = "dead", None, None
        self._failure = error.what
        self._return_lines(f"crm is not running: {error.what}")
        self._post(SessionFailed(error))

    def _return_lines(self, reason: str, *first: str) -> None:
        """Return all that waits, behind lines that do not wait any more."""
        if lines := (*first, *self._waiting.take_all()):
            self._post(LinesReturned(lines, reason))

    # Sending

    @property
    def _current(self) -> Job:
        assert self._job is not None
        return self._job

    @property
    def _here(self) -> CrmPrompt:
        assert self.prompt is not None
        return self.prompt

    def _next_line(self) -> None:
        if self.state != "idle" or not self._waiting:
            return
        waiting = self._waiting.take()
        line = waiting.text
        refused = refusal(self._target.kind, self._here.level, line)
        if refused is not None:
            self._return_lines(refused, line)
            return
        self._job = job = Job(line, waiting.submission)
        self._post(CommandStarted(self._here, line))
        self._transcript.begin()
        job.leaving = leaving(self._here.level, line)
        if job.leaving is not None and self.staged:
            self.state, self._question = "asking", PENDING
            pending = "".join(f"    {staged}\n" for staged in self.staged)
            self._transcript.show(pending + PENDING.text)
            self._post(QuestionAsked(PENDING))
        elif job.leaving is not None and job.leaving.kind == "quit":
            job.quits = True
            self._finish()
        else:
            job.steps.append(Step(line, is_shown=False))
            self._next_step()

    def _next_step(self) -> None:
        if self.terminal is not None:  # what came late is no output of this line
            self._transcript.take(self.terminal.read()[0])
            self._transcript.show_late(self._here.text)
        job = self._current
        job.step = step = job.steps.popleft()
        job.answer = ""
        self._transcript.is_muted = step.is_muted
        if step.is_shown:
            self._transcript.show(f"{self._here.text}{step.line}\n")
        self._transcript.mark()
        self._type(step.line)

    def _type(self, text: str, *, is_secret: bool = False) -> None:
        self._question, self._withdrawn, self.state = None, None, self._busy
        self._transcript.expect_echo("newline" if is_secret else "line")
        if self.terminal is not None:
            self.terminal.write(f"{text}\n")

    def _reply(self, question: Question, text: str) -> None:
        is_secret = question.kind == "password"
        line = "" if question.kind == "enter" else without_controls(text)
        self._transcript.show("\n" if is_secret else f"{line}\n")
        self._current.answer = "" if is_secret else line
        self._transcript.mark()
        self._type(line, is_secret=is_secret)

    def _decide(self, choice: str) -> None:
        """Go on with a line that leaves uncommitted changes, as the user has chosen."""
        job = self._current
        assert job.leaving is not None
        self._question = None
        self._transcript.show(f"{choice}\n")
        if choice == "c":
            self._return_lines("The line before was cancelled.")
            self._finish()
            return
        job.quits = job.leaving.kind == "quit"
        job.steps = plan(job.leaving, self._here.level, job.line or "", commit=choice == "y")
        self._next_step()

    def _interrupt_children(self) -> None:
        assert self.terminal is not None
        self._current.interrupts += 1
        number = signal.SIGINT if self._current.interrupts == 1 else signal.SIGTERM
        if interrupt(self.terminal.pid, number):
            return
        if self._question is not None:
            self._ask_again("This question cannot be cancelled: answer it.")
        else:
            self._post(HintGiven("What crm does now cannot be interrupted: wait for it."))

    # Understanding

    def _ask(self, question: Question) -> None:
        self._transcript.show_unfinished()
        step = self._job.step if self._job else None
        if step is not None and step.answer and question.kind == "yes_no":
            self._reply(question, step.answer)
            return
        self.state, self._question = "asking", question
        self._post(QuestionAsked(question))

    def _ask_again(self, hint: str) -> None:
        """Ask once more, since whoever answers may have put the question away already."""
        assert self._question is not None
        self._post(HintGiven(hint))
        self._post(QuestionAsked(self._question))

    def _at_prompt(self, prompt: CrmPrompt) -> None:
        job, before = self._current, self.prompt or prompt
        self.prompt = prompt
        self._transcript.is_muted = False
        if job.step is not None:
            self._count(job, job.step, before.level)
            if job.step.must_settle and self.staged:
                job.steps.clear()
                job.quits = False
                self._return_lines("The changes are still uncommitted.")
        if job.steps:
            self._next_step()
        else:
            self._finish()

    def _count(self, job: Job, step: Step, level: Sequence[str]) -> None:
        """Note what waits for a commit after ``step``, typed at ``level``."""
        if step is PROBE:
            self.staged = self.staged if job.answer else ()
            return
        before, level_after, output = self.staged, self._here.level, self._transcript.recent
        self.staged = settle(
            before, level, step.line, output=output, answer=job.answer, level_after=level_after
        )
        if is_doubtful(before, self.staged, level_after, output):
            job.steps.appendleft(PROBE)

    def _finish(self) -> None:
        job = self._current
        if job.line is None:
            self.state, self._job = "idle", None
            self._post(SessionStarted(self._here))
            self._next_line()
            return
        try:
            self._target.after_command()
        except (CrmtuiError, OSError) as error:
            self._transcript.show_apart(f"ERROR: {error}\n")
        self.state, self._job = "idle", None
        reply = self._transcript.reply(job.line, self._here, self.staged, quits=job.quits)
        self._post(CommandFinished(reply))
        if job.quits:
            self._return_lines("The line before asked to quit.")
            self._post(QuitRequested())
        elif reply.has_errors and (rest := self._waiting.take_rest(job.submission)):
            self._post(LinesReturned(rest, "The line before, of the same text, had errors."))
        self._next_line()
