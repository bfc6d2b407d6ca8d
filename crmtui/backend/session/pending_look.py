"""Look at what waits for a commit: what the lines make of the committed configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.backend.process.cancellation import heeded
from crmtui.backend.session.ctrl_c import PRESSED
from crmtui.backend.session.events import HintGiven, LookBegan, PendingShown
from crmtui.backend.session.job import Job, look

if TYPE_CHECKING:
    from crmtui.backend.session.state import SessionState


class PendingLook:
    """Look at what waits for a commit, which asks crm and the cluster.

    Args:
        state: The dialogue.
    """

    def __init__(self, state: SessionState) -> None:
        self._state = state

    def begin(self) -> Job | None:
        """Return the job that takes the look; None where nothing has to be asked, or can be."""
        state = self._state
        if state.phase != "idle":
            hint = "crm is at work: look at the pending changes when it is done."
            state.post(HintGiven(hint))
            return None
        if not state.pending.lines:
            state.post(PendingShown((), (), ""))
            return None
        state.post(LookBegan())
        return Job(kind="look", steps=look(state.here.level, self._show, state.pending.loaded))

    def _show(self, text: str) -> None:
        state, pending = self._state, self._state.pending
        changes, reason = pending.changes(text, state.here.cib)
        if heeded().was_heard:  # it is not wanted any more
            state.post(HintGiven(f"{PRESSED} The uncommitted changes are not shown."))
            return
        if reason:
            state.post(HintGiven(reason))
        state.post(PendingShown(pending.masked, changes, pending.trouble))
