"""Ctrl-C: stops the programs of the running line within a second, and crm itself as a last resort."""

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
"""Seconds from Ctrl-C to SIGTERM for the programs that crm has started."""
_ENDED = 0.7
"""Seconds from Ctrl-C to the end of crm itself, unless the line makes a change."""
_GIVEN_UP = 0.2
"""Grace period in seconds for the terminal of a killed crm to close."""


def hindrance(question: CrmQuestion | None, phase: str) -> str:
    """Return the reason why Ctrl-C can stop nothing now; empty if it may stop something."""
    if question is not None and question.kind in ("yes_no", "typed_yes", "enter"):
        return "This question cannot be cancelled: answer it."
    if phase == "editing":
        return "crm waits for the editor: close it without saving."
    return "" if phase in ("starting", "running", "asking") else "Nothing is running."


class Interruption:
    """Interruption of the running line: each step is harder than the one before.

    crm ends on a Ctrl-C and loses its uncommitted lines. So the signal goes to the programs that crm has
    started, never to crm. A crm that does not stop is killed, and started again at its level with its
    uncommitted lines. A running change is cut off only by a second Ctrl-C after a warning.

    Args:
        state: State of the session.
    """

    def __init__(self, state: SessionState) -> None:
        self._state = state
        self._job: Job | None = None
        self._steps: deque[tuple[float, Callable[[], None]]] = deque()

    @property
    def due(self) -> float | None:
        """Monotonic time at which ``go_on`` is due; None for never."""
        if self._state.job is not self._job or self._why_not:
            self._steps.clear()
        return self._steps[0][0] if self._steps else None

    @property
    def _why_not(self) -> str:
        return hindrance(self._state.question, self._state.phase)

    def begin(self) -> None:
        """Start the interruption, or make it harder, after a Ctrl-C."""
        why_not = self._why_not
        if why_not and self._state.question is not None:
            self._state.ask_again(why_not)
        elif why_not:
            self._state.post(HintGiven(why_not))
        else:
            self._stop(self._state.current)

    def go_on(self) -> None:
        """Take the next step if it is due."""
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
            words = "crm is starting: wait, or press Ctrl-C again to cancel the start."
            self._state.post(HintGiven(words))
        elif is_first:
            now = time.monotonic()
            self._steps = deque([(now + _TERMINATED, self._terminate), (now + _ENDED, self._last)])
            if not self._state.channel.interrupt(signal.SIGINT):
                self._warn()
        elif not self._state.channel.interrupt(signal.SIGTERM):
            self._last()

    def _terminate(self) -> None:
        self._state.channel.interrupt(signal.SIGTERM)

    def _last(self) -> None:
        """End crm, or warn that its end would cut off a change."""
        if self._state.current.is_change:
            self._warn()
        else:
            self._end()

    def _warn(self) -> None:
        job, count = self._state.current, len(self._state.pending.lines)
        kept = f", with its {count} uncommitted line{'s' * (count != 1)}" if count else ""
        if job.is_hopeless:
            return
        words = (
            "crm itself is working and ignores Ctrl-C. If it does not finish at once, it is ended and "
            f"started again here{kept}."
        )
        if job.is_change:
            job.is_hopeless = True
            words = (
                "This line makes a change and does not stop: wait, or press Ctrl-C again to end crm. "
                f"Changes made by then stay. crm is started again here{kept}."
            )
        self._state.post(HintGiven(words))

    def _end(self) -> None:
        job, channel = self._state.current, self._state.channel
        job.was_ended = True
        channel.interrupt(signal.SIGKILL)
        channel.kill()
        self._steps = deque([(time.monotonic() + _GIVEN_UP, channel.give_up)])
