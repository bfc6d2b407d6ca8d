"""Series of measured times, and the table that is made of them."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


Figures = tuple[str, str, str]
"""Median, p95 and greatest, as words."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    ours: Figures
    """Of crmtui."""
    other: str
    """Figure that it is compared with."""
    theirs: Figures
    goal: str
    is_met: bool | None
    """None for a line that only informs."""


def p95(values: Sequence[float]) -> float:
    """Return the value that 19 of 20 do not exceed (nearest rank)."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def milliseconds(values: Sequence[float]) -> Figures:
    """Return median, p95 and greatest of times in seconds as words."""
    middle, high, highest = statistics.median(values), p95(values), max(values)
    return f"{middle * 1000:.0f} ms", f"{high * 1000:.0f} ms", f"{highest * 1000:.0f} ms"


def single(figure: str) -> Figures:
    """Return what is one figure only."""
    return figure, "", ""


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = [
        "| what | crmtui median | p95 | max | beside | median | p95 | max | goal | met |",
        "|---|--:|--:|--:|---|--:|--:|--:|---|---|",
    ]
    for row in rows:
        met = {True: "yes", False: "**no**", None: ""}[row.is_met]
        cells = (row.what, *row.ours, row.other, *row.theirs, row.goal, met)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
