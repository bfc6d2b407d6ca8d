"""The conversation with crm: what is sent when, and what the output means.

crm must only be typed to while it listens: a line at its prompt, an answer at its question. Whoever
types ahead answers a question he has not seen. Ctrl-C never reaches crm, since it would end it.
Everything here runs in the one thread that owns the terminal.
"""

from __future__ import annotations

import secrets
import signal
import time
from collections import deque
from typing import TYPE_CHECKING, Literal

from crmtui import errors
from crmtui.cluster.text import plain_line
from crmtui.crm.environment import editor_request, environment
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
from crmtui.crm.job import PENDING, Job, Step, plan
from crmtui.crm.lines import one_line, without_controls
from crmtui.crm.process import missing
from crmtui.crm.process_tree import interrupt
from crmtui.crm.prompt import CrmPrompt, Question, presume, recognise
from crmtui.crm.staged import leaving, settle
from crmtui.crm.terminal import Terminal, spawn
from crmtui.crm.transcript import Transcript
from crmtui.errors import CrmtuiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.crm.target import Target

SessionState = Literal["starting", "idle", "running", "asking", "editing", "dead"]

_RESTARTS = 3
_RESTARTS_WITHIN = 60.0
"""Seconds in which crm may die ``_RESTARTS`` times and is started again."""
_NOT_FOUND = "exit status 127"
"""How a wrapper (sh, ssh, nsenter) tells that there is no such program."""


