"""Series of measured times, and the table that is made of them."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    ours: tuple[str, str]
    """Of crmtui: median and p95."""
    other: str
    """What it is compared with."""
    theirs: tuple[str, str]
    goal: str
    is_met: bool | None
    """None for a line that only informs."""


def p95(values: Sequence[float]) -> float:
    """Return the value that 19 of 20 do not exceed (nearest rank)."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def milliseconds(values: Sequence[float]) -> tuple[str, str]:
    """Return median and p95 of times in seconds as words."""
    return tuple_of(statistics.median(values), p95(values))


def tuple_of(median: float, high: float) -> tuple[str, str]:
    """Return two times in seconds as words."""
    return f"{median * 1000:.0f} ms", f"{high * 1000:.0f} ms"


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = [
        "| what | crmtui median | p95 | beside | median | p95 | goal | met |",
        "|---|--:|--:|---|--:|--:|---|---|",
    ]
    for row in rows:
        met = {True: "yes", False: "**no**", None: ""}[row.is_met]
        cells = (row.what, *row.ours, row.other, *row.theirs, row.goal, met)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
