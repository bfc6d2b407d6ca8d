"""Row list in columns, folded as a tree, that keeps its place while its content changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual.geometry import Region

from crmtui.tui.presentation import table
from crmtui.tui.textual_ext.bindings import bindings_of
from crmtui.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.binding import BindingType
    from textual.strip import Strip

    from crmtui.tui.presentation.table import Row
    from crmtui.tui.theming.marks import Marks


class Rows(Sheet, inherit_bindings=False):
    """Rows in columns with one selected; selection, folds and scrolling survive ``show``.

    Args:
        empty: Text of an empty list.
        marks: Signs of the screen.
    """

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
            "title",
            "head",
            "selected",
            "marked",
        )
    }
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("list")
    keeps_to_object: ClassVar[bool] = False
    """True if the selection ends with its row: a key must not act on the row that takes its place."""

    def __init__(self, *, empty: str, marks: Marks, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._empty = empty
        self._marks = marks
        self._marked: dict[str, None] = {}
        self._all: tuple[Row, ...] = ()
        self._head: tuple[str, ...] = ()
        self._known: frozenset[str] = frozenset()
        self._is_tree = False
        self._open: list[Row] = []
        self._folded: set[str] = set()
        self._selected = 0
        self._lost: Row | None = None
        self._widths: list[int] = []

    @property
    def selected(self) -> str | None:
        """Key of the selected row; None without rows, or when that row has gone."""
        row = self.selected_row
        return row.key if row is not None else None

    @property
    def selected_row(self) -> Row | None:
        """Selected row; None without rows, or when that row has gone."""
        return self._open[self._selected] if self._open and self._lost is None else None

    @property
    def lost(self) -> str:
        """Name of the selected or marked object that has gone; empty where none has."""
        row = self._lost
        return (row.resource or row.node or row.key) if row is not None else ""

    @property
    def marked(self) -> tuple[str, ...]:
        """Keys of the marked rows, folded ones included, in the order of marking."""
        return tuple(self._marked)

    def unmark(self) -> None:
        """Remove all marks."""
        if self._marked:
            self._marked.clear()
            self.refresh()

    @property
    def rows_in_sight(self) -> tuple[Row, ...]:
        """Unfolded rows, those outside of the visible area included."""
        return tuple(self._open)

    def show_rows(
        self, rows: Sequence[Row], head: Sequence[str] = (), *, is_asked: bool = False
    ) -> None:
        """Show ``rows`` instead of the previous ones; rows that are gone lose their marks.

        Args:
            rows: Rows, each behind its parent.
            head: Titles of the columns, which stay at the top; empty for no such line.
            is_asked: True if the user asked for other rows, and the nearest one is to be selected.
        """
        marked = [row for row in self._all if row.key in self._marked]
        self._all, self._head = tuple(rows), tuple(head)
        there = frozenset(row.key for row in rows)
        self._marked = {key: None for key in self._marked if key in there}
        if marked and not self._marked and self.keeps_to_object and not is_asked:
            self._lost = marked[0]
        parents = [row for row in rows if row.is_parent]
        fresh = (row for row in parents if row.key not in self._known)
        self._folded |= {row.key for row in fresh if row.starts_folded}
        self._known = frozenset(row.key for row in parents)
        self._is_tree = bool(parents)
        self._arrange(is_asked=is_asked)

    def select(self, key: str) -> None:
        """Select the row ``key``, if it is shown."""
        for index, row in enumerate(self._open):
            if row.key == key:
                self._select(index)

    def reveal(self, *, node: str = "", resource: str = "") -> bool:
        """Select the first row of an object, unfolding its parents; return true if there is one."""
        path: list[Row] = []
        for row in self._all:
            del path[row.depth :]
            path.append(row)
            if (node and row.node == node) or (resource and row.resource == resource):
                self._folded -= {above.key for above in path[:-1]}
                self._arrange()
                self.select(row.key)
                return True
        return False

    def _arrange(self, *, is_asked: bool = True) -> None:
        before, shown = self._lost or self.selected_row, self._shown()
        self._open = table.unfolded(self._all, self._folded)
        at = self._place_of(before) if before is not None else None
        if at is not None:
            self._lost = None
        elif not is_asked and self.keeps_to_object:
            self._lost = before
        self._selected = max(0, min(self._selected if at is None else at, len(self._open) - 1))
        self._measure()
        self._repaint(shown)

    def _place_of(self, row: Row) -> int | None:
        """Return the index of ``row``, or of another row of the same object; None without one."""
        places = range(len(self._open))
        same = (at for at in places if self._open[at].key == row.key)
        like = (at for at in places if table.shows_same(self._open[at], row))
        return next(same, next(like, None) if self.keeps_to_object else None)

    def _shown(self) -> tuple[object, list[Row]]:
        """Return the values that every line depends on, and the visible lines."""
        first = self.scroll_offset.y
        folded = frozenset(self._folded)
        selected = self._selected if self._lost is None else None
        layout = (self._widths, selected, self._is_tree, folded, first, self._head)
        return layout, self._open[first : first + self.size.height]

    def _repaint(self, before: tuple[object, list[Row]]) -> None:
        """Paint the lines that differ from ``before``: painting is the slowest part of an update."""
        now = self._shown()
        if now[0] != before[0] or len(now[1]) != len(before[1]):
            self.refresh()
            return
        for line, (old, new) in enumerate(zip(before[1], now[1], strict=True)):
            if old is not new and old != new:
                self.refresh_line(self.scroll_offset.y + line + bool(self._head))

    def _measure(self) -> None:
        room = self.scrollable_content_region.width - 1
        self._widths = table.column_widths(self._open, room, in_tree=self._is_tree, head=self._head)
        height = max(1, len(self._open)) + bool(self._head)
        self.fit(self.scrollable_content_region.width, height)

    def on_resize(self, _event: events.Resize) -> None:
        """Fit the columns to the new width."""
        shown = self._shown()
        self._measure()
        self._keep_in_sight()
        self._repaint(shown)

    def render_line(self, y: int) -> Strip:
        """Paint the row at the visible line ``y``."""
        if self._head and y == 0:
            return self._painted_head()
        at = y + self.scroll_offset.y - bool(self._head)
        if at >= len(self._open):
            return self.painted(
                [(f" {self._empty if not self._open and y == 0 else ''}", self.style("rows--dim"))]
            )
        row = self._open[at]
        over = Style.null()
        if at == self._selected and self._lost is None:
            name = "rows--selected" if self.has_focus else "rows--marked"
            over = self.get_component_rich_style(name, partial=True)
        base = self.style() + over
        mark = self._marks.folded if row.key in self._folded else self._marks.unfolded
        texts = table.pieces(row, self._widths, in_tree=self._is_tree, mark=mark)
        pieces = [(text, self.style(f"rows--{tone}") + over) for text, tone in texts]
        if row.key in self._marked and pieces:
            pieces[0] = (pieces[0][0][1:], pieces[0][1])
            pieces.insert(0, (self._marks.marked, self.style("rows--busy") + over))
        pieces.append((" " * self.scrollable_content_region.width, base))
        return self.painted(pieces)

    def _painted_head(self) -> Strip:
        style = self.style("rows--head")
        text = table.head_line(self._head, self._widths)
        return self.painted([(text, style), (" " * self.scrollable_content_region.width, style)])

    def _select(self, index: int) -> None:
        before, first = self._selected, self.scroll_offset.y
        self._lost = None
        self._selected = max(0, min(index, len(self._open) - 1))
        self._keep_in_sight()
        if self.scroll_offset.y != first:
            self.refresh()
            return
        for at in {before, self._selected}:
            self.refresh_line(at + bool(self._head))

    def _keep_in_sight(self) -> None:
        # The line of titles lies over the first visible line.
        height = 1 + bool(self._head)
        self.scroll_to_region(Region(0, self._selected, 1, height), animate=False, force=True)

    def action_list_up(self) -> None:
        """Select the previous row."""
        self._select(self._selected - 1)

    def action_list_down(self) -> None:
        """Select the next row: after a disappeared one the row in its place."""
        self._select(self._selected + (self._lost is None))

    def action_list_page_up(self) -> None:
        """Select the row a page back."""
        self._select(self._selected - max(1, self.size.height - 1))

    def action_list_page_down(self) -> None:
        """Select the row a page further."""
        self._select(self._selected + max(1, self.size.height - 1))

    def action_list_top(self) -> None:
        """Select the first row."""
        self._select(0)

    def action_list_bottom(self) -> None:
        """Select the last row."""
        self._select(len(self._open) - 1)

    def action_list_left(self) -> None:
        """Fold the selected row; from a row without children go to its parent."""
        self.fold(is_folded=True)

    def action_list_right(self) -> None:
        """Unfold the selected row."""
        self.fold(is_folded=False)

    def fold(self, *, is_folded: bool) -> None:
        """Fold or unfold the selected row; folding one without children goes to its parent."""
        row = self.selected_row
        if row is None:
            return
        if row.is_parent and (row.key in self._folded) != is_folded:
            self._set_fold(row.key, is_folded)
        elif is_folded:
            before = self._open[: self._selected]
            parents = (i for i in reversed(range(len(before))) if before[i].depth < row.depth)
            self._select(next(parents, self._selected))

    def toggle_mark(self) -> None:
        """Mark the selected row, or remove its mark, and go on to the next."""
        if self.selected is not None:
            if self.selected in self._marked:
                del self._marked[self.selected]
            else:
                self._marked[self.selected] = None
            self.refresh()
            self.action_list_down()

    def action_toggle_fold(self) -> None:
        """Toggle the fold of the selected row."""
        if (row := self.selected_row) is not None and row.is_parent:
            self._set_fold(row.key, row.key not in self._folded)

    def _set_fold(self, key: str, is_folded: bool) -> None:
        (self._folded.add if is_folded else self._folded.discard)(key)
        self._arrange()

    def fold_all(self) -> None:
        """Fold all rows, or unfold all if they are folded."""
        parents = {row.key for row in self._all if row.is_parent}
        self._folded = set() if parents <= self._folded else parents
        self._arrange()

    def on_click(self, event: events.Click) -> None:
        """Select the clicked row; a second click folds or unfolds it."""
        at = event.y + self.scroll_offset.y - bool(self._head)
        if not 0 <= at < len(self._open):
            return
        if at == self._selected and self.has_focus and self._lost is None:
            self.action_toggle_fold()
        self._select(at)
