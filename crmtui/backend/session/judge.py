"""Judge of lines: compares the CIB before and after a change to find its outcome."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from crmtui.backend.session import evidence
from crmtui.backend.session.outcome import changes_cib, outcome
from crmtui.crmsh.line import parse
from crmtui.crmsh.staging import has_failed, is_commit

if TYPE_CHECKING:
    from crmtui.backend.session.events import CrmReply
    from crmtui.backend.session.job import Job
    from crmtui.backend.session.version_query import VersionQuery
    from crmtui.cib.version import CibVersion

_PAUSES = (0.0, 0.05, 0.1, 0.1)
"""Seconds before each query for a change, which may take a moment to reach this node.

Only a line without an effect takes all of them. Each query starts a program, over ssh also a session."""


class Judge:
    """Judge of one line after another.

    Args:
        versions: Queries for the version of the CIB.
        is_comparing: True to query the CIB before and after each change, 20 ms each. Otherwise the
            outcome of a change of the CIB stays unknown.
    """

    def __init__(self, versions: VersionQuery, *, is_comparing: bool) -> None:
        self.versions = versions
        """Queries for the version of the CIB."""
        self._is_comparing = is_comparing
        self._level: tuple[str, ...] = ()
        self._line = ""
        self._has_queried = False
        self.before: CibVersion | None = None
        """Version of the CIB right before the change; None if unknown."""
        self.after: CibVersion | None = None
        """Version of the CIB after the change; None if unknown."""

    def begin(self, level: tuple[str, ...], line: str) -> None:
        """Start to judge ``line``, typed at ``level``."""
        self._level, self._line = level, line
        self._has_queried = False
        self.before = self.after = None

    def query_before(self) -> None:
        """Query the version of the CIB right before the change is typed.

        An earlier version may be out of date: others may change the CIB while a question is open.
        """
        self._has_queried = self._is_comparing
        self.before = self.versions.now() if self._is_comparing else None

    def query_after(self) -> None:
        """Query the version of the CIB after the change, if it was queried before."""
        self.after = self.versions.afresh() if self._has_queried else None

    def judged(self, reply: CrmReply, job: Job, recent: str, *, has_staged: bool) -> CrmReply:
        """Return ``reply`` with the outcome of the line and the new version of the CIB.

        Args:
            reply: Reply without an outcome.
            job: Job of the line.
            recent: Output since the last answer, or else since the line was sent.
            has_staged: True if the line has changed the uncommitted configuration.
        """
        # crm verifies before its question about the commit; an error from then is no failed commit.
        was_answered = bool(job.answer) and is_commit(self._level, self._line)
        has_errors = has_failed(recent) if was_answered else reply.has_errors
        found = outcome(
            self._level,
            self._line,
            has_errors=has_errors,
            complaints=reply.errors,
            was_interrupted=job.interrupts > 0,
            was_declined=self._was_declined(job),
            has_staged=has_staged,
            seen=evidence.seen(self._level, self._line, reply.output, job.evidence),
            moved=self._moved(has_errors=has_errors),
        )
        return replace(reply, outcome=found, version=self.after)

    def _was_declined(self, job: Job) -> bool:
        is_refresh = parse(self._level, self._line).name == "configure refresh"
        is_open = is_refresh or is_commit(self._level, self._line)
        return job.was_called_off or (is_open and job.answer.lower().startswith("n"))

    def _moved(self, *, has_errors: bool) -> bool | None:
        """Query the CIB after the line; return True if it has changed, None if unknown."""
        is_awaited = not has_errors and changes_cib(self._level, self._line)
        if self.before is None or not is_awaited:
            self.query_after()
            return None
        return self._has_moved()

    def _has_moved(self) -> bool | None:
        for pause in _PAUSES:
            time.sleep(pause)
            now = self.after = self.versions.afresh()
            if now is None or self.before is None:
                return None
            if now.configuration != self.before.configuration:
                return True
        return False
