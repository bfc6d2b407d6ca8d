"""What was changed, when, by whom and with what outcome: one entry of the action log."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from crmtui.cluster.secrets import MASK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NO_LINES = ("undo", "redo")
"""What is done without crm: its lines say what is taken back."""
_NOTHING_DONE = ("no effect", "declined", "not sent")
"""Outcomes of what changed nothing itself, whatever others did meanwhile."""
SHADOW = " (shadow CIB "
"""Comes behind the origin, and before the name, of what was done to a shadow CIB."""


@dataclass(frozen=True, slots=True)
class Deed:
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
        return f"{self.before} -> {self.after}{others}"

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
    numbers = version.split(".")
    if len(numbers) != len(("admin_epoch", "epoch", "num_updates")):
        return None
    return int(numbers[0]), int(numbers[1])


def to_json(deed: Deed) -> str:
    """Return ``deed`` as one line."""
    return json.dumps(asdict(deed), ensure_ascii=False)


def parse(lines: Iterable[str]) -> tuple[Deed, ...]:
    """Return the deeds that ``lines`` tell of, in the order in which they began.

    Each line tells of a deed as far as it had come; the last of them counts. A line that is broken,
    as on a full disk, or of another version, is left out.
    """
    found: dict[str, Deed] = {}
    for line in lines:
        for deed in _one(line):
            found[deed.id] = deed
    return tuple(found.values())


def _one(line: str) -> Iterator[Deed]:
    try:
        value = json.loads(line)
        deed = Deed(**value)
    except (ValueError, TypeError):
        return
    yield replace(deed, level=tuple(deed.level), lines=tuple(deed.lines))


def to_text(deeds: Iterable[Deed]) -> str:
    """Return ``deeds`` for people."""
    return "\n\n".join("\n".join(_text(deed)) for deed in deeds)


def _text(deed: Deed) -> Iterator[str]:
    yield f"{deed.clock}  {deed.who} on {deed.host}, {deed.origin}, {deed.where}"
    begins = " ".join(("crm", *deed.level)) if deed.is_crm else f"{deed.origin} of"
    yield from (f"  {begins} {line}" for line in deed.lines)
    for name, value in (
        ("forecast", deed.forecast),
        ("outcome", deed.outcome or "not known: crmtui ended before it"),
        ("crm said", deed.said),
        ("cluster", deed.settled),
        ("compared", deed.compared),
    ):
        if value:
            yield f"  {name}: {value}"
    if deed.versions:
        yield f"  CIB: {deed.versions}"


def to_script(deeds: Iterable[Deed]) -> str:
    """Return a shell script that does again what was done; all else is in it as a comment."""
    parts = [
        "#!/bin/sh",
        "# What was changed, as crmtui noted it. Read it before you run it: it asks nothing.",
        "set -e",
    ]
    for deed in deeds:
        parts += ["", *(f"# {line}" for line in _text(deed)), *_commands(deed)]
    return "\n".join(parts) + "\n"


def _commands(deed: Deed) -> Iterator[str]:
    if deed.outcome != "done":
        yield "# (left out: it was not done, or that is not known)"
        return
    if not deed.is_crm:
        yield "# (left out: it is no line of crm)"
        return
    if deed.shadow:
        yield "# (left out: it was done to a shadow CIB)"
        return
    lines = [*([" ".join(deed.level)] if deed.level else []), *deed.lines]
    if any(MASK in line for line in lines):
        yield "# (left out: fill in the secret)"
        return
    end = "CRM"
    while end in lines:
        end += "_"
    yield f"crm <<'{end}'"
    yield from lines
    yield end
