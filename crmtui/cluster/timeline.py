"""Timeline of changes since the start, kept in memory with a bound, newest last."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crmtui.cib.diff import differences
from crmtui.cluster import state_words, times
from crmtui.cluster.changes import changes, fencing_changes
from crmtui.cluster.crm_mon.reuse import differing
from crmtui.cluster.glyphs import severity, worst_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crmtui.cib.document import Cib
    from crmtui.cluster.change import ClusterChange
    from crmtui.cluster.glyphs import Severity
    from crmtui.cluster.model import Cluster

ENTRIES = 1000
"""Largest number of entries, some MB at most."""
_INLINE = 100
"""Longest single difference, in characters, that goes into the sentence itself."""
_RECOLLECTED = 200
"""Largest number of entries about the time before the first snapshot."""
DETAILS = 40
"""Largest number of lines of detail in an entry."""
WIDTH = 400
"""Largest number of characters kept of a line."""

TimelineTone = Literal["crit", "warn", "note", "ok", "plain"]

_PLACED = frozenset({"moved", "started", "stopped", "role", "flag"})


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One event of the timeline."""

    when: float
    """Time of the snapshot that showed it, in seconds since the epoch."""
    kind: str
    """One word: a ``ClusterChange``'s kind, ``configuration``, ``host``, ``lost`` or ``seen``."""
    subject: str
    """Name of the node or resource; empty for an event of the whole cluster."""
    sentence: str
    tone: TimelineTone = "plain"
    details: tuple[str, ...] = ()

    @property
    def is_about_node(self) -> bool:
        """True if the subject is a node."""
        return self.kind in ("node", "dc", "fencing")

    @property
    def is_fault(self) -> bool:
        """True if the event needs the attention of a user who looks elsewhere."""
        return self.tone in ("crit", "warn")


def entries(old: Cluster, new: Cluster, when: float) -> tuple[TimelineEntry, ...]:
    """Return the entries for the changes between two snapshots of a cluster."""
    # Identical objects have not changed.
    severities = _severities(differing(old, new)[1])
    return tuple(
        TimelineEntry(when, each.kind, each.subject, each.sentence, _tone(each, new, severities))
        for each in changes(old, new)
    )


def configuration_entries(old: Cib, new: Cib, when: float) -> list[TimelineEntry]:
    """Return the entries for a change of the configuration: author, node, tool and differences."""
    found = differences(old.configuration, new.configuration)
    if not found:
        return []
    steps = new.version.epoch - old.version.epoch
    who = f" {new.changed_by}" if new.changed_by else ""
    often = f", in {steps} steps, the last" if steps > 1 and who else ""
    lines = tuple(str(each) for each in found)
    objects = list(dict.fromkeys(each.object for each in found))
    if len(lines) == 1 and len(lines[0]) <= _INLINE:
        what, lines = lines[0], ()
    else:
        more = f" and {len(objects) - 3} more" if len(objects) > 3 else ""
        what = f"{len(lines)} differences in {', '.join(objects[:3])}{more}"
    sentence = f"configuration changed{often}{who}: {what}"
    return [TimelineEntry(when, "configuration", objects[0], sentence, "note", lines)]


def host_entry(before: str, after: str, when: float) -> TimelineEntry:
    """Return the entry for the change from the host ``before`` to the host ``after``."""
    sentence = f"{before} is unreachable: {after} answers instead"
    return TimelineEntry(when, "host", "", sentence, "warn")


_BEFORE = {"start": "started", "stop": "stopped", "promote": "promoted", "demote": "demoted"}
"""Operations worth telling of afterwards, with the words for them."""
_KINDS = {"started": "started", "stopped": "stopped"}


def recollected(cluster: Cluster) -> tuple[TimelineEntry, ...]:
    """Return entries from the first snapshot about the time before, oldest first.

    These are failures, fencing, starts and stops, and the last change of the configuration.
    Pacemaker remembers only the last time of each.
    """
    found = [entry for entry in _recollected(cluster) if entry.when]
    return tuple(sorted(found, key=lambda entry: entry.when)[-_RECOLLECTED:])


def _recollected(cluster: Cluster) -> Iterator[TimelineEntry]:
    for run in cluster.history:
        if run.operation in _BEFORE and run.status == 0:
            did = _BEFORE[run.operation]
            resource = run.resource.partition(":")[0]
            sentence = f"{resource} {did} on {run.node}"
            yield TimelineEntry(_time(run.when), _KINDS.get(did, "role"), resource, sentence)
    for failed in cluster.failures:
        sentence = f"{state_words.failure(failed)}"
        yield TimelineEntry(_time(failed.when), "failed", failed.resource, sentence, "warn")
    for event in reversed(cluster.fencing):
        (change,) = fencing_changes((event,))
        tone: TimelineTone = "crit" if event.status == "failed" else "warn"
        yield TimelineEntry(_time(event.completed), "fencing", event.target, change.sentence, tone)
    when, by, who = cluster.last_change.partition(" by ")
    if when:
        sentence = f"configuration changed{by}{who}"
        yield TimelineEntry(_time(when), "configuration", "", sentence, "note")


