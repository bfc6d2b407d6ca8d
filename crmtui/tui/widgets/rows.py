"""A list of rows in columns, folded as a tree, that keeps its place while its content changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message

from crmtui.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.strip import Strip

_GAP = 2
_LEAST = 9
"""Columns of a column that gives way; less would say nothing."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a row."""

    text: str
    tone: str = "plain"
    """``ok``, ``busy``, ``note``, ``warn``, ``crit``, ``off``, ``dim`` or ``plain``; the style sheet
    says what that looks like."""
    keeps_end: bool = False
    """What stays in sight where there is too little room: an agent's end says more than its start."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row."""

    key: str
    """Names what the row shows, the same in every update."""
    cells: tuple[Cell, ...]
    depth: int = 0
    """How deep in the tree; a row belongs to the last one before it that is less deep."""
    is_parent: bool = False
    """Whether rows below belong to it and can be folded."""
    is_problem: bool = False
    """Whether somebody who looks for what is wrong wants to see it."""
    node: str = ""
    """The node that it shows, if it shows one."""
    resource: str = ""
    """The resource that it shows, by its id, if it shows one."""


class Rows(Sheet):
    """Rows in columns with one selected; selection, folds and scrolling survive ``show``."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"rows--{tone}"
        for tone in (
            "plain",
            "ok",
            "busy",
            "note",
            "warn",
            "crit",
            "off",
            "dim",
            "selected",
            "marked",
        )
    }
    # A list's own movement is not for keymaps: arrows are what every list has.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home,g", "edge(-1)", "First", show=False),
        Binding("end,G", "edge(1)", "Last", show=False),
        Binding("left,h", "fold(True)", "Fold", show=False),
        Binding("right,l", "fold(False)", "Unfold", show=False),
        Binding("space", "toggle_fold", "Fold or unfold", show=False),
    ]

    class Selected(Message):
        """Another row is selected."""

        def __init__(self, rows: Rows, key: str | None) -> None:
            super().__init__()
            self.rows = rows
            self.key = key

        @property
        def control(self) -> Rows:
            """The list it happened in."""
            return self.rows

    def __init__(self, *, empty: str, fold_marks: tuple[str, str], id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._empty = empty
        self._fold_marks = fold_marks
        self._all: tuple[Row, ...] = ()
        self._is_tree = False
        self._open: list[Row] = []
        self._folded: set[str] = set()
        self._selected = 0
        self._widths: list[int] = []

    @property
    def selected(self) -> str | None:
        """The key of the selected row; None when there is no row."""
        return self._open[self._selected].key if self._open else None

    @property
    def selected_row(self) -> Row | None:
        """The selected row; None when there is no row."""
        return self._open[self._selected] if self._open else None

    def show(self, rows: Sequence[Row]) -> None:
        """Show ``rows`` instead of those shown so far."""
        self._all = tuple(rows)
        self._is_tree = any(row.is_parent for row in rows)
        self._arrange()

    def select(self, key: str) -> None:
        """Select the row ``key``, if it is shown."""
        for index, row in enumerate(self._open):
            if row.key == key:
                self._select(index)

    def _arrange(self) -> None:
        before, index, shown = self.selected, self._selected, self._shown()
        self._open = list(_unfolded(self._all, self._folded))
        at = next((i for i, row in enumerate(self._open) if row.key == before), index)
        self._selected = max(0, min(at, len(self._open) - 1))
        self._measure()
        if self.selected != before:
            self.post_message(self.Selected(self, self.selected))
        self._repaint(shown)

    def _shown(self) -> tuple[object, list[Row]]:
        """Return what every line depends on, and the lines in sight."""
        first = self.scroll_offset.y
        layout = (self._widths, self._selected, self._is_tree, frozenset(self._folded), first)
        return layout, self._open[first : first + self.size.height]

    def _repaint(self, before: tuple[object, list[Row]]) -> None:
        """Paint what differs from ``before``: to paint takes longer than all else in an update."""
        now = self._shown()
        if now[0] != before[0] or len(now[1]) != len(before[1]):
            self.refresh()
            return
        for line, (old, new) in enumerate(zip(before[1], now[1], strict=True)):
            if old is not new and old != new:
                self.refresh_line(self.scroll_offset.y + line)

    def _measure(self) -> None:
        columns = max((len(row.cells) for row in self._open), default=0)
        natural = [0] * columns
        for row in self._open:
            for column, cell in enumerate(row.cells):
                extra = self._lead(row) if column == 0 else 0
                natural[column] = max(natural[column], cell_len(cell.text) + extra)
        self._widths = _fitted(natural, self.scrollable_content_region.width - 1)
        self.fit(self.scrollable_content_region.width, max(1, len(self._open)))

    def _lead(self, row: Row) -> int:
        return 2 * row.depth + (2 if self._is_tree else 0)

    def on_resize(self, _event: events.Resize) -> None:
        """Fit the columns to the new width."""
        self._measure()
        self._keep_in_sight()

    def render_line(self, y: int) -> Strip:
        """Paint the row at line ``y`` of what is in sight."""
        at = y + self.scroll_offset.y
        if at >= len(self._open):
            return self.painted([(f" {self._empty if at == 0 else ''}", self.style("rows--dim"))])
        row = self._open[at]
        over = Style.null()
        if at == self._selected:
            name = "rows--selected" if self.has_focus else "rows--marked"
            over = self.get_component_rich_style(name, partial=True)
        base = self.style() + over
        pieces = [(" ", base)]
        for column, cell in enumerate(row.cells):
            text = self._lead_text(row) + cell.text if column == 0 else cell.text
            clipped = _clipped(text, self._widths[column], keeps_end=cell.keeps_end)
            pieces.append((clipped, self.style(f"rows--{cell.tone}") + over))
            pieces.append((" " * _GAP, base))
        pieces.append((" " * self.scrollable_content_region.width, base))
        return self.painted(pieces)

    def _lead_text(self, row: Row) -> str:
        lead = self._lead(row)
        if not row.is_parent:
            return " " * lead
        return " " * (lead - 2) + self._fold_marks[row.key in self._folded] + " "

    def _select(self, index: int) -> None:
        index = max(0, min(index, len(self._open) - 1))
        if self._open and index != self._selected:
            self._selected = index
            self.post_message(self.Selected(self, self.selected))
        self._keep_in_sight()
        self.refresh()

    def _keep_in_sight(self) -> None:
        self.scroll_to_region(Region(0, self._selected, 1, 1), animate=False, force=True)

    def action_move(self, by: int) -> None:
        """Select the next (1) or previous (-1) row."""
        self._select(self._selected + by)

    def action_page(self, by: int) -> None:
        """Select the row a page on or back."""
        self._select(self._selected + by * max(1, self.size.height - 1))

    def action_edge(self, side: int) -> None:
        """Select the first (-1) or last (1) row."""
        self._select(0 if side < 0 else len(self._open) - 1)

    def action_fold(self, is_folded: bool) -> None:
        """Fold or unfold the selected row; folding what has no rows goes to its parent."""
        if not self._open:
            return
        row = self._open[self._selected]
        if row.is_parent and (row.key in self._folded) != is_folded:
            self._set_fold(row.key, is_folded)
        elif is_folded:
            before = self._open[: self._selected]
            parents = (i for i in reversed(range(len(before))) if before[i].depth < row.depth)
            self._select(next(parents, self._selected))

    def action_toggle_fold(self) -> None:
        """Fold the selected row if it is unfolded, and the other way round."""
        if self._open and (row := self._open[self._selected]).is_parent:
            self._set_fold(row.key, row.key not in self._folded)

    def _set_fold(self, key: str, is_folded: bool) -> None:
        (self._folded.add if is_folded else self._folded.discard)(key)
        self._arrange()

    def fold_all(self) -> None:
        """Fold everything, or unfold everything if it is folded."""
        parents = {row.key for row in self._all if row.is_parent}
        self._folded = set() if parents <= self._folded else parents
        self._arrange()

    def on_click(self, event: events.Click) -> None:
        """Select the row that was clicked; a second click folds or unfolds it."""
        at = event.y + self.scroll_offset.y
        if at >= len(self._open):
            return
        if at == self._selected and self.has_focus:
            self.action_toggle_fold()
        self._select(at)


def _unfolded(rows: Sequence[Row], folded: set[str]) -> Sequence[Row]:
    shown: list[Row] = []
    hidden_below: int | None = None
    for row in rows:
        if hidden_below is not None and row.depth > hidden_below:
            continue
        hidden_below = row.depth if row.key in folded else None
        shown.append(row)
    return shown


def _fitted(natural: Sequence[int], width: int) -> list[int]:
    """Return column widths that fit ``width``: the last columns give way first, names last."""
    widths = list(natural)
    excess = sum(widths) + _GAP * len(widths) - width
    for column in reversed(range(len(widths))):
        given = max(0, min(excess, widths[column] - _LEAST))
        widths[column] -= given
        excess -= given
    return widths


def _clipped(text: str, width: int, *, keeps_end: bool) -> str:
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    if keeps_end:
        while cell_len(text) >= width:
            text = text[1:]
        return set_cell_size("…" + text, width)
    return set_cell_size(text, max(0, width - 1)) + "…"
