"""Lifecycle of crm: its start, its death, and its restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui import errors
from crmtui.backend.process.run import missing
from crmtui.backend.session.events import SessionDied, SessionFailed
from crmtui.backend.session.job import Job, start
from crmtui.backend.session.pty import NOT_FOUND
from crmtui.backend.session.restarts import Restarts
from crmtui.backend.session.uncommitted.restaging import way_back
from crmtui.crmsh.staging import is_commit
from crmtui.errors import CrmtuiError

if TYPE_CHECKING:
    from crmtui.backend.session.judge import Judge
    from crmtui.backend.session.state import SessionState
    from crmtui.backend.session.uncommitted.restaging import Restaging
    from crmtui.cib.version import CibVersion

_ENDED = "crm was ended, since it did not stop for Ctrl-C."


class CrmLifecycle:
    """Lifecycle of one crm after another.

    Args:
        state: State of the session.
        restaging: Restaging of the uncommitted lines of a crm that died.
        judge: Judge with the version of the CIB after a change that crm died in.
    """

    def __init__(self, state: SessionState, restaging: Restaging, judge: Judge) -> None:
        self._state = state
        self._judge = judge
        self._restaging = restaging
        self._restarts = Restarts()
        self._failure = ""

    def start(self) -> None:
        """Start crm unless it runs."""
        if self._state.channel.terminal is None:
            self._restarts.forget()
            self._open()

    def revive(self) -> None:
        """Start a dead crm for the waiting lines, or return the lines if crm keeps dying."""
        if self._restarts.claim():
            self._open()
        else:
            self._restaging.return_lines(f"crm is not running: {self._failure}")

    def close(self, *, forgets: bool) -> None:
        """End crm without committing anything.

        Args:
            forgets: True to drop the uncommitted lines; otherwise they stay in the journal.
        """
        self._state.phase = "dead"
        self._state.channel.close()
        if forgets:
            self._state.pending.forget()
        self._state.pending.close()
        self._restaging.close()

    def give_up(self, defect: Exception) -> None:
        """End crm after a defect of crmtui, and report it; crm can be started again."""
        what = f"crmtui had to end crm because of a defect of its own: {defect!r}."
        self._state.phase = "dead"
        self._state.channel.close()
        self._report_death(what, will_restart=False)
        self._fail(errors.CrmNotStarted(what, hint="Please report it; crm can be started again."))

    def ended(self, reason: str) -> None:
        """Report the end of crm, and start it again unless it keeps dying."""
        last, job = self._state.transcript.last, self._state.job
        was_ended = job is not None and job.was_ended
        if job is not None and job.kind == "start":
            reason = "it was ended by Ctrl-C" if was_ended else reason
            error = errors.CrmNotStarted(f"crm did not start: {reason}.", hint=last)
            self._fail(missing("crm") if reason == NOT_FOUND else error)
            return
        # Restarts after Ctrl-C are not counted: the user asked for them.
        may_restart = was_ended or self._restarts.claim()
        what = _ENDED if was_ended else f"crm ended with {reason}."
        self._report_death(what, will_restart=may_restart)
        if may_restart:
            self._open()
        else:
            self._fail(errors.CrmNotStarted("crm keeps dying and is not started again.", hint=last))

    def _open(self) -> None:
        """Start crm, and go to the level and the CIB of the last one."""
        channel, pending = self._state.channel, self._state.pending
        way = way_back(channel.prompt, has_lines=bool(pending.to_stage))
        self._state.job = Job(kind="start", steps=start(way, pending.learn))
        self._state.phase = "starting"
        try:
            channel.open()
        except CrmtuiError as error:
            self._fail(error)

    def _report_death(self, reason: str, *, will_restart: bool) -> None:
        """Post the death of crm with the lines that it took along, and reset the state."""
        state = self._state
        line = state.job.line if state.job else ""
        level = state.channel.prompt.level if state.channel.prompt else ()
        staged = tuple(state.pending.secrets.masked(each) for each in self._restaging.died(level))
        held = (state.held.line,) if state.held is not None and state.held.line else ()
        unsent = (*held, *state.waiting.take_all())
        version, was_committing = self._version(state.job), self._was_committing()
        state.job, state.own, state.held = None, None, None
        state.phase = "starting" if will_restart else "dead"
        said = state.transcript.last
        gone = (reason, said, line, level, staged, unsent)
        state.post(SessionDied(*gone, will_restart, version, was_committing))

    def _was_committing(self) -> bool:
        """Return True if crm died during a commit; a commit with an open question has not begun."""
        job = self._state.job
        if job is None or job.step is None or self._state.phase == "asking":
            return False
        return is_commit(job.level, job.step.line)

    def _version(self, job: Job | None) -> CibVersion | None:
        """Return the version of the CIB after the change that crm died in; None if unknown."""
        if job is None or job.kind != "line":
            return None
        self._judge.query_after()
        return self._judge.after

    def _fail(self, error: CrmtuiError) -> None:
        state = self._state
        state.phase, state.job, state.own = "dead", None, None
        self._failure = error.what
        self._restaging.return_lines(f"crm is not running: {error.what}")
        state.post(SessionFailed(error))
