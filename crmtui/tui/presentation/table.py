"""Table of rows in columns, cut to a width: pure, for painting before Textual is loaded."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = 2
"""Blanks between two columns."""
_MARK = 2
"""Columns of the sign in front of a name."""
_LEAST = 9
"""Least width of a column that shrinks; a narrower one would be unreadable."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a row."""

    text: str
    tone: str = "plain"
    """``ok``, ``busy``, ``note``, ``warn``, ``crit``, ``off``, ``dim`` or ``plain``; the style
    sheet gives the colours.
    """
    keeps_end: bool = False
    """True if a narrow column keeps the end of the text: an agent's end says more than its start."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row."""

    key: str
    """Key of the row's object, the same in every update."""
    cells: tuple[Cell, ...]
    depth: int = 0
    """Depth in the tree; the parent of a row is the nearest one above with less depth."""
    is_parent: bool = False
    """True if rows below belong to it and can be folded."""
    is_problem: bool = False
    """True if the row shows a problem."""
    node: str = ""
    """Name of the node in the row; empty without one."""
    resource: str = ""
    """Id of the resource in the row; empty without one."""
    is_text: bool = False
    """True if its one cell spans all columns."""
    goes_on: bool = False
    """True if the row continues the one above, and stays visible when that is folded."""
    starts_folded: bool = False
    """True if its children are hidden until the user unfolds it."""
    widths: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """Width of each cell in columns, the first with its indentation; empty for a text."""

    def __post_init__(self) -> None:
        """Measure the cells once: a large list is laid out with each update, and most rows stay."""
        cells = () if self.is_text else self.cells
        found = [cell_len(cell.text) for cell in cells]
        if found:
            found[0] += 2 * self.depth
        object.__setattr__(self, "widths", tuple(found))


def shows_same(one: Row, other: Row) -> bool:
    """Return true if both show the same node, or the same resource on any node."""
    if one.resource or other.resource:
        return one.resource == other.resource
    return bool(one.node) and one.node == other.node


def is_tree(rows: Sequence[Row]) -> bool:
    """Return true if any of ``rows`` can be folded."""
    return any(row.is_parent for row in rows)


def column_widths(
    rows: Sequence[Row], width: int, *, in_tree: bool, head: Sequence[str] = ()
) -> list[int]:
    """Return column widths that fit ``width``: the last columns give way first, names last."""
    columns = zip_longest(*[row.widths for row in rows], fillvalue=0)
    widths = [max(column) for column in columns] or [0] * bool(rows)
    if widths and in_tree:
        widths[0] += _MARK
    for column, title in enumerate(head[: len(widths)]):
        lead = _MARK if column == 0 else 0
        widths[column] = max(widths[column], cell_len(title) + lead)
    excess = sum(widths) + GAP * len(widths) - width
    for column in reversed(range(len(widths))):
        given = max(0, min(excess, widths[column] - _LEAST))
        widths[column] -= given
        excess -= given
    return widths


def pieces(row: Row, widths: Sequence[int], *, in_tree: bool, mark: str) -> list[tuple[str, str]]:
    """Return the texts of ``row`` with their tones; ``mark`` shows the fold of its children."""
    lead = " " * _indent(row, in_tree=in_tree)
    if row.is_parent:
        lead = f"{lead[:-2]}{mark} "
    found = [(" ", "plain")]
    if row.is_text:
        return [*found, *((lead + cell.text, cell.tone) for cell in row.cells)]
    for column, cell in enumerate(row.cells):
        text = lead + cell.text if column == 0 else cell.text
        found.append((_clipped(text, widths[column], keeps_end=cell.keeps_end), cell.tone))
        found.append((" " * GAP, "plain"))
    return found


def head_line(head: Sequence[str], widths: Sequence[int]) -> str:
    """Return the titles of the columns as a line."""
    leads = (" " * _MARK, *("" for _ in head[1:]))
    titles = zip(leads, head, widths, strict=False)
    gap = " " * GAP
    return " " + gap.join(set_cell_size(lead + title, width) for lead, title, width in titles)


def _indent(row: Row, *, in_tree: bool) -> int:
    return 2 * row.depth + (2 if in_tree else 0)


def unfolded(rows: Sequence[Row], folded: set[str]) -> list[Row]:
    """Return ``rows`` without the children of a ``folded`` row."""
    shown: list[Row] = []
    hidden_below: int | None = None
    is_shown = False
    for row in rows:
        if not row.goes_on:
            is_shown = hidden_below is None or row.depth <= hidden_below
            if is_shown:
                hidden_below = row.depth if row.key in folded else None
        if is_shown:
            shown.append(row)
    return shown


def _clipped(text: str, width: int, *, keeps_end: bool) -> str:
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    if keeps_end:
        while cell_len(text) >= width:
            text = text[1:]
        return set_cell_size("…" + text, width)
    return set_cell_size(text, max(0, width - 1)) + "…"
