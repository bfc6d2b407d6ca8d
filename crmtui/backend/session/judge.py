"""Looks at the CIB before and after a line that is to change it, to tell what came of the line."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from crmtui.backend.queries.cib_query import version_if_known
from crmtui.backend.session import evidence
from crmtui.backend.session.outcome import changes_cib, outcome
from crmtui.crmsh.line import parse
from crmtui.crmsh.staging import has_failed, is_commit

if TYPE_CHECKING:
    from crmtui.backend.process.target import Target
    from crmtui.backend.session.events import CrmReply
    from crmtui.backend.session.job import Job
    from crmtui.cib.version import CibVersion

_PAUSES = (0.0, 0.05, 0.1, 0.1)
"""Seconds before each look for a change, which may take a moment to reach this node. Only a line without
an effect is waited for to the last; each look is a program, over ssh a session as well."""


class Judge:
    """Judges one line after the other.

    Args:
        target: The cluster.
        is_looking: Whether the CIB is looked at, which takes 20 ms twice for each line that is to
            change it; what came of such a line is unknown otherwise.
    """

    def __init__(self, target: Target, *, is_looking: bool) -> None:
        self._target = target
        self._is_looking = is_looking
        self._level: tuple[str, ...] = ()
        self._line = ""
        self._before: CibVersion | None = None

    def begin(self, level: tuple[str, ...], line: str) -> None:
        """Take note of the line to judge: ``line``, typed at ``level``."""
        self._level, self._line = level, line
        self._before = None

    def look(self) -> None:
        """Look at what is there right before the line is typed.

        A question that was asked first may have been open for long, and others change the CIB, too.
        """
        is_to_look = self._is_looking and changes_cib(self._level, self._line)
        self._before = version_if_known(self._target) if is_to_look else None

    def judged(self, reply: CrmReply, job: Job, recent: str, *, has_staged: bool) -> CrmReply:
        """Return ``reply`` with what came of the line.

        Args:
            reply: The reply.
            job: The line on its way.
            recent: What was printed since the last answer, or else since the line was sent.
            has_staged: Whether it changed what waits for a commit.
        """
        # crm checks before it asks whether to commit: what it found then is no failure of the commit.
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
            moved=None if self._before is None or has_errors else self._has_moved(),
        )
        return replace(reply, outcome=found)

    def _was_declined(self, job: Job) -> bool:
        is_refresh = parse(self._level, self._line).name == "configure refresh"
        is_open = is_refresh or is_commit(self._level, self._line)
        return job.was_called_off or (is_open and job.answer.lower().startswith("n"))

    def _has_moved(self) -> bool | None:
        for pause in _PAUSES:
            time.sleep(pause)
            now = version_if_known(self._target)
            if now is None or self._before is None:
                return None
            if now.configuration != self._before.configuration:
                return True
        return False
