"""Questions about uncommitted changes: before a line exits ``configure``, and before a risky commit."""

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
    OwnQuestion,
    changed_meanwhile,
    indented,
)
from crmtui.crmsh.staging import is_commit

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.backend.approval.approval import Approval, GateVerdict
    from crmtui.backend.session.state import SessionState
    from crmtui.backend.session.uncommitted.restaging import Restaging


class UncommittedPrompt:
    """Questions about uncommitted changes, and the steps that follow from the answers.

    Args:
        state: State of the session.
        check: Check of a line by the gate.
        restaging: Restaging, which returns the lines after a line that is not run.
        go_on: Types the next step of the line.
        finish: Finishes the line.
    """

    def __init__(
        self,
        state: SessionState,
        check: Callable[[str], GateVerdict],
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
        """Ask the user to commit the changes, to drop them, or to stay.

        Args:
            reason: Reason to ask once more, as a sentence; empty the first time.
        """
        if reason:
            self._state.post(HintGiven(reason))
        self._state.pose(indented(self._state.pending.masked), OwnQuestion(PENDING, self._decide))

    def asks_to_commit(self) -> bool:
        """Ask for a confirmation of the commit, once, if others have changed the configuration.

        Returns:
            True if the commit must not go on now.
        """
        state, job = self._state, self._state.current
        if job.was_checked or not is_commit(state.here.level, job.steps[0].line):
            return False
        job.was_checked = True
        news = changed_meanwhile(state.pending) if state.pending.lines else ""
        if heeded().was_heard:
            self.stay(f"{PRESSED} Nothing was committed.")
            return True
        if news:
            state.pose(news, OwnQuestion(COMMIT_ALL_THE_SAME, self._commit_or_stay))
        return bool(news)

    def _decide(self, choice: str) -> None:
        """Continue a line that exits ``configure`` by the user's choice."""
        if choice == "c":
            self.stay("The line before was cancelled.")
            return
        verdict = self._check("commit") if choice == "y" else None
        if isinstance(verdict, str):
            self.ask(verdict)
        elif isinstance(verdict, ChangeRequest):
            self._state.hold(HeldLine(verdict, partial(self._exit_by, choice), self.ask))
        else:
            assert verdict is None  # a second look needs an approval, and none was given yet
            self._exit_by(choice)

    def _exit_by(self, choice: str, approval: Approval | None = None) -> None:
        state, job = self._state, self._state.current
        assert job.leaving is not None
        if choice == "y":
            job.is_change, job.inner = True, "commit"
            job.change = ChangeBegan(state.here, (*state.pending.masked, "commit"), approval)
        job.quits = job.leaving.kind == "quit"
        job.steps = plan(job.leaving, state.here.level, job.waiting.text, commit=choice == "y")
        self._go_on()

    def stay(self, reason: str, *first: str) -> None:
        """End the line without any change.

        Args:
            reason: Reason why the lines after it are returned, as a sentence.
            first: Lines to return before those.
        """
        job = self._state.current
        job.steps.clear()
        job.quits, job.was_called_off = False, True
        self._restaging.return_lines(reason, *first, is_behind=True)
        self._finish()

    def _commit_or_stay(self, choice: str) -> None:
        self._go_on() if choice == "y" else self.stay("Nothing was committed.")
