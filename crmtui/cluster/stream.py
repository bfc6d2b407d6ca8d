"""Stream of a cluster's events: the state first, then each change as a sentence. Pure.

For screen readers, logs and pipes: as text or as JSON lines.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from crmtui.cluster import report, timeline
from crmtui.cluster.configuration_clock import ConfigurationClock
from crmtui.cluster.state_words import ASSUMPTION, HAS_STATUS
from crmtui.cluster.timeline import TimelineEntry
from crmtui.cluster.verdict import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from crmtui.cib.document import Cib
    from crmtui.cluster.freshness import Freshness
    from crmtui.cluster.model import Cluster
    from crmtui.cluster.verdict import Verdict

EventKind = Literal["state", "status", "change", "verdict", "sight"]
_TONES: Mapping[str, timeline.TimelineTone] = {"OK": "ok", "WARN": "warn", "CRIT": "crit"}
_CAUSE_SECONDS = 0.001


@dataclass(frozen=True, slots=True)
class Event:
    """One event of the stream."""

    kind: EventKind
    when: float
    """Time in seconds since the epoch."""
    body: Mapping[str, Any]
    """Members of its JSON object, beside ``event`` and ``when``."""
    text: str
    """Words for people, in one line or several."""


def to_json(event: Event) -> str:
    """Return ``event`` as one line of JSON."""
    when = datetime.fromtimestamp(event.when).astimezone().isoformat(timespec="milliseconds")
    told = {"event": event.kind, "when": when, **event.body}
    return json.dumps(told, ensure_ascii=False) + "\n"


def to_text(event: Event) -> str:
    """Return ``event`` for people, readable without seeing any sign."""
    return event.text


FORMATS: Mapping[str, Callable[[Event], str]] = {"text": to_text, "json": to_json}


class Teller:
    """Tells the news of each snapshot of a cluster.

    Args:
        kind: LIVE, SSH, SANDBOX or LAB.
        target: Name of the watched cluster.
    """

    def __init__(self, kind: str, target: str) -> None:
        self._target = {"kind": kind, "name": target}
        self._last_change = ConfigurationClock()
        self._cluster: Cluster | None = None
        self._verdict: Verdict | None = None
        self._cib: Cib | None = None
        self._word = ""

    def wants_cib(self, cluster: Cluster) -> bool:
        """Return true if the configuration in ``cluster`` may differ from that of the last snapshot."""
        return self._last_change.may_be_other(cluster)

    def configured(self, cib: Cib, when: float) -> Iterator[Event]:
        """Yield the differences of the configuration, and the author of the change."""
        before, self._cib = self._cib, cib
        if before is not None:
            for entry in timeline.configuration_entries(before, cib, when - _CAUSE_SECONDS):
                yield _change(entry)

    def reached(self, name: str, when: float) -> Iterator[Event]:
        """Yield the change to another host, if there is one."""
        before, self._target["name"] = self._target["name"], name
        if name != before:
            yield _change(timeline.host_entry(before, name, when))

    def see(self, cluster: Cluster, when: float) -> Iterator[Event]:
        """Yield the state for the first snapshot, else the changes since the last one."""
        before, self._cluster = self._cluster, cluster
        verdict = judge(cluster)
        was, self._verdict = self._verdict, verdict
        if before is None:
            body = {"target": self._target, "state": report.to_json(cluster, verdict)}
            words = report.to_text(cluster, verdict, _clock(when))
            yield Event("state", when, body, f"{words}\n")
            return
        if cluster.is_assumed != before.is_assumed:
            yield _basis(cluster, when)  # first: the reason for many of the changes that follow
        yield from map(_change, timeline.entries(before, cluster, when))
        if verdict != was:
            yield _judged(verdict, when)

    def freshness(self, seen: Freshness, when: float) -> Iterator[Event]:
        """Yield the event "sight" when the cluster gets out of sight, or is seen again."""
        if seen.word == self._word:
            return
        self._word = seen.word
        body = {"word": seen.word, "reason": seen.reason, "age": seen.age}
        if seen.is_clear:
            entry = TimelineEntry(when, "sight", "", "the cluster is seen again", "ok")
        else:
            entry = TimelineEntry(when, "sight", "", f"{seen.word}: {seen.reason}", "crit")
        yield Event("sight", when, body, _line(entry))


def _change(entry: TimelineEntry) -> Event:
    body = {
        "kind": entry.kind,
        "subject": entry.subject,
        "sentence": entry.sentence,
        "tone": entry.tone,
        "details": list(entry.details),
    }
    return Event("change", entry.when, body, _line(entry))


def _basis(cluster: Cluster, when: float) -> Event:
    """Return that the state is an assumption from now on, or no longer."""
    if cluster.is_assumed:
        entry = TimelineEntry(when, "status", "", ASSUMPTION, "warn")
    else:
        entry = TimelineEntry(when, "status", "", HAS_STATUS, "ok")
    body = {"assumed": cluster.is_assumed, "sentence": entry.sentence}
    return Event("status", when, body, _line(entry))


def _judged(verdict: Verdict, when: float) -> Event:
    sentence = f"{verdict.word}: {verdict.reason}"
    entry = TimelineEntry(when, "verdict", "", sentence, _TONES[verdict.word])
    return Event("verdict", when, {"verdict": verdict.word, "reason": verdict.reason}, _line(entry))


def _line(entry: TimelineEntry) -> str:
    # A screen reader would read the arrow aloud.
    words = replace(entry, sentence=entry.sentence.replace(" → ", " to "))
    return timeline.to_text([words])


def _clock(when: float) -> str:
    return datetime.fromtimestamp(when).astimezone().strftime("%Y-%m-%d %H:%M:%S %Z")
