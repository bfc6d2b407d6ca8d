"""Restaging of uncommitted lines: of a crm that died, and of an earlier session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.backend.session.events import HintGiven, LinesReturned
from crmtui.backend.session.own_questions import STAGE_ALL_THE_SAME, OwnQuestion, changed_meanwhile
from crmtui.backend.session.uncommitted.recovery import Recovery
from crmtui.crmsh.prompt import LIVE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.backend.session.events import SessionEvent
    from crmtui.backend.session.job import Job
    from crmtui.backend.session.line_queue import WaitingLines
    from crmtui.backend.session.uncommitted.journal import KeptWork
    from crmtui.backend.session.uncommitted.pending import Pending
    from crmtui.crmsh.prompt import CrmPrompt


class Restaging:
    """Restaging of uncommitted lines, before all other waiting lines.

    Args:
        pending: Uncommitted lines.
        waiting: Queue of submitted lines.
        post: Receiver of the session's events.
        ask: Asks a question after a text.
        go_on: Runs the next line.
    """

    def __init__(
        self,
        pending: Pending,
        waiting: WaitingLines,
        post: Callable[[SessionEvent], None],
        *,
        ask: Callable[[str, OwnQuestion], None],
        go_on: Callable[[], None],
    ) -> None:
        self._pending = pending
        self._waiting = waiting
        self._post = post
        self._ask = ask
        self._go_on = go_on
        self._submission = 0
        """Number of the submission that is being staged again; 0 for none."""
        self._with_errors: frozenset[str] = frozenset()
        """Lines that had an error the first time, which does not stop the others."""
        self._here: CrmPrompt | None = None
        self._below: tuple[str, ...] = ()
        self._recovery: Recovery | None = None

    def died(self, level: Sequence[str]) -> tuple[str, ...]:
        """Return the uncommitted lines of a crm that has died at ``level``."""
        self._waiting.take_rest(self._submission)
        self._submission = 0
        lines = self._pending.died()
        self._below = tuple(level[1:]) if lines else ()
        return lines

    def begin(self, here: CrmPrompt) -> None:
        """Stage uncommitted lines again in a crm that has just started.

        Args:
            here: Prompt of the new crm.
        """
        self._here = here
        lines = self._pending.to_stage
        if lines:
            if changes := changed_meanwhile(self._pending):
                self._ask(changes, OwnQuestion(STAGE_ALL_THE_SAME, self._decide))
            else:
                self._stage(lines, here.cib)
        elif self._recovery is None:
            self._recovery = Recovery(
                self._pending, ask=self._ask, take_up=self._take_up, go_on=self._none_left
            )
            self._recovery.begin()
        else:
            self._go_on()

    def _decide(self, choice: str) -> None:
        lines = self._pending.to_stage
        if choice == "y":
            assert self._here is not None
            self._stage(lines, self._here.cib)
        else:
            self._pending.again(lines)
            self._post(LinesReturned(lines, "They are not staged again."))
            self._go_on()

    def _take_up(self, work: KeptWork) -> None:
        self._stage(self._pending.take_up(work), work.work.cib or LIVE)

    def _none_left(self, trouble: str) -> None:
        if trouble:
            self._post(HintGiven(trouble))
        self._go_on()

    def _stage(self, lines: Sequence[str], cib: str) -> None:
        assert self._here is not None
        way = [] if self._here.level else ["configure"]
        if cib != self._here.cib:
            way.insert(0, f"cib use {cib}")
        back = [" ".join(self._below)] if self._below else []
        self._below = ()
        self._with_errors = frozenset(self._pending.with_errors)
        self._submission = self._waiting.add([*way, *lines, *back], is_first=True)
        self._go_on()

    def return_lines(self, reason: str, *first: str, is_behind: bool = False) -> None:
        """Return all waiting lines unsent to the user.

        Args:
            reason: Reason, as a sentence.
            first: Lines to return before them, which have left the queue already.
            is_behind: True if the line before all these is not finished yet.
        """
        if self._submission:
            self._give_back((*first, *self._waiting.rest_of(self._submission)))
        if lines := (*first, *self._waiting.take_all()):
            self._post(LinesReturned(lines, reason, is_behind))

    def finished(self, job: Job, *, has_failed: bool) -> tuple[str, ...]:
        """Return the lines that an error in one of several stops, with that line first.

        An error that the same line had before crm died stops nothing.
        """
        is_ours = bool(self._submission) and job.waiting.submission == self._submission
        is_known = is_ours and job.waiting.text in self._with_errors
        if has_failed and job.waiting.is_one_of_many and not is_known:
            rest = (job.waiting.text, *self._waiting.take_rest(job.waiting.submission))
            if is_ours:
                self._give_back(rest)
            return rest
        if is_ours and not self._waiting.has_any_of(self._submission):
            self._give_back(())
            self._post(HintGiven("All uncommitted lines are staged again."))
        return ()

    def _give_back(self, rest: Sequence[str]) -> None:
        self._submission = 0
        self._pending.again(rest)

    def close(self) -> None:
        """Unlock the postponed sessions, so that a later start offers them again."""
        if self._recovery is not None:
            self._recovery.close()


def way_back(prompt: CrmPrompt | None, *, has_lines: bool) -> tuple[str, ...]:
    """Return the lines that take a new crm to the CIB and the level of the last one.

    Args:
        prompt: Last prompt of the old crm; None for none.
        has_lines: True if lines are to be staged again. These need ``configure``; the levels below it
            are entered after them.
    """
    if prompt is None:
        return ()
    cib = (f"cib use {prompt.cib}",) if prompt.cib not in (LIVE, "@tmp@") else ()
    level = prompt.level[:1] if has_lines else prompt.level
    return (*cib, " ".join(level)) if level else cib
