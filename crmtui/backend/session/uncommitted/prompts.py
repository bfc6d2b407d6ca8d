"""What becomes of uncommitted changes: asked before a line leaves them, and before they meet news."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from crmtui.backend.approval.approval import ChangeRequest
from crmtui.backend.approval.held_line import HeldLine
from crmtui.backend.process.cancellation import heeded
from crmtui.backend.session.ctrl_c import PRESSED
from crmtui.backend.session.events import ChangeBegan, HintGiven
from crmtui.backend.session.job import plan
from crmtui.backend.session.own_questions import (
    COMMIT_ALL_THE_SAME,
    PENDING,
    Own,
    changed_meanwhile,
    indented,
)
from crmtui.crmsh.staging import is_commit

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.backend.approval.approval import Approval, Verdict
    from crmtui.backend.session.state import SessionState
    from crmtui.backend.session.uncommitted.restaging import Restaging


class UncommittedPrompt:
    """Asks what to do with uncommitted changes, and does it.

    Args:
        state: The dialogue.
        check: Says whether a line may be sent now.
        restaging: Returns the lines behind one that is not run.
        go_on: Called when the next step of the line may be typed.
        finish: Called when the line is over.
    """

    def __init__(
        self,
        state: SessionState,
        check: Callable[[str], Verdict],
        restaging: Restaging,
        *,
        go_on: Callable[[], None],
        finish: Callable[[], None],
    ) -> None:
        self._state = state
        self._check = check
        self._restaging = restaging
        self._go_on = go_on
        self._finish = finish

    def ask(self, reason: str = "") -> None:
        """Ask what becomes of uncommitted changes, once more where that cannot be done."""
        if reason:
            self._state.post(HintGiven(reason))
        self._state.pose(indented(self._state.pending.masked), Own(PENDING, self._decide))

    def asks_to_commit(self) -> bool:
        """Ask whether to commit, once, if others have changed the configuration meanwhile."""
        state, job = self._state, self._state.current
        if job.was_checked or not is_commit(state.here.level, job.steps[0].line):
            return False
        job.was_checked = True
        news = changed_meanwhile(state.pending) if state.pending.lines else ""
        if heeded().was_heard:
            self.stay(f"{PRESSED} Nothing was committed.")
            return True
        if news:
            state.pose(news, Own(COMMIT_ALL_THE_SAME, self._commit_or_stay))
        return bool(news)

    def _decide(self, choice: str) -> None:
        """Go on with a line that leaves uncommitted changes, as the user has chosen."""
        if choice == "c":
            self.stay("The line before was cancelled.")
            return
        verdict = self._check("commit") if choice == "y" else None
        if isinstance(verdict, str):
            self.ask(verdict)
        elif isinstance(verdict, ChangeRequest):
            self._state.hold(HeldLine(verdict, partial(self._leave_by, choice), self.ask))
        else:
            assert verdict is None  # there is no approval that a second look could be for
            self._leave_by(choice)

    def _leave_by(self, choice: str, approval: Approval | None = None) -> None:
        state, job = self._state, self._state.current
        assert job.leaving is not None
        if choice == "y":
            job.is_change, job.inner = True, "commit"
            job.change = ChangeBegan(state.here, (*state.pending.masked, "commit"), approval)
        job.quits = job.leaving.kind == "quit"
        job.steps = plan(job.leaving, state.here.level, job.waiting.text, commit=choice == "y")
        self._go_on()

    def stay(self, reason: str, *first: str) -> None:
        """End the line with all as it was.

        Args:
            reason: Why the lines behind it come back.
            first: What comes back before them.
        """
        job = self._state.current
        job.steps.clear()
        job.quits, job.was_called_off = False, True
        self._restaging.return_lines(reason, *first, is_behind=True)
        self._finish()

    def _commit_or_stay(self, choice: str) -> None:
        self._go_on() if choice == "y" else self.stay("Nothing was committed.")
