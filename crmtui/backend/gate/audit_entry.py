"""Audit entry: one change in the action log, with its time, user, lines and outcome."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from crmtui.cib.secrets import MASK
from crmtui.cib.version import CibVersion
from crmtui.stored import Damaged, Record
from crmtui.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NO_LINES = ("undo", "redo")
"""Origins of changes made without crm; their lines describe the change in words."""
_NOTHING_DONE = ("no effect", "declined", "not sent")
"""Outcomes of entries that changed nothing, even if the CIB version rose meanwhile."""
SHADOW = " (shadow CIB "
"""Text between the origin and the name of the shadow CIB that was changed."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change, as far as known. The caller masks secrets before creating an entry."""

    id: str
    """Id shared by all lines of the log about this change."""
    when: float
    """Start of the change, in seconds since the epoch."""
    who: str
    """The user, with the user before sudo in brackets: ``root (alice)``."""
    host: str
    """Host on which crmtui ran."""
    where: str
    """Target of the change: ``LIVE acme``."""
    origin: str
    """``key``, ``typed``, ``script``, ``undo`` or ``redo``."""
    level: tuple[str, ...] = ()
    """The level of crm that the lines were typed at."""
    lines: tuple[str, ...] = ()
    """Lines sent to crm; for a commit, the uncommitted lines and the commit."""
    forecast: str = ""
    """The forecast in one sentence; empty if none was made."""
    before: str = ""
    """CIB version before the change: ``admin_epoch.epoch.num_updates``."""
    after: str = ""
    """CIB version after the change; empty while it runs or if the query failed."""
    outcome: str = ""
    """``done``, ``failed``, ``no effect``, ``unknown``, ``declined``, ``not sent`` or ``crm died``.

    Empty while the change runs, and for good if crmtui ended first. Old logs say ``errors``, too.
    """
    said: str = ""
    """The last line of crm's output."""
    settled: str = ""
    """The cluster's reaction, as a sentence."""
    compared: str = ""
    """Comparison of reaction and forecast, in words; empty without a forecast."""

    @property
    def has_changed(self) -> bool | None:
        """True if the CIB version differs afterwards; None if a version is unknown."""
        return self.before != self.after if self.before and self.after else None

    @property
    def versions(self) -> str:
        """CIB versions before and after the change, in words; empty if one is unknown."""
        if self.has_changed is None:
            return ""
        if not self.has_changed:
            return f"{self.before}, as before"
        others = ", by others" if self.outcome in _NOTHING_DONE or self.shadow else ""
        return f"{self.before} → {self.after}{others}"

    @property
    def shadow(self) -> str:
        """Name of the changed shadow CIB; empty for the cluster."""
        return self.origin.partition(SHADOW)[2].rstrip(")")

    @property
    def is_crm(self) -> bool:
        """True if the lines are lines of crm; those of an undo are a description."""
        return self.origin not in _NO_LINES

    def reached(self, epoch: tuple[int, int]) -> bool:
        """Return True if the configuration reached ``epoch`` during this change."""
        if self.outcome in _NOTHING_DONE or self.shadow:
            return False
        before, after = _epoch(self.before), _epoch(self.after)
        return before is not None and after is not None and before < epoch <= after

    @property
    def clock(self) -> str:
        """Start of the change, in local time."""
        return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(self.when))


def _epoch(version: str) -> tuple[int, int] | None:
    found = CibVersion.parse(version)
    return found.configuration if found is not None else None


@dataclass(frozen=True, slots=True)
class ActionLog:
    """Contents of the action log."""

    entries: tuple[AuditEntry, ...]
    """The changes in order of their start."""
    left_out: int = 0
    """Number of unreadable lines: half-written on a full disk, or of another program."""


def to_json(entry: AuditEntry) -> str:
    """Return ``entry`` as one line of JSON, with bytes outside UTF-8 escaped."""
    line = json.dumps(asdict(entry), ensure_ascii=False)
    return line.encode("utf-8", "backslashreplace").decode("utf-8")


def parse(lines: Iterable[str]) -> ActionLog:
    """Return the entries in ``lines``.

    Each line holds a change as far as it was known then, so the last line of an id counts.
    """
    found: dict[str, AuditEntry] = {}
    left_out = 0
    for line in lines:
        if not line.strip():
            continue
        try:
            entry = _one(Record.parse(line))
        except Damaged:
            left_out += 1
        else:
            found[entry.id] = entry
    return ActionLog(tuple(found.values()), left_out)


def _one(stored: Record) -> AuditEntry:
    return AuditEntry(
        id=stored.text("id"),
        when=stored.time("when"),
        who=stored.text("who"),
        host=stored.text("host"),
        where=stored.text("where"),
        origin=stored.text("origin"),
        level=stored.texts("level", ()),
        lines=stored.texts("lines", ()),
        forecast=stored.text("forecast", ""),
        before=stored.text("before", ""),
        after=stored.text("after", ""),
        outcome=stored.text("outcome", ""),
        said=stored.text("said", ""),
        settled=stored.text("settled", ""),
        compared=stored.text("compared", ""),
    )


def to_text(entries: Iterable[AuditEntry]) -> str:
    """Return ``entries`` as text for people."""
    return "\n\n".join("\n".join(_text(entry)) for entry in entries)


def _text(entry: AuditEntry) -> Iterator[str]:
    """Yield each line of the text, with control characters of the log removed."""
    yield from map(_one_line, _parts(entry))


def _one_line(text: str) -> str:
    """Return ``text`` as one line, so that no part leaves its comment in a script."""
    clean = plain(text).replace("\n", " ")
    return clean.encode("utf-8", "replace").decode("utf-8")


def _parts(entry: AuditEntry) -> Iterator[str]:
    yield f"{entry.clock}  {entry.who} on {entry.host}, {entry.origin}, {entry.where}"
    begins = " ".join(("crm", *entry.level)) if entry.is_crm else f"{entry.origin} of"
    yield from (f"  {begins} {line}" for line in entry.lines)
    for name, value in (
        ("forecast", entry.forecast),
        ("outcome", entry.outcome or "not known: crmtui ended before it"),
        ("crm said", entry.said),
        ("cluster", entry.settled),
        ("compared", entry.compared),
    ):
        if value:
            yield f"  {name}: {value}"
    if entry.versions:
        yield f"  CIB: {entry.versions}"


def to_script(entries: Iterable[AuditEntry]) -> str:
    """Return a shell script that repeats the successful changes; the rest are comments."""
    parts = [
        "#!/bin/sh",
        "# What was changed, as crmtui noted it. Read it before you run it: it asks nothing.",
        "set -e",
    ]
    for entry in entries:
        parts += ["", *(f"# {line}" for line in _text(entry)), *_commands(entry)]
    return "\n".join(parts) + "\n"


def _commands(entry: AuditEntry) -> Iterator[str]:
    if entry.outcome != "done":
        yield "# (left out: it was not done, or that is not known)"
        return
    if not entry.is_crm:
        yield "# (left out: it is no line of crm)"
        return
    if entry.shadow:
        yield "# (left out: it was done to a shadow CIB)"
        return
    lines = [*([" ".join(entry.level)] if entry.level else []), *entry.lines]
    if any(MASK in line for line in lines):
        yield "# (left out: fill in the secret)"
        return
    if any(line != _one_line(line) for line in lines):
        yield "# (left out: it holds what cannot be typed)"
        return
    end = "CRM"
    while end in lines:
        end += "_"
    yield f"crm <<'{end}'"
    yield from lines
    yield end