class Dialogue:
    """What crm was told, what it waits for, and what is to be told next.

    A line that is submitted while another runs waits its turn, and so do lines behind a question,
    whatever its answer; but when the user decides to stay, a commit fails, crm is to be left or
    dies, the lines behind it are returned: they were typed for a level that is not reached.

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
        self._queue: deque[str] = deque()
        self._job: Job | None = None
        self._question: Question | None = None
        self._withdrawn: Question | None = None
        self._deaths: deque[float] = deque(maxlen=_RESTARTS)
        self._request = editor_request("")

    # What the user wants

    def start(self) -> None:
        """Start crm, unless it runs."""
        if self.terminal is None:
            self._deaths.clear()
            self._open(())

    def submit(self, line: str) -> None:
        """Run ``line`` when those before it are done."""
        self._queue.append(one_line(line))
        if self.state == "dead":
            self._return_lines("crm is not running.")
        self._next_line()

    def answer(self, text: str) -> None:
        """Answer the question that is open."""
        if self._question is None:
            self._post(HintGiven("No question is open."))
        elif not self._question.accepts(text):
            self._post(HintGiven(f"Answer one of: {', '.join(self._question.choices)}."))
        elif self._question is PENDING:
            self._decide(text.strip().lower()[0])
        else:
            self._reply(self._question, text)

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
        if self.terminal is not None:
            self.terminal.hang_up()
            self.terminal = None
        self.state = "dead"

    # What crm does

    def received(self, data: bytes) -> None:
        """Take what was read from the terminal."""
        text = self._transcript.feed(data)
        if self._question is not None and self._question is not PENDING:
            self._withdrawn, self._question, self.state = self._question, None, self._busy
            self._post(QuestionWithdrawn())
        while found := self._request.search(text):
            self._transcript.show(text[: found.start()])
            text = text[found.end() :]
            self.state = "editing"
            self._post(EditorWanted(plain_line(found["path"])))
        self._transcript.show(text)

    def deadline(self) -> float | None:
        """When, on the monotonic clock, ``look`` is due if nothing comes; None for never."""
        if self.state in ("asking", "editing", "dead"):
            return None
        return self._transcript.deadline(is_idle=self.state == "idle")

    def look(self) -> None:
        """Look at the output after a while of silence: what is crm waiting for?"""
        silence = self._transcript.silence()
        if self.state == "idle":
            self._show_late()
        elif silence == 0:
            self._recognise()
        elif silence == 1 and self._transcript.can_be_shown:
            self._transcript.show_unfinished()
        elif silence == 2:
            self._presume()

    def ended(self) -> None:
        """Take note that crm has gone, and start it again unless that is hopeless."""
        assert self.terminal is not None
        self._transcript.show_unfinished()
        reason = self.terminal.reap()
        self.terminal = None
        job, last = self._job or Job(None), self._transcript.last
        if self._busy == "starting":
            error = errors.SessionFailed(f"crm did not start: {reason}.", hint=last)
            self._fail(missing("crm") if reason == _NOT_FOUND else error)
            return
        now = time.monotonic()
        spent = len(self._deaths) == _RESTARTS and now - self._deaths[0] < _RESTARTS_WITHIN
        self._deaths.append(now)
        level = self.prompt.level if self.prompt else ()
        unsent, staged = tuple(self._queue), self.staged
        self._queue.clear()
        self.staged, self._question, self._job = (), None, None
        self.state = "dead" if spent else "starting"
        sentence = f"crm ended with {reason}."
        self._post(SessionDied(sentence, last, job.line or "", level, staged, unsent, not spent))
        if spent:
            self._fail(errors.SessionFailed("crm keeps dying and is not started again.", hint=last))
        else:
            self._open(level)

    # Starting and failing

    @property
    def _busy(self) -> SessionState:
        is_start = self._job is not None and self._job.line is None
        return "starting" if is_start else "running"

    def _open(self, level: tuple[str, ...]) -> None:
        nonce = secrets.token_hex(8)
        self._request = editor_request(nonce)
        self._transcript.connect()
        self._transcript.begin()
        self._job = Job(None, deque([Step(" ".join(level), is_shown=False)] if level else ()))
        self.state = "starting"
        try:
            invocation = self._target.invocation(
                ["crm", "-D", "plain"], environment(self.columns, nonce)
            )
            self.terminal = spawn(invocation, "crm")
        except CrmtuiError as error:
            self._fail(error)

    def _fail(self, error: CrmtuiError) -> None:
        self.state, self._job, self._question = "dead", None, None
        self._return_lines("crm is not running.")
        self._post(SessionFailed(error))

    def _return_lines(self, reason: str) -> None:
        if self._queue:
            lines = tuple(self._queue)
            self._queue.clear()
            self._post(LinesReturned(lines, reason))

    # Sending

    def _next_line(self) -> None:
        if self.state != "idle" or not self._queue or self.prompt is None:
            return
        line = self._queue.popleft()
        self._job = job = Job(line)
        self._post(CommandStarted(self.prompt, line))
        self._transcript.begin()
        job.leaving = leaving(self.prompt.level, line)
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
        assert self._job is not None
        assert self.prompt is not None
        self._drain()
        step = self._job.steps.popleft()
        if step.is_shown:
            self._transcript.show(f"{self.prompt.text}{step.line}\n")
        self._job.step, self._job.answer = step, ""
        self._transcript.mark()
        self._type(step.line)

    def _drain(self) -> None:
        """Read what came late, so that it is not taken for output of the next line."""
        if self.terminal is not None:
            data, _ = self.terminal.read()
            self._transcript.show(self._transcript.feed(data))
            self._show_late()

    def _show_late(self) -> None:
        """Show what was printed behind the prompt, but not a prompt that was drawn again."""
        assert self.prompt is not None
        self._transcript.forget_unfinished(self.prompt.text)
        self._transcript.show_unfinished()

    def _type(self, text: str, *, is_secret: bool = False) -> None:
        self._question, self._withdrawn, self.state = None, None, self._busy
        self._transcript.expect_echo("newline" if is_secret else "line")
        if self.terminal is not None:
            self.terminal.write(f"{text}\n")

    def _reply(self, question: Question, text: str) -> None:
        assert self._job is not None
        is_secret = question.kind == "password"
        line = "" if question.kind == "enter" else without_controls(text)
        self._transcript.show("\n" if is_secret else f"{line}\n")
        self._job.answer = "" if is_secret else line
        self._transcript.mark()
        self._type(line, is_secret=is_secret)

    def _decide(self, choice: str) -> None:
        """Go on with a line that leaves uncommitted changes, as the user has chosen."""
        job = self._job
        assert job is not None
        assert job.leaving is not None
        assert self.prompt is not None
        self._question = None
        self._transcript.show(f"{choice}\n")
        if choice == "c":
            self._return_lines("The line before was cancelled.")
            self._finish()
            return
        job.quits = job.leaving.kind == "quit"
        level, line = self.prompt.level, job.line or ""
        job.steps = plan(job.leaving, level, line, commit=choice == "y")
        self._next_step()

    def _interrupt_children(self) -> None:
        assert self._job is not None
        assert self.terminal is not None
        self._job.interrupts += 1
        number = signal.SIGINT if self._job.interrupts == 1 else signal.SIGTERM
        if not interrupt(self.terminal.pid, number):
            self._post(HintGiven("What crm does now cannot be interrupted: wait for it."))

    # Understanding

    def _recognise(self) -> None:
        """Take the unfinished line for a prompt or a known question, if it is one."""
        assert self.terminal is not None
        line, is_reading = self._transcript.unfinished, self.terminal.is_reading
        prompt = CrmPrompt.parse(line)
        if prompt is not None and is_reading:
            self._transcript.show_unfinished(without=prompt.text)
            self._at_prompt(prompt)
            return
        question = recognise(line)
        if self.terminal.hides_typing and line.strip():
            question = Question(line, "password")
        if question is not None and (question.kind != "value" or question.choices or is_reading):
            self._ask(question)

    def _presume(self) -> None:
        """Find the prompt that something was printed behind, or take the line for a question."""
        assert self.terminal is not None
        line, is_reading = self._transcript.unfinished, self.terminal.is_reading
        prompt = CrmPrompt.find(line if line.strip() else self._transcript.recent)
        if prompt is not None and is_reading:
            self._at_prompt(prompt)
        elif question := presume(line) or (self._withdrawn if is_reading else None):
            self._ask(question)  # if withdrawn: a background job had only talked into it

    def _ask(self, question: Question) -> None:
        self._transcript.show_unfinished()
        step = self._job.step if self._job else None
        if step is not None and step.answer and question.kind == "yes_no":
            self._reply(question, step.answer)
            return
        self.state, self._question = "asking", question
        self._post(QuestionAsked(question))

    def _at_prompt(self, prompt: CrmPrompt) -> None:
        job, before = self._job, self.prompt or prompt
        assert job is not None
        self.prompt = prompt
        if job.step is not None:
            self.staged = settle(
                self.staged,
                before.level,
                job.step.line,
                output=self._transcript.recent,
                answer=job.answer,
                level_after=prompt.level,
            )
            if job.step.must_settle and self.staged:
                job.steps.clear()
                job.quits = False
                self._return_lines("The changes are still uncommitted.")
        if job.steps:
            self._next_step()
        else:
            self._finish()

    def _finish(self) -> None:
        job = self._job
        assert job is not None
        assert self.prompt is not None
        if job.line is None:
            self.state, self._job = "idle", None
            self._post(SessionStarted(self.prompt))
            self._next_line()
            return
        try:
            self._target.after_command()
        except CrmtuiError as error:
            self._transcript.show_apart(f"ERROR: {error}\n")
        self.state, self._job = "idle", None
        self._post(CommandFinished(self._transcript.reply(job.line, self.prompt, self.staged)))
        if job.quits:
            self._return_lines("The line before asked to quit.")
            self._post(QuitRequested())
        self._next_line()
