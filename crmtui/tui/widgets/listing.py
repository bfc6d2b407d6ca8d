"""Listing that can be filtered, sorted, and narrowed to problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from crmtui.tui.presentation.lists.arrange import Arranged, Sorting, arranged
from crmtui.tui.presentation.lists.filter import Filter, parse
from crmtui.tui.widgets.row_list import Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.tui.presentation.lists.arrange import Column
    from crmtui.tui.presentation.table import Row


class Listing(Rows):
    """Shows the rows that fit a filter, in the order of a column; keeps both when rows change."""

    columns: ClassVar[tuple[Column, ...]] = ()
    """Columns of its rows, unless ``present`` gets others."""

    class Narrowed(Message):
        """The visible part of a list, or its order, has changed."""

        def __init__(self, listing: Listing) -> None:
            super().__init__()
            self.listing = listing

        @property
        def control(self) -> Listing:
            """List of the message."""
            return self.listing

    filter = Filter()
    """Filter of the rows."""
    order: Sorting | None = None
    """Sort order of the rows; None for their own order."""
    _rows: tuple[Row, ...] = ()
    _columns: tuple[Column, ...] = ()
    _titles: tuple[str, ...] = ()
    _is_narrow = False
    _arranged = Arranged((), 0, 0)

    def present(
        self,
        rows: Sequence[Row],
        columns: Sequence[Column] | None = None,
        titles: Sequence[str] = (),
    ) -> None:
        """Show the rows that fit the filter.

        Args:
            rows: All rows.
            columns: Columns of the rows; None for the usual ones.
            titles: Titles over the columns; empty to show titles only while the rows are sorted.
        """
        self._rows, self._titles = tuple(rows), tuple(titles)
        chosen = self.columns if columns is None else tuple(columns)
        if chosen != self._columns:
            self._columns = chosen
            self.order = None
            self.filter = parse(self.filter.text, [column.title for column in chosen])
        self._apply()

    def narrow(self, text: str) -> None:
        """Show the rows that fit the filter ``text``; all of them when it is empty."""
        self.filter = parse(text, [column.title for column in self._columns])
        self._apply(is_asked=True)

    @property
    def narrowed_by(self) -> str:
        """Filter as typed."""
        return self.filter.text

    @property
    def is_narrow(self) -> bool:
        """True if only problems are shown."""
        return self._is_narrow

    @is_narrow.setter
    def is_narrow(self, is_narrow: bool) -> None:
        self._is_narrow = is_narrow
        self._apply(is_asked=True)

    def sort(self, by: int) -> None:
        """Sort in another order.

        The orders go round: each column, each in both directions, and last the rows' own order.

        Args:
            by: 1 for the next order, -1 for the previous one.
        """
        both = (False, True)
        columns = range(len(self._columns))
        orders = [None, *(Sorting(column, each) for column in columns for each in both)]
        self.order = orders[(orders.index(self.order) + by) % len(orders)]
        self._apply(is_asked=True)

    @property
    def summary(self) -> str:
        """Filter and order in a few words; empty when all rows are shown in their own order."""
        parts = []
        if self.filter.terms or self._is_narrow:
            what = " ".join(
                ("problems" * self._is_narrow, f"/{self.filter.text}" * bool(self.filter.terms))
            )
            parts.append(f"{what.strip()}: {self._arranged.matching} of {self._arranged.total}")
        if self.order is not None:
            way = ", reversed" if self.order.is_reversed else ""
            parts.append(f"by {self._columns[self.order.column].title}{way}")
        return ", ".join(parts)

    def _apply(self, *, is_asked: bool = False) -> None:
        self._arranged = arranged(
            self._rows,
            self._columns,
            filter=self.filter,
            sort=self.order,
            problems_only=self._is_narrow,
        )
        rows = self.decorated(self._arranged.rows)
        self.show_rows(rows, self._head_line(rows), is_asked=is_asked)
        self.post_message(self.Narrowed(self))

    def decorated(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Return ``rows`` with cells beside the columns that can be filtered; none in this class."""
        return rows

    def _head_line(self, rows: Sequence[Row]) -> tuple[str, ...]:
        if not self._titles and self.order is None:
            return ()
        heads = list(self._titles or (column.title.upper() for column in self._columns))
        if self.order is not None:
            begins_low = self._columns[self.order.column].order == "name"
            is_upward = begins_low != self.order.is_reversed
            heads[self.order.column] += (
                f" {self._marks.upward if is_upward else self._marks.downward}"
            )
        if rows and len(rows[0].cells) > len(heads):
            heads.insert(1, "")  # the extra column stands behind the name
        return tuple(heads)
