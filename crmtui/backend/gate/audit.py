"""Notes in the action log what the sessions tell of changes."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

from crmtui.backend.gate.audit_entry import SHADOW
from crmtui.backend.session.events import (
    ChangeBegan,
    ChangeCalledOff,
    CommandFinished,
    SessionDied,
    SessionFailed,
)
from crmtui.crmsh.line import parse
from crmtui.crmsh.prompt import LIVE

if TYPE_CHECKING:
    from crmtui.backend.approval.approval import Approval
    from crmtui.backend.gate.audit_log import AuditLog
    from crmtui.backend.session.events import SessionEvent
    from crmtui.cib.version import CibVersion


class Speaker(Protocol):
    """A session, which knows what is secret by crm's own options."""

    def masked(self, line: str) -> str:
        """Return ``line`` without its secrets."""


class Auditor:
    """Follows changes from what sessions tell; each session calls from its own thread.

    Outcome and versions of the CIB are those that the session has judged by: nothing is asked here.

    Args:
        log: Where they are noted.
        unasked: Where lines come from that nobody was asked for.
    """

    def __init__(self, log: AuditLog, unasked: str) -> None:
        self._log = log
        self._unasked = unasked
        self._lock = threading.Lock()
        self._open: dict[object, str] = {}
        self._of_approval: dict[int, list[str]] = {}
        """By the number of a leave, the changes that it was given for."""

    def hear(self, session: Speaker, event: SessionEvent) -> None:
        """Note what ``event`` of ``session`` tells.

        Lines that come back end nothing: none of them has begun.
        """
        match event:
            case ChangeBegan():
                self._begin(session, event)
            case ChangeCalledOff(change):
                self._begin(session, change)
                self._end(session, "declined", "", change.version)
            case CommandFinished(reply):
                said = [line for line in reply.output.splitlines() if line.strip()]
                self._end(session, reply.outcome, said[-1] if said else "", reply.version)
            case SessionDied():
                self._end(session, "crm died", event.reason, event.version)
            case SessionFailed(error):
                self._end(session, "crm died", error.what, None)

    def began(self, approval: Approval, entry: str) -> None:
        """Note that ``entry`` of the log is what ``leave`` was given for."""
        with self._lock:
            self._of_approval.setdefault(approval.number, []).append(entry)

    def settled(self, approval: Approval, sentence: str, compared: str) -> None:
        """Note what came of the lines that ``leave`` was given for.

        Args:
            approval: The leave.
            sentence: What the cluster did.
            compared: Whether that is as it was foreseen; empty where nothing was.
        """
        with self._lock:
            entries = self._of_approval.pop(approval.number, [])
        for entry in entries:
            self._log.settle(entry, sentence, compared)

    def forget(self, approval: Approval) -> None:
        """Take note that nothing is to come of what ``leave`` was given for."""
        with self._lock:
            self._of_approval.pop(approval.number, None)

    def _begin(self, session: Speaker, event: ChangeBegan) -> None:
        approval = event.approval
        prompt, what = event.prompt, parse(event.prompt.level, event.lines[-1])
        is_there = what.level != "cib" and what.has("cib")
        shadow = f"{SHADOW}{prompt.cib})" if is_there and prompt.cib != LIVE else ""
        entry = self._log.begin(
            event.lines,
            origin=(approval.request.origin if approval is not None else self._unasked) + shadow,
            level=event.prompt.level,
            forecast=approval.forecast.summary if approval is not None else "",
            before=_written(event.version),
        )
        with self._lock:
            self._open[session] = entry
        if approval is not None:
            self.began(approval, entry)

    def _end(self, session: Speaker, outcome: str, said: str, after: CibVersion | None) -> None:
        with self._lock:
            entry = self._open.pop(session, None)
        if entry is not None:
            self._log.end(entry, outcome, said=session.masked(said), after=_written(after))


def _written(version: CibVersion | None) -> str:
    return str(version) if version is not None else ""
