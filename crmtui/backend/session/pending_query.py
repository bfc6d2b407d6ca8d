"""Query for the uncommitted changes: compares crm's configuration with the committed one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.backend.process.cancellation import heeded
from crmtui.backend.session.ctrl_c import PRESSED
from crmtui.backend.session.events import HintGiven, PendingQueryBegan, PendingShown
from crmtui.backend.session.job import Job, configuration_steps

if TYPE_CHECKING:
    from crmtui.backend.session.state import SessionState


class PendingQuery:
    """Query for the uncommitted changes, which asks crm and the cluster.

    Args:
        state: State of the session.
    """

    def __init__(self, state: SessionState) -> None:
        self._state = state

    def begin(self) -> Job | None:
        """Return the job of the query; None if nothing is uncommitted, or crm is busy."""
        state = self._state
        if state.phase != "idle":
            hint = "crm is working: the uncommitted changes can be shown when it has finished."
            state.post(HintGiven(hint))
            return None
        if not state.pending.lines:
            state.post(PendingShown((), (), ""))
            return None
        state.post(PendingQueryBegan())
        return Job(
            kind="query",
            steps=configuration_steps(state.here.level, self._show, state.pending.loaded),
        )

    def _show(self, text: str) -> None:
        state, pending = self._state, self._state.pending
        changes, reason = pending.changes(text, state.here.cib)
        if heeded().was_heard:  # Ctrl-C has cut the comparison short
            state.post(HintGiven(f"{PRESSED} The uncommitted changes are not shown."))
            return
        if reason:
            state.post(HintGiven(reason))
        state.post(PendingShown(pending.masked, changes, pending.trouble))
