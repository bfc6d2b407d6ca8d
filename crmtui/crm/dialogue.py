"""The dialogue with crm: which line is sent when, and what is asked before.

A line goes out at crm's prompt only, an answer at its question only. What is uncommitted is never left
behind without a question, and comes back when crm dies. Everything here runs in the one thread that owns
the terminal.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from crmtui import errors
from crmtui.completion.effect import meaning
from crmtui.crm.asking import COMMIT_ALL_THE_SAME, PENDING, Own, changed_meanwhile, indented
from crmtui.crm.channel import Channel
from crmtui.crm.events import (
    ChangeBegan,
    CommandFinished,
    CommandStarted,
    EditorWanted,
    HintGiven,
    LeaveAsked,
    LinesReturned,
    PendingShown,
    QuestionAsked,
    QuestionWithdrawn,
    QuitRequested,
    SessionDied,
    SessionEvent,
    SessionFailed,
    SessionReady,
    SessionStarted,
)
from crmtui.crm.held import NOT_RUN, Held
from crmtui.crm.interrupting import hindrance, interrupt
from crmtui.crm.job import Job, Step, first_look, look, plan, start
from crmtui.crm.judging import Judge
from crmtui.crm.pending import Pending
from crmtui.crm.process import missing
from crmtui.crm.restaging import Restaging, way_back
from crmtui.crm.restarts import Restarts
from crmtui.crm.staged import is_commit, leaving
from crmtui.crm.stepping import Stepper
from crmtui.crm.terminal import NOT_FOUND
from crmtui.crm.transcript import Transcript
from crmtui.crm.waiting import WaitingLine, WaitingLines
from crmtui.errors import CrmtuiError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.crm.leave import Leave, Request, Rules
    from crmtui.crm.prompt import CrmPrompt, Question
    from crmtui.crm.target import Target

SessionState = Literal["starting", "idle", "running", "asking", "editing", "held", "dead"]


class Dialogue:
    """What crm was told, what it waits for, and what is to be told next.

    A line that is submitted while another runs waits its turn, and so do lines behind a question,
    whatever its answer; but when the user decides to stay, a commit fails, the gate holds a line
    back, crm is to be left or dies, the lines behind it are returned: they were typed for an outcome
    that did not come about. Of several lines submitted at once an error returns that line and the rest.

    Args:
        target: Where crm runs.
        gate: Says of each line whether it may be sent now.
        post: Called with what happens.
        columns: The width that crm formats its lists to, from its next start on.
        is_kept: Whether uncommitted lines are written to a journal, and those left behind offered.
        is_looking: Whether the CIB is looked at to tell what came of a line.
    """

    def __init__(
        self,
        target: Target,
        gate: Rules,
        post: Callable[[SessionEvent], None],
        columns: int,
        *,
        is_kept: bool,
        is_looking: bool,
    ) -> None:
        self._target = target
        self._gate = gate
        self._post = post
        self.columns = columns
        self.state: SessionState = "starting"
        self.pending = Pending(target, is_kept=is_kept)
        self._transcript = Transcript(post)
        self.channel = Channel(target, self._transcript, self)
        self._stepper = Stepper(self.channel, self._transcript, self.pending)
        self._judge = Judge(target, is_looking=is_looking)
        self._waiting = WaitingLines()
        self._job: Job | None = None
        self._own: Own | None = None
        self._held: Held | None = None
        self._is_new = False
        self._restaging = Restaging(
            self.pending, self._waiting, post, ask=self._pose, go_on=self._be_idle
        )
        self._restarts = Restarts()
        self._failure = ""

    @property
    def is_at_work(self) -> bool:
        """Whether a line is on its way through crm."""
        is_on_its_way = self._job is not None and self._job.kind != "start"
        return is_on_its_way or self._held is not None

    # What the user wants

    def start(self) -> None:
        """Start crm, unless it runs."""
        if self.channel.terminal is None:
            self._restarts.forget()
            self._open()

    def submit(self, lines: Sequence[str], leave: Leave | None = None) -> None:
        """Run ``lines``, submitted at once, when those before them are done; start a dead crm."""
        self._waiting.add(lines, leave=leave)
        if self.state == "dead" and self._waiting:
            if self._restarts.claim():
                self._open()
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
        elif self._own is not None:
            letter = text.strip().lower()[0]
            own, self._own = self._own, None
            self._transcript.show(f"{letter}\n")
            self._post(QuestionWithdrawn())
            own.decide(letter)
        elif self.channel.listening == "no":
            self._ask_again("Nobody reads the answer now, so it was not sent: wait, or try again.")
        else:
            self._stepper.reply(self._current, question, text)
            self._be_busy()

    def editor_closed(self, succeeded: bool) -> None:
        """Let crm read what was edited, or drop it."""
        if self.state == "editing" and self._job is not None:
            self._job.answer = "" if succeeded else "n"
            self.channel.type("0" if succeeded else "1")
            self._be_busy()

    def interrupt(self) -> None:
        """Stop what crm waits for; crm itself only if there is no other way, and it was asked twice."""
        question = self._question
        if self._held is not None:
            self.decide(self._held.request, None)
        elif self._own is not None:
            self.answer(self._own.way_out)
        elif question is not None and "c" in question.choices:
            self.answer("c")
        else:
            hint = hindrance(question, self.state)
            hint = hint or interrupt(self.channel, self._current, len(self.pending.lines))
            if hint and question is not None:
                self._ask_again(hint)
            elif hint:
                self._post(HintGiven(hint))

    def look_at_pending(self) -> None:
        """Post what waits for a commit, with what it makes of the committed configuration."""
        if self.state != "idle":
            self._post(HintGiven("crm is at work: look at the pending changes when it is done."))
        elif not self.pending.lines:
            self._post(PendingShown((), (), ""))
        elif "template" in self._here.level:
            self._post(HintGiven("Go up to configure to look at the pending changes."))
        else:
            self._job = Job(kind="look", steps=look(self._here.level, self._show_pending))
            self._next_step()

    def close(self) -> None:
        """End crm without committing anything; what is uncommitted stays in the journal."""
        self.state = "dead"
        self.channel.close()
        self.pending.close()
        self._restaging.close()

    def give_up(self, defect: Exception) -> None:
        """End crm after a defect of ours, and say so; ``start`` and ``submit`` begin anew."""
        what = f"crmtui had to end crm because of a defect of its own: {defect!r}."
        self.state = "dead"
        self.channel.close()
        self._mourn(what, will_restart=False)
        self._fail(errors.SessionFailed(what, hint="Please report it; crm can be started again."))

    # Starting and failing

    def _open(self) -> None:
        """Start crm; it goes to where the last one was."""
        self._job, self.state = Job(kind="start"), "starting"
        way = way_back(self.channel.prompt, has_lines=bool(self.pending.to_stage))
        self._job.steps = start(way, self.pending.learn)
        try:
            self.channel.open(self.columns)
        except CrmtuiError as error:
            self._fail(error)

    def ended(self, reason: str) -> None:
        """Take note that crm has gone, and start it again unless that is hopeless."""
        last = self._transcript.last
        if self._job is not None and self._job.kind == "start":
            error = errors.SessionFailed(f"crm did not start: {reason}.", hint=last)
            self._fail(missing("crm") if reason == NOT_FOUND else error)
            return
        may_restart = self._restarts.claim()
        self._mourn(f"crm ended with {reason}.", will_restart=may_restart)
        if may_restart:
            self._open()
        else:
            self._fail(errors.SessionFailed("crm keeps dying and is not started again.", hint=last))

    def _mourn(self, reason: str, *, will_restart: bool) -> None:
        """Tell that crm is gone, and what went with it."""
        line = self._job.line if self._job else ""
        level = self.channel.prompt.level if self.channel.prompt else ()
        staged = tuple(self.pending.secrets.masked(each) for each in self._restaging.died(level))
        held = (self._held.line,) if self._held is not None and self._held.line else ()
        unsent = (*held, *self._waiting.take_all())
        self._job, self._own, self._held = None, None, None
        self.state = "starting" if will_restart else "dead"
        said = self._transcript.last
        self._post(SessionDied(reason, said, line, level, staged, unsent, will_restart))

    def _fail(self, error: CrmtuiError) -> None:
        self.state, self._job, self._own = "dead", None, None
        self._failure = error.what
        self._return_lines(f"crm is not running: {error.what}")
        self._post(SessionFailed(error))

    def _return_lines(self, reason: str, *first: str) -> None:
        """Return all that waits, behind lines that do not wait any more."""
        self._restaging.returned(first)
        if lines := (*first, *self._waiting.take_all()):
            self._post(LinesReturned(lines, reason))

    # Sending

    @property
    def _question(self) -> Question | None:
        return self._own.question if self._own is not None else self.channel.question

    @property
    def _current(self) -> Job:
        assert self._job is not None
        return self._job

    @property
    def _here(self) -> CrmPrompt:
        assert self.channel.prompt is not None
        return self.channel.prompt

    def _next_line(self) -> None:
        if self.state != "idle" or not self._waiting:
            self._be_ready()
            return
        waiting = self._waiting.take()
        line = waiting.text
        ruling = self._gate.rule(self._here, line, self.pending.lines, waiting.leave)
        ruling = ruling or self.pending.refusal(line) or None
        if isinstance(ruling, str):
            self._turn_back(line, ruling)
        elif ruling is None:
            self._begin(waiting)
        else:
            go, back = partial(self._begin_with, waiting), partial(self._turn_back, line)
            self._hold(Held(ruling, go, back, line))

    def _turn_back(self, line: str, reason: str) -> None:
        self._return_lines(reason, line)
        self._be_ready()

    def _hold(self, held: Held) -> None:
        self.state, self._held = "held", held
        self._post(LeaveAsked(held.request))

    def decide(self, request: Request, leave: Leave | None) -> None:
        """Go on with the lines of ``request``, or not; what comes too late changes nothing."""
        held = self._held
        if held is None or held.request is not request:
            return
        self.state, self._held = "idle", None
        ruling: object = NOT_RUN
        if leave is not None:
            ruling = self._gate.rule(self._here, request.lines[0], self.pending.lines, leave)
        if leave is None or isinstance(ruling, str):
            held.back(str(ruling))
        else:
            held.go(leave)

    def _begin_with(self, waiting: WaitingLine, leave: Leave) -> None:
        self._begin(replace(waiting, leave=leave))

    def _begin(self, waiting: WaitingLine) -> None:
        line, level = waiting.text, self._here.level
        self._judge.begin(level, line, len(self.pending.lines))
        shown = self.pending.secrets.masked(line)
        self._job = job = Job(shown, waiting=waiting)
        self._post(CommandStarted(self._here, shown))
        effect = meaning(level, line).effect
        if effect in ("write", "commit"):
            waited = self.pending.masked if effect == "commit" else ()
            self._post(ChangeBegan(self._here, (*waited, shown), waiting.leave))
        self._transcript.begin()
        job.leaving = leaving(level, line)
        if job.leaving is not None and self.pending.lines:
            self._pend()
        elif job.leaving is not None and job.leaving.kind == "quit":
            job.quits = True
            self._finish()
        else:
            if self.pending.wants_base(level, line):
                self.pending.note_version()
                job.steps += first_look(lambda text: self.pending.start_from(self._here, text))
            answers = waiting.leave.answers if waiting.leave is not None else ""
            job.steps.append(Step(line, "y" if answers else "", answers, is_shown=False))
            self._next_step()

    def _next_step(self) -> None:
        job = self._current
        if not job.was_checked and is_commit(self._here.level, job.steps[0].line):
            job.was_checked = True
            if self.pending.lines and (news := changed_meanwhile(self.pending)):
                self._pose(news, Own(COMMIT_ALL_THE_SAME, self._commit_or_stay))
                return
        self._stepper.type_next(job)
        self._be_busy()
        if told := self.pending.trouble_to_tell():
            self._post(HintGiven(told))

    def _be_busy(self) -> None:
        self.state = "starting" if self._current.kind == "start" else "running"

    # Asking

    def _pose(self, text: str, own: Own) -> None:
        """Ask a question of our own, behind ``text``."""
        self.state, self._own = "asking", own
        self._transcript.show_apart(text + own.question.text)
        self._post(QuestionAsked(own.question))

    def _ask_again(self, hint: str) -> None:
        """Ask once more, since whoever answers may have put the question away already."""
        assert self._question is not None
        self._post(HintGiven(hint))
        self._post(QuestionAsked(self._question))

    def _decide(self, choice: str) -> None:
        """Go on with a line that leaves uncommitted changes, as the user has chosen."""
        job = self._current
        assert job.leaving is not None
        if choice == "c":
            self._stay("The line before was cancelled.")
            return
        ruling = None
        if choice == "y":
            ruling = self._gate.rule(self._here, "commit", self.pending.lines)
        if isinstance(ruling, str):
            self._pend(ruling)
        elif ruling is not None:
            self._hold(Held(ruling, partial(self._leave_by, choice), self._pend))
        else:
            self._leave_by(choice)

    def _pend(self, reason: str = "") -> None:
        """Ask what becomes of uncommitted changes, once more where that cannot be done."""
        if reason:
            self._post(HintGiven(reason))
        self._pose(indented(self.pending.masked), Own(PENDING, self._decide))

    def _leave_by(self, choice: str, leave: Leave | None = None) -> None:
        job = self._current
        assert job.leaving is not None
        if choice == "y":
            self._post(ChangeBegan(self._here, (*self.pending.masked, "commit"), leave))
        job.quits = job.leaving.kind == "quit"
        job.steps = plan(job.leaving, self._here.level, job.waiting.text, commit=choice == "y")
        self._next_step()

    def _commit_or_stay(self, choice: str) -> None:
        self._next_step() if choice == "y" else self._stay("Nothing was committed.")

    def _stay(self, reason: str) -> None:
        job = self._current
        job.steps.clear()
        job.quits = False
        self._return_lines(reason)
        self._finish()

    def editor_wanted(self, path: str) -> None:
        """Let the application edit a file."""
        self.state = "editing"
        self._post(EditorWanted(path))

    def withdrawn(self) -> None:
        """Take back what seemed a question."""
        self.state = "running"
        self._post(QuestionWithdrawn())

    def asked(self, question: Question) -> None:
        """Pass a question on, unless its answer is known."""
        if self._stepper.replies(self._current, question):
            self._be_busy()
            return
        self.state = "asking"
        self._post(QuestionAsked(question))

    def at_prompt(self) -> None:
        """Go on with the next step, or end the line."""
        if not self._stepper.at_prompt(self._current):
            self._return_lines("The changes are still uncommitted.")
        if self._current.steps:
            self._next_step()
        else:
            self._finish()

    def _show_pending(self, text: str) -> None:
        changes, reason = self.pending.changes(text, self._here.cib)
        if reason:
            self._post(HintGiven(reason))
        self._post(PendingShown(self.pending.masked, changes, self.pending.trouble))

    def _finish(self) -> None:
        job = self._current
        if job.kind == "line":
            self._finish_line(job)
            return
        if job.kind == "start":
            self._is_new = True
            self._post(SessionStarted(self._here))
            self._restaging.begin(self._here)
        else:
            self._be_idle()

    def _be_idle(self) -> None:
        self.state, self._job = "idle", None
        self._next_line()

    def _be_ready(self) -> None:
        if self._is_new and self.state == "idle":
            self._is_new = False
            self._post(SessionReady())

    def _finish_line(self, job: Job) -> None:
        try:
            self._target.after_command()
        except (CrmtuiError, OSError) as error:
            self._transcript.show_apart(f"ERROR: {error}\n")
        reply = self._transcript.reply(job.line, self._here, self.pending.lines, quits=job.quits)
        reply = self._judge.judged(reply, job)
        self.state, self._job = "idle", None
        self._post(CommandFinished(reply))
        if job.quits:
            self._return_lines("The line before asked to quit.")
            self._post(QuitRequested())
        elif rest := self._restaging.finished(job, has_failed=reply.has_errors):
            self._post(LinesReturned(rest, "This line had an error; what follows was not sent."))
        self._next_line()
