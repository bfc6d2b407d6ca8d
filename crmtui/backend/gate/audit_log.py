"""The action log: every change that passes the gate, in a private file, one line of JSON each time."""

from __future__ import annotations

import getpass
import os
import platform
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from crmtui.backend.gate.audit_entry import AuditEntry, Told, parse, to_json
from crmtui.cib.secrets import Secrets
from crmtui.ownership import open_private
from crmtui.paths import state_dir

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_KEPT = 500
"""Changes that are shown; the file has all."""
_LONGEST = 8 << 20
"""Bytes after which a new file is begun; the one before is kept."""
_SAID = 300
"""Characters of crm's own words."""
_SECRETS = Secrets()
"""Sessions have masked what is secret by crm's options; this is for what comes from elsewhere."""


def file() -> Path:
    """Return where the log lies."""
    return state_dir() / "actions.jsonl"


def read(path: Path | None = None) -> Told:
    """Return what the log tells; nothing where there is none.

    Raises:
        OSError: It cannot be read.
    """
    path = path or file()
    try:
        log = open_private(path, os.O_RDONLY)
    except FileNotFoundError:
        return Told(())
    with os.fdopen(log, encoding="utf-8", errors="replace") as lines:
        return parse(lines)


class AuditLog:
    """Notes changes as they begin and end; safe to use from any thread.

    A disk that is full stops no change: the log then lasts as long as the run.

    Args:
        where: What is changed: ``LIVE acme``.
        path: The file; the user's own if not given.
        trouble: Called once with why the log cannot be written.
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
        """Note that a change begins; return its id."""
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
        """Note how a change ended."""
        self._update(entry_id, outcome=outcome, said=_SECRETS.masked(said)[-_SAID:], after=after)

    def settle(self, entry_id: str, sentence: str, compared: str) -> None:
        """Note what came of a change in the cluster, and whether that is as it was foreseen."""
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
    """Return the user, and whom root was before."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = str(os.getuid())
    before = os.environ.get("SUDO_USER", "")
    return f"{user} ({before})" if before and before != user else user
