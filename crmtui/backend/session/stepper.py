"""Stepper of a job: types its steps one by one, and keeps the uncommitted lines up to date."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from crmtui.backend.session.job import PROBE, hidden
from crmtui.backend.session.output_lines import without_controls

if TYPE_CHECKING:
    from crmtui.backend.session.channel import Channel
    from crmtui.backend.session.job import Job
    from crmtui.backend.session.transcript import Transcript
    from crmtui.backend.session.uncommitted.pending import Pending
    from crmtui.crmsh.prompt import CrmQuestion


class Stepper:
    """Stepper through the steps of jobs.

    Args:
        channel: Channel to crm.
        transcript: Transcript of crm's output.
        pending: Uncommitted lines.
    """

    def __init__(self, channel: Channel, transcript: Transcript, pending: Pending) -> None:
        self._channel = channel
        self._transcript = transcript
        self._pending = pending

    def type_next(self, job: Job) -> None:
        """Type the next step; crm must be at its prompt."""
        self._channel.catch_up()
        job.step = step = job.steps.popleft()
        job.has_begun = job.has_begun or not step.is_muted
        prompt = self._channel.prompt
        assert prompt is not None
        job.answer, job.level = "", prompt.level
        self._transcript.mute(is_muted=step.is_muted)
        job.began = time.monotonic()
        if step.is_shown and step.is_change:
            self._transcript.begin_step(prompt, step.line)
        elif step.is_shown:
            self._transcript.show(f"{prompt.text}{step.line}\n")
        self._pending.typing(job.level, step.line)
        self._channel.type(step.line)

    def reply(self, job: Job, question: CrmQuestion, text: str) -> None:
        """Type an answer to the question of crm."""
        is_secret = question.kind == "password"
        line = "" if question.kind == "enter" else without_controls(text)
        self._transcript.show("\n" if is_secret else f"{line}\n")
        job.answer = "" if is_secret else line
        self._channel.type(line, is_secret=is_secret)

    def replies(self, job: Job, question: CrmQuestion) -> bool:
        """Type the step's own answer to the question; return False if the step has none."""
        if job.step is None or not job.step.answer or question.kind != "yes_no":
            return False
        if not question.text.startswith(job.step.to):
            return False
        self.reply(job, question, job.step.answer)
        return True

    def at_prompt(self, job: Job) -> bool:
        """Finish the step at the prompt; return False if the steps after it must not run."""
        said = self._transcript.muted
        self._transcript.mute(is_muted=False)
        if job.step is None:
            return True
        self._count(job)
        if job.step.then is not None:
            job.step.then(said)
        if job.step.must_settle and self._pending.lines:
            job.steps.clear()
            job.quits = False
            return False
        return True

    def _count(self, job: Job) -> None:
        """Bring the uncommitted lines up to date."""
        step, prompt = job.step, self._channel.prompt
        assert step is not None
        assert prompt is not None
        if step is PROBE:
            self._pending.probed(has_changes=bool(job.answer))
            return
        output = self._transcript.recent
        is_doubtful = self._pending.typed(
            *(job.level, step.line, prompt.level, output, job.answer),
            was_interrupted=job.interrupts > 0,
        )
        if asks := self._pending.question(job.level, step.line, prompt.level):
            then = partial(self._compare, job, is_doubtful=is_doubtful)
            job.steps.appendleft(hidden(asks, then))
        elif is_doubtful:
            job.steps.appendleft(PROBE)

    def _compare(self, job: Job, text: str, *, is_doubtful: bool) -> None:
        if self._pending.compare(text, is_doubtful=is_doubtful):
            job.steps.appendleft(PROBE)
