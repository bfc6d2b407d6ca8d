"""Action log: a private file with every change that passes the gate, as lines of JSON."""

from __future__ import annotations

import getpass
import os
import platform
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from crmtui.backend.gate.audit_entry import ActionLog, AuditEntry, parse, to_json
from crmtui.cib.secrets import Secrets
from crmtui.ownership import open_private
from crmtui.paths import state_dir

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_KEPT = 500
"""Changes kept in memory for display; the file has all."""
_LONGEST = 8 << 20
"""Size in bytes beyond which a new file begins; the previous one is kept."""
_SAID = 300
"""Length of the note on crm's output, in characters."""
_SECRETS = Secrets()
"""Masks lines from elsewhere; those of sessions are masked already, by crm's options."""


def file() -> Path:
    """Return the path of the log."""
    return state_dir() / "actions.jsonl"


def read(path: Path | None = None) -> ActionLog:
    """Return the contents of the log; no entries if the file is missing.

    Raises:
        OSError: The file is unreadable.
    """
    path = path or file()
    try:
        log = open_private(path, os.O_RDONLY)
    except FileNotFoundError:
        return ActionLog(())
    with os.fdopen(log, encoding="utf-8", errors="replace") as lines:
        return parse(lines)


class AuditLog:
    """Records changes as they begin and end; safe to use from any thread.

    A full disk stops no change: the entries then live in memory until the end of the run.

    Args:
        where: Returns the target of the changes: ``LIVE acme``.
        path: The file; by default the user's own log.
        trouble: Called once with the reason, as a sentence, if writing fails.
    """

    def __init__(
        self,
        where: Callable[[], str],
        path: Path | None = None,
        trouble: Callable[[str], None] = lambda _why: None,
    ) -> None:
        self._where = where
        self._path = path
        self._trouble = trouble
        self._has_complained = False
        self._lock = threading.Lock()
        self._entries: dict[str, AuditEntry] = {}
        self._count = 0

    @property
    def entries(self) -> tuple[AuditEntry, ...]:
        """The changes of this run, oldest first."""
        with self._lock:
            return tuple(self._entries.values())

    def begin(
        self,
        lines: tuple[str, ...],
        *,
        origin: str,
        level: tuple[str, ...] = (),
        forecast: str = "",
        before: str = "",
    ) -> str:
        """Record the start of a change; return its id."""
        with self._lock:
            self._count += 1
            number = self._count
        entry = AuditEntry(
            id=f"{int(time.time() * 1000):x}-{os.getpid()}-{number}",
            when=time.time(),
            who=_who(),
            host=platform.node(),
            where=self._where(),
            origin=origin,
            level=level,
            lines=tuple(map(_SECRETS.masked, lines)),
            forecast=forecast,
            before=before,
        )
        self._write(entry)
        return entry.id

    def end(self, entry_id: str, outcome: str, *, said: str = "", after: str = "") -> None:
        """Record the outcome of a change."""
        self._update(entry_id, outcome=outcome, said=_SECRETS.masked(said)[-_SAID:], after=after)

    def settle(self, entry_id: str, sentence: str, compared: str) -> None:
        """Record the cluster's reaction to a change, and its comparison with the forecast."""
        self._update(entry_id, settled=sentence, compared=compared)

    def _update(self, entry_id: str, **known: str) -> None:
        with self._lock:
            entry = self._entries.get(entry_id)
        if entry is not None:
            self._write(replace(entry, **known))  # type: ignore[arg-type]

    def _write(self, entry: AuditEntry) -> None:
        with self._lock:
            self._entries[entry.id] = entry
            while len(self._entries) > _KEPT:
                self._entries.pop(next(iter(self._entries)))
            try:
                self._append(to_json(entry))
            except (OSError, ValueError) as error:
                why = error.strerror if isinstance(error, OSError) else ""
                complaint = f"The action log cannot be written: {why or error}."
                is_first, self._has_complained = not self._has_complained, True
            else:
                return
        if is_first:
            self._trouble(complaint)

    def _append(self, line: str) -> None:
        path = self._path or file()
        flags = os.O_CREAT | os.O_WRONLY | os.O_APPEND
        log = open_private(path, flags)
        if os.fstat(log).st_size > _LONGEST:
            os.close(log)
            path.replace(path.with_suffix(".old.jsonl"))
            log = open_private(path, flags)
        with os.fdopen(log, "a", encoding="utf-8") as opened:
            opened.write(line + "\n")


def _who() -> str:
    """Return the user, with the user before sudo in brackets."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = str(os.getuid())
    before = os.environ.get("SUDO_USER", "")
    return f"{user} ({before})" if before and before != user else user
