"""Journal of uncommitted lines: each line is on disk before crm gets it.

Each session has one file, private to the user (0600) and locked while the session runs. So two programs
never mix their lines, and an unlocked file belongs to a session that is gone. The file has one JSON
object a line: a header, then the uncommitted lines. Secret values are masked in it.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets as tokens
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crmtui.backend.session.output_lines import complete_lines
from crmtui.ownership import NotOurs, make_private, open_private
from crmtui.paths import state_dir
from crmtui.stored import Damaged, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_FORMAT = 1
_SUFFIX = ".jsonl"


@dataclass(frozen=True, slots=True)
class Work:
    """Uncommitted lines of ``configure``, with the configuration that they were meant for."""

    target: str
    """Name of the cluster, in one word or two."""
    cib: str
    """``live``, or the name of a shadow CIB."""
    base: str
    """Configuration before the lines, as crm shows it; empty if unknown."""
    began: float
    """Time of the first line, in seconds since the epoch."""
    lines: tuple[str, ...] = ()
    is_committing: bool = False
    """True if a commit of the lines had begun."""


class Journal:
    """Journal of one session on disk; while the disk fails, the journal continues in memory.

    Args:
        target: Name of the cluster, in one word or two.
    """

    def __init__(self, target: str) -> None:
        self.target = target
        self.trouble = ""
        """Reason why lines are missing on disk; empty while none is."""
        self._work: Work | None = None
        self._file: int | None = None
        self._path: Path | None = None
        self._ends: list[int] = []
        """Offsets in bytes of the records' ends: the header's, then one for each line."""

    def begin(self, cib: str, base: str) -> None:
        """Note the configuration that the next lines change; ignored after the first line."""
        if self._work is None or not self._work.lines:
            self._work = Work(self.target, cib, base, time.time())

    def add(self, line: str) -> None:
        """Write down a line right before crm stages it."""
        work = self._work or Work(self.target, "", "", time.time())
        self._work = replace(work, lines=(*work.lines, line))
        self._catch_up()

    def keep(self, count: int) -> None:
        """Drop all lines but the first ``count``, and the mark of a commit."""
        if self._work is None:
            return
        if count == 0:
            self.clear()
        elif count < len(self._work.lines) or self._work.is_committing:
            self._work = replace(self._work, lines=self._work.lines[:count], is_committing=False)
            self._ends = self._ends[: count + 1]
            self._cut()

    def committing(self) -> None:
        """Mark the lines right before a commit, which may take effect even if crm dies."""
        if self._work is not None and self._work.lines:
            self._work = replace(self._work, is_committing=True)
            self._catch_up()

    def clear(self) -> None:
        """Delete the journal: its lines are committed, discarded, or kept elsewhere."""
        self._work = None
        self.trouble = _removed(self._path) if self._path is not None else ""
        self.close()

    def close(self) -> None:
        """Close the file, and keep it on disk."""
        if self._file is not None:
            os.close(self._file)
        self._file, self._path, self._ends = None, None, []

    def _catch_up(self) -> None:
        """Write the missing records, which are several after an earlier failure."""
        work = self._work
        assert work is not None
        try:
            if self._file is None:
                self._file = self._made(work)
            for record in tuple(_records(work))[len(self._ends) :]:
                self._write(self._file, record)
            os.fdatasync(self._file)  # a node may be fenced at any moment
            self.trouble = ""
        except OSError as error:
            self.trouble = f"{error.strerror or error}: {self._path or 'the folder of journals'}"
            self._cut()

    def _made(self, work: Work) -> int:
        path = _folder() / f"{int(work.began * 1000)}-{tokens.token_hex(4)}{_SUFFIX}"
        file = open_private(path, os.O_CREAT | os.O_EXCL | os.O_RDWR)
        self._path = path
        fcntl.flock(file, fcntl.LOCK_EX)
        return file

    def _write(self, file: int, record: dict[str, object]) -> None:
        at = self._ends[-1] if self._ends else 0
        data = json.dumps(record).encode() + b"\n"
        end = at + len(data)
        while data:
            written = os.pwrite(file, data, at)
            at, data = at + written, data[written:]
        if "committing" not in record:
            self._ends.append(end)

    def _cut(self) -> None:
        """Cut the file behind its last complete record."""
        if self._file is not None:
            os.ftruncate(self._file, self._ends[-1] if self._ends else 0)


def _records(work: Work) -> Iterator[dict[str, object]]:
    yield {
        "crmtui": _FORMAT,
        "target": work.target,
        "cib": work.cib,
        "base": work.base,
        "began": work.began,
    }
    for line in work.lines:
        yield {"line": line}
    if work.is_committing:
        yield {"committing": True}


class KeptWork:
    """Uncommitted lines of an earlier session, locked for other programs while this object is open.

    Args:
        path: Path of the journal.
        file: Locked file descriptor of the journal.
        work: Content of the journal.
    """

    def __init__(self, path: Path, file: int, work: Work) -> None:
        self._path = path
        self._file = file
        self.work = work

    def clear(self) -> None:
        """Delete the journal: its lines are dropped, or kept elsewhere."""
        _removed(self._path)  # a failure is harmless: the lines are offered once more
        self.close()

    def close(self) -> None:
        """Unlock the journal, and keep it for a later session."""
        os.close(self._file)


def kept(target: str) -> Iterator[KeptWork]:
    """Yield the uncommitted lines of earlier sessions on ``target``, oldest first.

    Raises:
        OSError: The folder of journals cannot be read.
    """
    for path in sorted(_folder().glob(f"*{_SUFFIX}")):
        try:
            file = open_private(path, os.O_RDWR)
        except (FileNotFoundError, NotOurs):  # just removed by its session; or another user's file
            continue
        found = _taken(path, file, target)
        if found is None:
            os.close(file)
        else:
            yield found


def _taken(path: Path, file: int, target: str) -> KeptWork | None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return None
    status = os.fstat(file)
    work = _parsed(os.pread(file, status.st_size, 0)) if status.st_nlink else None
    if work is None or work.target != target:
        return None
    if not work.lines:
        _removed(path)
        return None
    return KeptWork(path, file, work)


def _parsed(data: bytes) -> Work | None:
    """Return the content of a journal, without a last record that was cut off; None if unreadable."""
    header, *records = data.split(b"\n")[:-1] or [b""]
    try:
        known = Record.parse(header)
        if known.whole("crmtui") != _FORMAT:
            return None
        began = known.time("began")
        work = Work(known.text("target"), known.text("cib"), known.text("base"), began)
        return _with_records(work, [Record.parse(record) for record in records])
    except Damaged:  # by a crash, or written by another version of crmtui
        return None


def _with_records(work: Work, records: Sequence[Record]) -> Work:
    lines = tuple(each.text("line") for each in records if "line" in each.values)
    # A line break inside a line would type a second line past the gate.
    if any(complete_lines(line) != (line,) for line in (*filter(None, [work.cib]), *lines)):
        raise Damaged("this is no line that crm had")
    is_committing = any("committing" in each.values for each in records)
    return replace(work, lines=lines, is_committing=is_committing)


def _removed(path: Path) -> str:
    """Remove a journal; return the reason if the disk refuses, for example if it is read-only."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        return f"{error.strerror or error}: {path}"
    return ""


def _folder() -> Path:
    folder = state_dir() / "uncommitted"
    make_private(folder)
    return folder
