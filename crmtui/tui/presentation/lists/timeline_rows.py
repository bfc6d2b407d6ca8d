"""Timeline as rows, the newest first. Pure."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from crmtui.tui.presentation.lists.arrange import Column
from crmtui.tui.presentation.table import Cell, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmtui.cluster.timeline import TimelineEntry
    from crmtui.tui.theming.marks import Marks

COLUMNS: Final = (Column("time"), Column("kind"), Column("what", "worst"))
_SHORT = {"configuration": "config", "configured": "config"}


def timeline_rows(
    entries: Sequence[tuple[int, TimelineEntry]],
    marks: Marks,
    now: float,
    made: dict[int, tuple[Row, ...]] | None = None,
) -> list[Row]:
    """Return a row for each entry and, folded below it, one for each line of its details.

    Args:
        entries: Entries with their numbers, oldest first.
        marks: Signs of states.
        now: Present time, in seconds since the epoch.
        made: Rows of entries made earlier today; new ones are added.
    """
    known = {} if made is None else made
    rows: list[Row] = []
    for number, entry in reversed(entries):
        if number not in known:
            known[number] = tuple(_rows(number, entry, marks, now))
        rows += known[number]
    return rows


def day(when: float) -> tuple[int, int]:
    """Return the local year and day of the year of a time."""
    found = time.localtime(when)
    return found.tm_year, found.tm_yday


def clock(when: float, now: float) -> str:
    """Return the time of an event: the time of day for today, else the day, as short as it is clear."""
    at = time.localtime(when)
    if day(when) == day(now):
        return time.strftime("%H:%M:%S", at)
    return time.strftime("%b %d %H:%M" if at.tm_year == day(now)[0] else "%Y-%m-%d", at)


def _rows(number: int, entry: TimelineEntry, marks: Marks, now: float) -> Iterator[Row]:
    key = str(number)
    sign = marks.severity.get(entry.tone, " ")
    tone = entry.tone
    yield Row(
        key,
        (
            Cell(clock(entry.when, now), "dim"),
            Cell(f"{sign} {_SHORT.get(entry.kind, entry.kind)}", tone),
            Cell(entry.sentence, tone),
        ),
        is_parent=bool(entry.details),
        is_problem=entry.is_fault,
        node=entry.subject if entry.is_about_node else "",
        resource="" if entry.is_about_node else entry.subject,
        starts_folded=True,
    )
    for index, line in enumerate(entry.details):
        yield Row(f"{key}/{index}", (Cell(line, "plain"),), 1, resource=entry.subject, is_text=True)
