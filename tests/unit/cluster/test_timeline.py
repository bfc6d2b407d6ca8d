"""Entries that the timeline keeps, and those that are faults."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from crmtui.cluster.model import Failure, FenceEvent, Run
from crmtui.cluster.timeline import (
    DETAILS,
    WIDTH,
    Timeline,
    TimelineEntry,
    entries,
    recollected,
    to_text,
)
from crmtui.tui.presentation.lists.timeline_rows import clock, timeline_rows
from crmtui.tui.theming.marks import ASCII
from tests.unit.cluster_values import cluster, holder, node, primitive

if TYPE_CHECKING:
    from crmtui.cluster.model import Cluster
    from crmtui.tui.presentation.table import Row

_FENCED = FenceEvent("n2", "reboot", "success", "controld", "n1", "n1", "now")


@pytest.mark.parametrize(
    ("old", "new", "sentence", "tone"),
    [
        (
            cluster(primitive("db", "Started", "n1")),
            cluster(primitive("db", "Started", "n2")),
            "db moved n1 → n2",
            "ok",
        ),
        (
            cluster(primitive("db", "Started", "n1")),
            cluster(primitive("db", "Stopped")),
            "db stopped on n1",
            "crit",
        ),
        (
            cluster(holder("group", "g", primitive("db", "Started", "n1"))),
            cluster(holder("group", "g", primitive("db", "Stopped"))),
            "db stopped on n1",
            "crit",
        ),
        (
            cluster(primitive("db", "Started", "n1")),
            cluster(primitive("db", "FAILED", "n1")),
            "db is FAILED on n1",
            "crit",
        ),
        (cluster(), cluster(has_quorum=False), "quorum lost", "crit"),
        (cluster(has_quorum=False), cluster(), "quorum gained", "ok"),
        (cluster(), cluster(dc=None), "n1 is no longer DC, there is none", "crit"),
        (
            cluster(),
            cluster(nodes=(node("n1"), node("n2", "UNCLEAN (offline)"))),
            "n2 is now UNCLEAN (offline)",
            "crit",
        ),
        (
            cluster(),
            cluster(nodes=(node("n1"), node("n2", "OFFLINE"))),
            "n2 is now OFFLINE",
            "warn",
        ),
        (
            cluster(),
            cluster(nodes=(node("n1"), node("n2", "standby"))),
            "n2 is now standby",
            "note",
        ),
        (
            cluster(),
            cluster(fencing=(replace(_FENCED, status="failed"),)),
            "fencing of n2 (reboot) failed",
            "crit",
        ),
        (cluster(), cluster(fencing=(_FENCED,)), "n2 was fenced (reboot)", "warn"),
    ],
)
def test_an_entry(old: Cluster, new: Cluster, sentence: str, tone: str) -> None:
    """An event is a sentence, and matters as much as what it led to."""
    (found,) = (each for each in entries(old, new, 1.0) if each.sentence == sentence)

    assert found.tone == tone
    assert found.when == 1.0


def _entry(number: int, tone: str = "plain") -> TimelineEntry:
    return TimelineEntry(float(number), "node", "n1", f"happening {number}", tone)  # type: ignore[arg-type]


def test_the_oldest_is_forgotten_first() -> None:
    """There is a bound, numbers go on, and what had to go is counted."""
    timeline = Timeline(bound=3)
    timeline.add(_entry(number) for number in range(5))

    assert [number for number, _ in timeline.entries] == [3, 4, 5]
    assert timeline.forgotten == 2


def test_a_long_entry_is_cut() -> None:
    """A large change of the configuration does not take the memory of a whole day."""
    timeline = Timeline()
    timeline.add(
        [TimelineEntry(0.0, "configuration", "", "x" * 9999, details=("y" * 9999,) * 9999)]
    )

    ((_, kept),) = timeline.entries

    assert len(kept.sentence) == WIDTH
    assert len(kept.details) == DETAILS + 1
    assert kept.details[-1] == f"… and {9999 - DETAILS} more lines"


def test_new_faults_are_counted_until_they_are_seen() -> None:
    """Faults that nobody has seen are counted, and nothing else."""
    timeline = Timeline()
    assert not timeline.add([])
    assert timeline.add([_entry(1, "crit"), _entry(2), _entry(3, "warn")])
    assert timeline.new_faults == 2

    timeline.see()
    assert timeline.new_faults == 0

    timeline.add([_entry(4, "crit")])
    assert timeline.new_faults == 1


def test_on_paper() -> None:
    """An entry is one line with its time; its details follow, indented."""
    text = to_text([replace(_entry(0, "crit"), details=("~ a=1 → 2",)), _entry(1)])

    first, detail, second = text.splitlines()
    assert first.endswith("CRIT  node           happening 0")
    assert detail.strip() == "~ a=1 → 2"
    assert "happening 1" in second
    assert "CRIT" not in second


def test_what_was_before_the_first_snapshot() -> None:
    """Failures, fencing, starts and stops, and the last change are told with their own times."""
    run = Run("db:0", "n1", 3, "start", 0, "ok", "2026-11-24 09:00:00Z", 10, 0)
    found = recollected(
        cluster(
            last_change="2026-11-24 10:00:00Z by root via cibadmin on n1",
            history=(
                run,
                replace(run, operation="10s-interval monitor"),
                replace(run, operation="promote", when="2026-11-24 09:00:05Z"),
                replace(run, operation="stop", when="no time"),
                replace(run, operation="start", status=1),
            ),
            failures=(
                Failure(
                    "db", "stop", "n1", "Timed Out", "", "", "2026-11-24 09:30:00Z", "db_stop_0"
                ),
            ),
            fencing=(replace(_FENCED, completed="2026-11-24 09:31:00Z"),),
        )
    )

    assert [(each.kind, each.sentence, each.tone) for each in found] == [
        ("started", "db started on n1", "plain"),
        ("role", "db promoted on n1", "plain"),
        ("failed", "stop of db on n1: Timed Out", "warn"),
        ("fencing", "n2 was fenced (reboot)", "warn"),
        ("configuration", "configuration changed by root via cibadmin on n1", "note"),
    ]


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        (datetime(2026, 11, 24, 9, 5, 7), "09:05:07"),
        (datetime(2026, 11, 23, 23, 59, 59), "Nov 23 23:59"),
        (datetime(2025, 11, 24, 9, 5, 7), "2025-11-24"),
    ],
)
def test_a_time_is_as_short_as_it_is_clear(when: datetime, shown: str) -> None:
    """Of today only the time is shown, of earlier the day."""
    assert clock(when.timestamp(), datetime(2026, 11, 24, 10, 0).timestamp()) == shown


def test_rows_are_made_once() -> None:
    """The newest stands first, and what was made before is not made again."""
    entries_ = [(1, _entry(1)), (2, replace(_entry(2), details=("~ a=1 → 2",)))]
    made: dict[int, tuple[Row, ...]] = {}

    first = timeline_rows(entries_, ASCII, 0.0, made)
    second = timeline_rows([*entries_, (3, _entry(3))], ASCII, 0.0, made)

    assert [row.key for row in first] == ["2", "2/0", "1"]
    assert [row.key for row in second] == ["3", "2", "2/0", "1"]
    assert second[1] is first[0]


def test_a_clock_that_was_far_off_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A time that no year of this zone holds is not known; what has one stays."""
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        run = Run("db:0", "n1", 3, "start", 0, "ok", "Fri Dec 31 23:59:59 9999", 10, 0)
        early = replace(run, when="Mon Jan 01 00:00:00 0001")
        far = replace(run, when="Mon Jan 01 00:00:00 2525", node="n2")
        found = recollected(cluster(history=(run, early, far)))
        assert any(each.sentence == "db started on n2" for each in found)
        assert next(clock(each.when, 0.0) for each in found) == "2525-01-01"
    finally:
        monkeypatch.undo()
        time.tzset()
