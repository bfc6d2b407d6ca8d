"""Arrangement of a tree's rows: filtered and sorted. Pure, from rows to rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmtui.tui.presentation.lists.filter import Filter
    from crmtui.tui.presentation.table import Cell, Row

Order = Literal["name", "worst", "most"]
"""Sort order of a column. ``name``: by text, with numbers by size; ``worst``: the worst first;
``most``: the largest number first.
"""

_TONES = ("crit", "warn", "busy", "note", "ok", "plain", "off", "dim")
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list."""

    title: str
    """Title in one lower-case word, which a filter uses, too."""
    order: Order = "name"
    holds_names: bool = False
    """True for names of nodes or resources, which a filter has to give in full."""


@dataclass(frozen=True, slots=True)
class Sorting:
    """Column by which rows are sorted, and the direction."""

    column: int
    is_reversed: bool = False


@dataclass(frozen=True, slots=True)
class Arranged:
    """Rows to show."""

    rows: tuple[Row, ...]
    matching: int
    """Number of rows that match the filter; the others show the context of these."""
    total: int


@dataclass(slots=True)
class _Branch:
    row: Row
    is_meant: bool = True
    below: list[_Branch] = field(default_factory=list)


def arranged(
    rows: Sequence[Row],
    columns: Sequence[Column],
    *,
    filter: Filter | None = None,  # noqa: A002 - the screen's word
    sort: Sorting | None = None,
    problems_only: bool = False,
) -> Arranged:
    """Return the rows to show.

    Args:
        rows: A tree, row by row.
        columns: Columns of the rows' cells.
        filter: Filter of the rows. A word that may be anywhere also selects the children of a row.
        sort: Column to sort by; None keeps the order. Children stay below their row.
        problems_only: Leaves out rows without a problem.
    """
    chosen = filter if filter and filter.terms else None
    if chosen is None and sort is None and not problems_only:
        return Arranged(tuple(rows), len(rows), len(rows))
    tree = _tree(rows)
    if chosen is not None or problems_only:
        _mark(tree, columns, chosen, problems_only=problems_only)
    if sort is not None and sort.column < len(columns):
        _sort(tree, sort, columns[sort.column].order)
    kept = list(_flat(tree))
    return Arranged(
        tuple(branch.row for branch in kept), sum(branch.is_meant for branch in kept), len(rows)
    )


def _tree(rows: Sequence[Row]) -> list[_Branch]:
    top: list[_Branch] = []
    path: list[_Branch] = []
    for row in rows:
        del path[row.depth :]
        branch = _Branch(row)
        (path[-1].below if path else top).append(branch)
        path.append(branch)
    return top


def _mark(
    branches: list[_Branch],
    columns: Sequence[Column],
    chosen: Filter | None,
    *,
    problems_only: bool,
    above: str = "",
) -> None:
    exact = frozenset(column.title for column in columns if column.holds_names)
    for branch in branches:
        if branch.row.goes_on:
            branch.is_meant = False  # a continuation belongs to the row above
            continue
        cells = [bare(cell.text).lower() for cell in branch.row.cells]
        named = dict(zip((column.title for column in columns), cells, strict=False))
        texts = (each.row.cells[0].text.lower() for each in branch.below if each.row.goes_on)
        named[""] = " ".join((above, *texts))
        branch.is_meant = (chosen is None or chosen.fits(named, exact)) and (
            not problems_only or branch.row.is_problem
        )
        within = f"{above} {cells[0]}" if cells else above
        _mark(branch.below, columns, chosen, problems_only=problems_only, above=within)
        branch.below = [
            each
            for each in branch.below
            if each.is_meant or each.below or (each.row.goes_on and branch.is_meant)
        ]
    branches[:] = [each for each in branches if each.is_meant or each.below]


def _sort(branches: list[_Branch], sort: Sorting, order: Order) -> None:
    filled = [each for each in branches if sort.column < len(each.row.cells)]
    blank = [each for each in branches if sort.column >= len(each.row.cells)]
    filled.sort(
        key=lambda branch: _sort_key(branch.row.cells[sort.column], order),
        reverse=sort.is_reversed,
    )
    branches[:] = [*filled, *blank]
    for branch in branches:
        _sort(branch.below, sort, order)


def _sort_key(cell: Cell, order: Order) -> tuple[Any, ...]:
    if order == "most":
        return (-_first_number(cell), *natural(bare(cell.text)))
    rank = _rank(cell) if order == "worst" else 0
    return (rank, *natural(bare(cell.text)))


def _rank(cell: Cell) -> int:
    return _TONES.index(cell.tone) if cell.tone in _TONES else len(_TONES)


def _first_number(cell: Cell) -> int:
    found = _DIGITS.search(cell.text)
    return int(found[1]) if found else 0


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key for ``text`` that puts n2 before n10."""
    parts = _DIGITS.split(text.lower())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


def _flat(branches: Sequence[_Branch]) -> Iterator[_Branch]:
    for branch in branches:
        yield branch
        yield from _flat(branch.below)


def bare(text: str) -> str:
    """Return ``text`` without the sign of its state in front."""
    return text[2:] if text[1:2] == " " else text
