"""Execution of submitted lines: sends one after the other, and follows each to its end."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from crmtui.backend.approval.approval import ChangeRequest, SecondLook
from crmtui.backend.approval.held_line import NOT_RUN, HeldLine
from crmtui.backend.process.cancellation import heeded
from crmtui.backend.session.ctrl_c import PRESSED
from crmtui.backend.session.events import (
    ChangeBegan,
    ChangeCalledOff,
    CommandFinished,
    CommandStarted,
    HintGiven,
    LinesReturned,
    PendingQueryEnded,
    QuitRequested,
    SessionReady,
    SessionStarted,
    StepFinished,
)
from crmtui.backend.session.evidence import question
from crmtui.backend.session.job import Job, TypedStep, committed_steps, compared, hidden
from crmtui.backend.session.pending_query import PendingQuery
from crmtui.backend.session.stepper import Stepper
from crmtui.backend.session.uncommitted.prompts import UncommittedPrompt
from crmtui.backend.session.uncommitted.restaging import Restaging
from crmtui.crmsh.line import parse
from crmtui.crmsh.staging import leaving, may_be_in_vain
from crmtui.errors import CrmtuiError

if TYPE_CHECKING:
    from crmtui.backend.approval.approval import Approval
    from crmtui.backend.process.target import Target
    from crmtui.backend.session.events import CrmReply
    from crmtui.backend.session.judge import Judge
    from crmtui.backend.session.line_check import LineCheck
    from crmtui.backend.session.line_queue import WaitingLine
    from crmtui.backend.session.state import SessionState
    from crmtui.crmsh.prompt import CrmQuestion


class LineExecution:
    """Execution of lines: sends a line when crm is idle and the gate permits it, and posts its outcome.

    Args:
        state: State of the session.
        target: The target that crm runs on.
        checks: Check of each line by the gate, right before it is sent.
        judge: Judge of the outcome of each line.
    """

    def __init__(
        self, state: SessionState, target: Target, checks: LineCheck, judge: Judge
    ) -> None:
        self._state = state
        self._target = target
        self._checks = checks
        self._stepper = Stepper(state.channel, state.transcript, state.pending)
        self._judge = judge
        self.restaging = Restaging(
            state.pending, state.waiting, state.post, ask=state.pose, go_on=self._be_idle
        )
        """Restaging of uncommitted lines in a new crm."""
        self._uncommitted_prompt = UncommittedPrompt(
            state, self._checks.check, self.restaging, go_on=self._next_step, finish=self._finish
        )
        self._is_new = False

    # The next line

    def next_line(self) -> None:
        """Send the next line if one waits and crm is idle."""
        state = self._state
        if state.phase != "idle" or not state.waiting:
            self._be_ready()
            return
        waiting = state.waiting.take()
        line = waiting.text
        verdict = self._checks.check(line, waiting.approval)
        if verdict is None or isinstance(verdict, SecondLook):
            verdict = state.pending.refusal(line) or verdict
        go, back = partial(self._begin_with, waiting), partial(self._turn_back, line)
        if isinstance(verdict, str):
            self._turn_back(line, verdict)
        elif isinstance(verdict, ChangeRequest):
            state.hold(HeldLine(verdict, go, back, line))
        elif isinstance(verdict, SecondLook):
            assert waiting.approval is not None  # a second look confirms an approval
            held = HeldLine(waiting.approval.request, go, back, line)
            self._checks.look_again(held, line, waiting.approval, verdict)
        else:
            self._begin(waiting)

    def _turn_back(self, line: str, reason: str) -> None:
        self.restaging.return_lines(reason, line)
        self._be_ready()

    def _be_idle(self) -> None:
        self._state.phase, self._state.job = "idle", None
        self.next_line()

    def _be_ready(self) -> None:
        if self._is_new and self._state.phase == "idle":
            self._is_new = False
            self._state.post(SessionReady())

    # One line

    def _begin_with(self, waiting: WaitingLine, approval: Approval) -> None:
        self._begin(replace(waiting, approval=approval))

    def _begin(self, waiting: WaitingLine) -> None:
        state, pending = self._state, self._state.pending
        line, level = waiting.text, state.here.level
        self._judge.begin(level, line)
        shown = pending.secrets.masked(line)
        state.job = job = Job(shown, waiting=waiting, leaving=leaving(level, line))
        state.post(CommandStarted(state.here, shown))
        effect = parse(level, line).effect
        job.is_change = effect in ("write", "commit")
        if job.is_change:
            waited = pending.masked if effect == "commit" else ()
            job.change = ChangeBegan(state.here, (*waited, shown), waiting.approval)
        state.transcript.begin()
        if job.leaving is not None and pending.lines:
            self._uncommitted_prompt.ask()
        elif job.leaving is not None and job.leaving.kind == "quit":
            job.quits = True
            self._finish()
        else:
            if pending.wants_base(level, line):
                pending.note_version()
                job.steps += committed_steps(lambda text: pending.start_from(state.here, text))
            answers = waiting.approval.answers if waiting.approval is not None else ""
            answer = "y" if answers else ""
            step = TypedStep(
                line, answer, answers, is_shown=False, is_change=job.change is not None
            )
            if spoiled := pending.replaced_by(level, line):
                said = (
                    f"{spoiled} was staged in spite of its error and is removed first: "
                    f"delete {spoiled}\n"
                )
                state.transcript.show(said)
                job.steps.append(TypedStep(f"delete {spoiled}", is_shown=False))
            in_vain = (pending.note_before, pending.note_after)
            job.steps += compared(step, *in_vain) if may_be_in_vain(level, line) else (step,)
            if asks := question(level, line):
                job.steps.append(hidden(asks, job.take_evidence))
            self._go_on(job)

    def look_at_pending(self) -> None:
        """Post the uncommitted lines, and the changes that they make to the committed configuration."""
        job = PendingQuery(self._state).begin()
        if job is not None:
            self._state.job = job
            self._next_step()

    # Steps of a line

    def _next_step(self) -> None:
        with self._judge.versions.moment():
            if self._uncommitted_prompt.asks_to_commit():
                return
            may_begin = self._tells_change()
        if not may_begin:
            self._call_off(self._state.current)
            return
        self._stepper.type_next(self._state.current)
        self._state.be_busy()
        if told := self._state.pending.trouble_to_tell():
            self._state.post(HintGiven(told))

    def _tells_change(self) -> bool:
        """Post the start of a change if the next step begins one; no question can stop it any more.

        Returns:
            False if Ctrl-C has interrupted the query of the CIB, so that the step must not begin.
        """
        state, job = self._state, self._state.current
        step = job.steps[0]
        if job.change is None or not step.is_change:
            return True
        self._judge.begin(state.here.level, step.line)
        self._judge.query_before()
        if not heeded().was_heard:
            change, job.change = job.change, None
            state.post(replace(change, version=self._judge.before))
        return not heeded().was_heard

    def _go_on(self, job: Job) -> None:
        """Type the next step, unless the line was interrupted before crm got it."""
        if job.has_begun or not (job.interrupts or heeded().was_heard):
            self._next_step()
        else:
            self._call_off(job)

    def _call_off(self, job: Job) -> None:
        self._state.post(HintGiven(f"{PRESSED} {NOT_RUN}"))
        self._uncommitted_prompt.stay(
            "The lines that were not run are back in the command line.", job.waiting.text
        )

    def reply(self, question: CrmQuestion, text: str) -> None:
        """Answer the question of crm."""
        self._stepper.reply(self._state.current, question, text)
        self._state.be_busy()

    def replies(self, question: CrmQuestion) -> bool:
        """Answer the question of crm if the line brought the answer; return False if it did not."""
        is_known = self._stepper.replies(self._state.current, question)
        if is_known:
            self._state.be_busy()
        return is_known

    def at_prompt(self) -> None:
        """Type the next step of the line, or finish the line."""
        is_through = self._stepper.at_prompt(self._state.current)
        self._tell_step(self._state.current)
        if not is_through:
            self.restaging.return_lines("The changes are still uncommitted.", is_behind=True)
        job = self._state.current
        if not job.steps:
            self._finish()
        elif job.kind == "line":
            self._go_on(job)
        else:
            self._next_step()

    def _tell_step(self, job: Job) -> None:
        """Post the outcome of a change that precedes the line itself."""
        step = job.step
        if step is not None and step.is_change and step.is_shown:
            reply = self._reply(job)
            seconds = time.monotonic() - job.began
            self._state.post(StepFinished(step.line, reply.outcome, seconds))

    def _reply(self, job: Job) -> CrmReply:
        state = self._state
        reply = state.transcript.reply(job.line, state.here, state.pending.lines, quits=job.quits)
        if job.outcome is None:
            recent, has_staged = state.transcript.recent, state.pending.has_staged
            judged = self._judge.judged(reply, job, recent, has_staged=has_staged)
            job.outcome, job.version = judged.outcome, judged.version
        return replace(reply, inner=job.inner, outcome=job.outcome, version=job.version)

    # End of a line

    def _finish(self) -> None:
        job = self._state.current
        if job.kind == "line":
            self._finish_line(job)
        elif job.kind == "start":
            self._is_new = True
            self._state.post(SessionStarted(self._state.here))
            self.restaging.begin(self._state.here)
        else:
            self._state.post(PendingQueryEnded())
            self._be_idle()

    def _finish_line(self, job: Job) -> None:
        state = self._state
        try:
            self._target.after_command()
        except (CrmtuiError, OSError) as error:
            state.transcript.show_apart(f"ERROR: {error}\n")
        reply = self._reply(job)
        state.phase, state.job = "idle", None
        if job.change is not None:
            self._judge.query_before()
            state.post(ChangeCalledOff(replace(job.change, version=self._judge.before)))
        state.post(CommandFinished(reply))
        if reply.outcome == "staged" and (id_ := state.pending.spoiled_by(job.waiting.text)):
            words = (
                f"{id_} waits for a commit: send the corrected line to replace it, or delete {id_}."
            )
            state.post(HintGiven(words))
        if job.quits:
            self.restaging.return_lines("The line before asked to quit.")
            state.post(QuitRequested())
        elif rest := self.restaging.finished(job, has_failed=reply.has_errors):
            reason = "This line had an error; the lines after it were not sent."
            state.post(LinesReturned(rest, reason))
        self.next_line()