def _time(text: str) -> float:
    """Return a time printed by Pacemaker in seconds since the epoch; 0 for an unknown one."""
    found = times.printed(text)
    try:
        return found.timestamp() if found is not None else 0.0
    except (OverflowError, ValueError):  # in this zone the time is before the year 1, or after 9999
        return 0.0


def _severities(cluster: Cluster) -> dict[str, Severity]:
    """Return the present severity of each resource, the worst of several instances."""
    found: dict[str, Severity] = {top.id: severity(top) for top in cluster.resources}
    for parent in cluster.walk():
        for child in parent.children:
            found[child.id] = worst_of((severity(child, parent), found.get(child.id, "off")))
    return found


def _tone(change: ClusterChange, new: Cluster, severities: dict[str, Severity]) -> TimelineTone:
    if change.kind == "quorum":
        return "ok" if new.has_quorum else "crit"
    if change.kind == "dc":
        return "plain" if new.dc else "crit"
    if change.kind in ("failed", "fencing"):
        return "crit" if "failed" in change.sentence and change.kind == "fencing" else "warn"
    if change.kind == "cleaned":
        return "ok"
    if change.kind == "node":
        return _node_tone(new, change.subject)
    if change.kind in _PLACED:
        return _resource_tone(change, severities.get(change.subject, "off"))
    return "note"


def _node_tone(cluster: Cluster, name: str) -> TimelineTone:
    node = cluster.node(name)
    how = severity(node) if node is not None else "note"
    if how == "off":  # a stop, intended or not
        return "note" if node is not None and node.is_standby else "warn"
    return {"crit": "crit", "warn": "warn", "ok": "ok"}.get(how, "note")  # type: ignore[return-value]


def _resource_tone(change: ClusterChange, how: str) -> TimelineTone:
    if how in ("crit", "warn"):
        return "crit" if how == "crit" else "warn"
    if change.kind in ("started", "moved") or "promoted" in change.sentence:
        return "ok"
    return "plain" if change.kind in ("stopped", "role") else "note"


class Timeline:
    """Keeps events up to a bound, and counts the faults that the user has not seen.

    Args:
        bound: Largest number of entries.
    """

    def __init__(self, bound: int = ENTRIES) -> None:
        self._entries: deque[tuple[int, TimelineEntry]] = deque(maxlen=bound)
        self._count = 0
        self._seen = 0
        self.forgotten = 0
        """Number of entries that were dropped."""

    @property
    def entries(self) -> Sequence[tuple[int, TimelineEntry]]:
        """All kept entries with their numbers, oldest first."""
        return tuple(self._entries)

    @property
    def new_faults(self) -> int:
        """Number of faults that the user has not seen."""
        return sum(entry.is_fault for number, entry in self._entries if number > self._seen)

    def add(self, found: Iterable[TimelineEntry]) -> bool:
        """Keep ``found``, each at its time; return true if there were any."""
        before = self._count
        for entry in found:
            self._count += 1
            self.forgotten += len(self._entries) == self._entries.maxlen
            later: list[tuple[int, TimelineEntry]] = []
            while self._entries and self._entries[-1][1].when > entry.when:
                later.append(self._entries.pop())
            self._entries.append((self._count, _cut(entry)))
            self._entries.extend(reversed(later))
        return self._count > before

    def see(self) -> None:
        """Mark everything as seen."""
        self._seen = self._count


def _cut(entry: TimelineEntry) -> TimelineEntry:
    details = entry.details
    if len(details) > DETAILS:
        details = (*details[:DETAILS], f"… and {len(details) - DETAILS} more lines")
    return TimelineEntry(
        entry.when,
        entry.kind,
        entry.subject,
        entry.sentence[:WIDTH],
        entry.tone,
        tuple(line[:WIDTH] for line in details),
    )


def to_text(found: Iterable[TimelineEntry]) -> str:
    """Return entries as text, one line each, with their details indented below."""
    lines: list[str] = []
    for entry in found:
        when = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(entry.when))
        mark = entry.tone.upper() if entry.is_fault else ""
        lines.append(f"{when}  {mark:<4}  {entry.kind:<13}  {entry.sentence}")
        lines.extend(f"{'':27}{detail}" for detail in entry.details)
    return "\n".join(lines) + "\n"
