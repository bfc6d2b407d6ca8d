"""Judge of lines: the CIB before and after a change tells what came of it."""

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
    from crmtui.backend.session.version_look import VersionLook
    from crmtui.cib.version import CibVersion

_PAUSES = (0.0, 0.05, 0.1, 0.1)
"""Seconds before each look for a change, which may take a moment to reach this node. Only a line without
an effect is waited for to the last; each look is a program, over ssh a session as well."""


class Judge:
    """Judges one line after the other.

    Args:
        looks: Looks at the version of the CIB.
        is_looking: Whether the CIB is looked at, which takes 20 ms twice for each change; what came
            of one that is to change the CIB is unknown otherwise.
    """

    def __init__(self, looks: VersionLook, *, is_looking: bool) -> None:
        self.looks = looks
        """Looks at the version of the CIB."""
        self._is_looking = is_looking
        self._level: tuple[str, ...] = ()
        self._line = ""
        self._has_looked = False
        self.before: CibVersion | None = None
        """The version of the CIB right before the change; None where it is not known."""
        self.after: CibVersion | None = None
        """The version of the CIB after the change; None where it is not known."""

    def begin(self, level: tuple[str, ...], line: str) -> None:
        """Take note of the line to judge: ``line``, typed at ``level``."""
        self._level, self._line = level, line
        self._has_looked = False
        self.before = self.after = None

    def look(self) -> None:
        """Look at what is there right before a change is typed.

        A question that was asked first may have been open for long, and others change the CIB, too.
        """
        self._has_looked = self._is_looking
        self.before = self.looks.now() if self._is_looking else None

    def look_after(self) -> None:
        """Look at what is there after a change; nothing is asked where none was looked at before."""
        self.after = self.looks.afresh() if self._has_looked else None

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
            moved=self._moved(has_errors=has_errors),
        )
        return replace(reply, outcome=found, version=self.after)

    def _was_declined(self, job: Job) -> bool:
        is_refresh = parse(self._level, self._line).name == "configure refresh"
        is_open = is_refresh or is_commit(self._level, self._line)
        return job.was_called_off or (is_open and job.answer.lower().startswith("n"))

    def _moved(self, *, has_errors: bool) -> bool | None:
        """Look after the line; say whether the configuration is another now, None for not known."""
        is_awaited = not has_errors and changes_cib(self._level, self._line)
        if self.before is None or not is_awaited:
            self.look_after()
            return None
        return self._has_moved()

    def _has_moved(self) -> bool | None:
        for pause in _PAUSES:
            time.sleep(pause)
            now = self.after = self.looks.afresh()
            if now is None or self.before is None:
                return None
            if now.configuration != self.before.configuration:
                return True
        return False
