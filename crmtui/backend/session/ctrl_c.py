"""Ctrl-C: what runs is stopped within a second, and crm itself only where nothing else helps."""

from __future__ import annotations

import signal
import time
from collections import deque
from typing import TYPE_CHECKING

from crmtui.backend.session.events import HintGiven

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.backend.session.job import Job
    from crmtui.backend.session.state import SessionState
    from crmtui.crmsh.prompt import CrmQuestion

PRESSED = "Ctrl-C was pressed."
_TERMINATED = 0.35
"""Seconds after a Ctrl-C at which what crm has started is told to terminate."""
_ENDED = 0.7
"""Seconds after which crm itself is ended, unless it makes a change."""
_GIVEN_UP = 0.2
"""Seconds after that at which nobody waits for the end of its terminal any more."""


def hindrance(question: CrmQuestion | None, phase: str) -> str:
    """Say why there is nothing that could be stopped; empty if there may be something."""
    if question is not None and question.kind in ("yes_no", "typed_yes", "enter"):
        return "This question cannot be cancelled: answer it."
    if phase == "editing":
        return "crm waits for the editor: close it without saving."
    return "" if phase in ("starting", "running", "asking") else "Nothing is running."


class Stopping:
    """Stops what crm works for, in steps that get harder until the line is over.

    crm ends on a Ctrl-C, and takes what is uncommitted with it. So it never gets one: the programs that
    it has started do. Where it does not let go, it is ended by force and started anew at its level, with
    its uncommitted lines. A change is cut off like that only when somebody was told so and insists.

    Args:
        state: The dialogue.
    """

    def __init__(self, state: SessionState) -> None:
        self._state = state
        self._job: Job | None = None
        self._steps: deque[tuple[float, Callable[[], None]]] = deque()

    @property
    def due(self) -> float | None:
        """When, on the monotonic clock, ``go_on`` is to be called; None for never."""
        if self._state.job is not self._job or self._why_not:
            self._steps.clear()
        return self._steps[0][0] if self._steps else None

    @property
    def _why_not(self) -> str:
        return hindrance(self._state.question, self._state.phase)

    def begin(self) -> None:
        """Take note of a Ctrl-C."""
        why_not = self._why_not
        if why_not and self._state.question is not None:
            self._state.ask_again(why_not)
        elif why_not:
            self._state.post(HintGiven(why_not))
        else:
            self._stop(self._state.current)

    def go_on(self) -> None:
        """Take the step that is due, if one is."""
        due = self.due
        if due is not None and time.monotonic() >= due:
            self._steps.popleft()[1]()

    def _stop(self, job: Job) -> None:
        is_first = job.interrupts == 0
        job.interrupts += 1
        self._job = job
        if job.is_hopeless:
            self._end()
        elif job.kind == "start":
            job.is_hopeless = True
            words = "crm is being started: wait, or press Ctrl-C again to give that up."
            self._state.post(HintGiven(words))
        elif is_first:
            now = time.monotonic()
            self._steps = deque([(now + _TERMINATED, self._terminate), (now + _ENDED, self._last)])
            if not self._state.channel.interrupt(signal.SIGINT):
                self._tell()
        elif not self._state.channel.interrupt(signal.SIGTERM):
            self._last()

    def _terminate(self) -> None:
        self._state.channel.interrupt(signal.SIGTERM)

    def _last(self) -> None:
        """End crm, or say what that would cut off."""
        if self._state.current.is_change:
            self._tell()
        else:
            self._end()

    def _tell(self) -> None:
        job, count = self._state.current, len(self._state.pending.lines)
        kept = f", with its {count} uncommitted line{'s' * (count != 1)}" if count else ""
        if job.is_hopeless:
            return
        words = (
            "crm itself is at work, which hears no Ctrl-C: if it is not done at once, it is ended, and "
            f"started anew here{kept}."
        )
        if job.is_change:
            job.is_hopeless = True
            words = (
                "This makes a change, and does not stop: wait, or press Ctrl-C again to end crm. "
                f"What is changed by then stays so. crm is started anew here{kept}."
            )
        self._state.post(HintGiven(words))

    def _end(self) -> None:
        job, channel = self._state.current, self._state.channel
        job.was_ended = True
        channel.interrupt(signal.SIGKILL)
        channel.kill()
        self._steps = deque([(time.monotonic() + _GIVEN_UP, channel.give_up)])
