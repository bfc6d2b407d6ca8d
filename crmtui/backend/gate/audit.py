"""Auditor: writes the changes that sessions report to the action log."""

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
    """Session that masks secrets by crm's own options."""

    def masked(self, line: str) -> str:
        """Return ``line`` without its secrets."""


class Auditor:
    """Follows changes by the events of their sessions; each session calls from its own thread.

    Outcome and CIB versions come from the session's own judgement, so the auditor queries nothing.

    Args:
        log: The action log.
        unasked: Origin, in the log, of changes without an approval.
    """

    def __init__(self, log: AuditLog, unasked: str) -> None:
        self._log = log
        self._unasked = unasked
        self._lock = threading.Lock()
        self._open: dict[object, str] = {}
        self._of_approval: dict[int, list[str]] = {}
        """Ids of log entries by the number of the approval that covers them."""

    def hear(self, session: Speaker, event: SessionEvent) -> None:
        """Record the change that ``event`` of ``session`` begins or ends.

        Returned lines end no change, as none of them has begun.
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
        """Record that ``approval`` covers the log entry with the id ``entry``."""
        with self._lock:
            self._of_approval.setdefault(approval.number, []).append(entry)

    def settled(self, approval: Approval, sentence: str, compared: str) -> None:
        """Record the cluster's reaction to the approved lines.

        Args:
            approval: The approval of the lines.
            sentence: The cluster's reaction, as a sentence.
            compared: Comparison with the forecast, in words; empty without a forecast.
        """
        with self._lock:
            entries = self._of_approval.pop(approval.number, [])
        for entry in entries:
            self._log.settle(entry, sentence, compared)

    def forget(self, approval: Approval) -> None:
        """Expect no reaction of the cluster to the approved lines any more."""
        with self._lock:
            self._of_approval.pop(approval.number, None)

    def _begin(self, session: Speaker, event: ChangeBegan) -> None:
        approval = event.approval
        prompt, crm_line = event.prompt, parse(event.prompt.level, event.lines[-1])
        is_there = crm_line.level != "cib" and crm_line.has("cib")
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
