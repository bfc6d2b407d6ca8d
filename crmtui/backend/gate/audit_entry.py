"""What was changed, when, by whom and with what outcome: one entry of the action log."""

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
"""What is done without crm: its lines say what is taken back."""
_NOTHING_DONE = ("no effect", "declined", "not sent")
"""Outcomes of what changed nothing itself, whatever others did meanwhile."""
SHADOW = " (shadow CIB "
"""Comes behind the origin, and before the name, of what was done to a shadow CIB."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change, as far as it has come. Secrets in it have been hidden before it was made."""

    id: str
    """The same in all that is written of it."""
    when: float
    """When it began, in seconds since the epoch."""
    who: str
    """The user, with whom they became root for: ``root (alice)``."""
    host: str
    """Where crmtui ran."""
    where: str
    """What was changed: ``LIVE acme``."""
    origin: str
    """``key``, ``typed``, ``script``, ``undo`` or ``redo``."""
    level: tuple[str, ...] = ()
    """The level of crm that the lines were typed at."""
    lines: tuple[str, ...] = ()
    """What crm was told; for a commit all that waited, and the commit."""
    forecast: str = ""
    """What was foreseen, in one sentence; empty where nobody asked."""
    before: str = ""
    """The version of the CIB before it: ``admin_epoch.epoch.num_updates``."""
    after: str = ""
    """The version after it; empty while it runs, or where it could not be read."""
    outcome: str = ""
    """``done``, ``failed``, ``no effect``, ``unknown``, as crm's line was judged; ``declined``, ``not
    sent``, ``crm died``; empty while it runs, or when crmtui ended. ``errors`` in logs of old."""
    said: str = ""
    """crm's own words, the last of them."""
    settled: str = ""
    """What came of it in the cluster, as a sentence."""
    compared: str = ""
    """Whether that is as forecast, or what is not; empty where nothing was foreseen."""

    @property
    def has_changed(self) -> bool | None:
        """Whether the CIB is another one after it; None where that is not known."""
        return self.before != self.after if self.before and self.after else None

    @property
    def versions(self) -> str:
        """The versions of the CIB before and after it, in words; empty where they are not known."""
        if self.has_changed is None:
            return ""
        if not self.has_changed:
            return f"{self.before}, as before"
        others = ", by others" if self.outcome in _NOTHING_DONE or self.shadow else ""
        return f"{self.before} → {self.after}{others}"

    @property
    def shadow(self) -> str:
        """The shadow CIB that it was done to; empty for the cluster."""
        return self.origin.partition(SHADOW)[2].rstrip(")")

    @property
    def is_crm(self) -> bool:
        """Whether its lines are crm's; an undo says in words what it takes back."""
        return self.origin not in _NO_LINES

    def reached(self, epoch: tuple[int, int]) -> bool:
        """Say whether the configuration became the one of ``epoch`` in the course of it."""
        if self.outcome in _NOTHING_DONE or self.shadow:
            return False
        before, after = _epoch(self.before), _epoch(self.after)
        return before is not None and after is not None and before < epoch <= after

    @property
    def clock(self) -> str:
        """When it began, in local time."""
        return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(self.when))


def _epoch(version: str) -> tuple[int, int] | None:
    found = CibVersion.parse(version)
    return found.configuration if found is not None else None


@dataclass(frozen=True, slots=True)
class Told:
    """The action log as it was read."""

    entries: tuple[AuditEntry, ...]
    """The changes, in the order in which they began."""
    left_out: int = 0
    """How many lines cannot be read: half-written, as on a full disk, or of another program."""


def to_json(entry: AuditEntry) -> str:
    """Return ``entry`` as one line, whatever text is in it: what is no character stays escaped."""
    line = json.dumps(asdict(entry), ensure_ascii=False)
    return line.encode("utf-8", "backslashreplace").decode("utf-8")


def parse(lines: Iterable[str]) -> Told:
    """Return what ``lines`` tell of.

    Each line tells of a deed as far as it had come; the last of them counts.
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
    return Told(tuple(found.values()), left_out)


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
    """Return ``entries`` for people."""
    return "\n\n".join("\n".join(_text(entry)) for entry in entries)


def _text(entry: AuditEntry) -> Iterator[str]:
    """Yield each line of the text, which stays one whatever stands in the log."""
    yield from map(_one_line, _parts(entry))


def _one_line(text: str) -> str:
    """Return ``text`` without new lines and control characters, so that a comment stays one."""
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
    """Return a shell script that does again what was done; all else is in it as a comment."""
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
