"""Open questions of the sessions: one is asked at a time, the others wait for their turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.backend.session.events import (
    CommandFinished,
    QuestionAsked,
    QuestionWithdrawn,
    SessionDied,
    SessionFailed,
)

if TYPE_CHECKING:
    from crmtui.backend.session.events import SessionEvent
    from crmtui.backend.session.session import CrmSession

_OVER = (QuestionWithdrawn, CommandFinished, SessionDied, SessionFailed)
"""Events that close the question of their session.

`LinesReturned` is not among them: the lines behind an asking line come back while it still asks.
"""

Said = tuple["CrmSession", "SessionEvent"]
"""An event with its session."""


class OpenQuestions:
    """Questions in the order of their asking; not thread-safe, so callers hold a lock."""

    def __init__(self) -> None:
        self._open: list[tuple[CrmSession, QuestionAsked]] = []

    @property
    def asked(self) -> tuple[CrmSession, QuestionAsked] | None:
        """The question on the screen, with its session."""
        return self._open[0] if self._open else None

    def hear(self, session: CrmSession, event: SessionEvent) -> list[Said]:
        """Record an event; return the events to post now, in order."""
        if isinstance(event, QuestionAsked):
            return self._ask(session, event)
        if not isinstance(event, _OVER):
            return [(session, event)]
        was_asked = self.asked is not None and self._open[0][0] is session
        self._open = [each for each in self._open if each[0] is not session]
        told: list[Said] = []
        if not isinstance(event, QuestionWithdrawn):
            told.append((session, event))
        if was_asked:
            told += [(session, QuestionWithdrawn()), *self._open[:1]]
        return told

    def _ask(self, session: CrmSession, event: QuestionAsked) -> list[Said]:
        askers = [asker for asker, _ in self._open]
        if session in askers:
            self._open[askers.index(session)] = (session, event)
        else:
            self._open.append((session, event))
        return [(session, event)] if self._open[0][0] is session else []
