"""A list that can be filtered, sorted, and narrowed to what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from crmtui.tui.lists.arrange import Arranged, arranged
from crmtui.tui.lists.filter import Filter, parse
from crmtui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.tui.lists.arrange import Column
    from crmtui.tui.table import Row


class Listing(Rows):
    """Shows which of its rows a filter means, in the order of a column; keeps both when rows change."""

    columns: ClassVar[tuple[Column, ...]] = ()
    """What its cells are, unless ``present`` says otherwise."""

    class Narrowed(Message):
        """What is shown of a list, or its order, is another one now."""

        def __init__(self, listing: Listing) -> None:
            super().__init__()
            self.listing = listing

        @property
        def control(self) -> Listing:
            """The list."""
            return self.listing

    def __init__(
        self,
        *,
        empty: str,
        fold_marks: tuple[str, str],
        mark: str = "+",
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(empty=empty, fold_marks=fold_marks, mark=mark, id=id)
        self._rows: tuple[Row, ...] = ()
        self._columns: tuple[Column, ...] = self.columns
        self._titles: tuple[str, ...] = ()
        self._sort: int | None = None
        self._is_narrow = False
        self._arranged = Arranged((), 0, 0)
        self.filter = Filter()
        """Which rows are meant."""

    def present(
        self,
        rows: Sequence[Row],
        columns: Sequence[Column] | None = None,
        titles: Sequence[str] = (),
    ) -> None:
        """Show what is meant of ``rows``.

        Args:
            rows: All rows there are.
            columns: What their cells are; None for what they always are.
            titles: What stands over the columns; nothing for a line only while they are sorted.
        """
        self._rows, self._titles = tuple(rows), tuple(titles)
        chosen = self.columns if columns is None else tuple(columns)
        if chosen != self._columns:
            self._columns = chosen
            self._sort = None
            self.filter = parse(self.filter.text, [column.title for column in chosen])
        self._apply()

    def narrow(self, text: str) -> None:
        """Show what the filter ``text`` means; everything when it is empty."""
        self.filter = parse(text, [column.title for column in self._columns])
        self._apply()

    @property
    def narrowed_by(self) -> str:
        """The filter as it was typed."""
        return self.filter.text

    @property
    def is_narrow(self) -> bool:
        """Whether only what is wrong is shown."""
        return self._is_narrow

    @is_narrow.setter
    def is_narrow(self, is_narrow: bool) -> None:
        self._is_narrow = is_narrow
        self._apply()

    def sort(self, by: int) -> None:
        """Sort by the next column (1) or the one before (-1); beside the last comes no order."""
        orders = [None, *range(len(self._columns))]
        at = (orders.index(self._sort) + by) % len(orders)
        self._sort = orders[at]
        self._apply()

    @property
    def summary(self) -> str:
        """What is shown and in which order, in a few words; empty when that is everything."""
        parts = []
        if self.filter.terms or self._is_narrow:
            what = " ".join(
                ("problems" * self._is_narrow, f"/{self.filter.text}" * bool(self.filter.terms))
            )
            parts.append(f"{what.strip()}: {self._arranged.matching} of {self._arranged.total}")
        if self._sort is not None:
            parts.append(f"by {self._columns[self._sort].title}")
        return ", ".join(parts)

    def _apply(self) -> None:
        self._arranged = arranged(
            self._rows,
            self._columns,
            filter=self.filter,
            sort=self._sort,
            problems_only=self._is_narrow,
        )
        rows = self.decorated(self._arranged.rows)
        self.show(rows, self._head_line(rows))
        self.post_message(self.Narrowed(self))

    def decorated(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Return ``rows`` with what is beside the columns that can be filtered; here nothing."""
        return rows

    def _head_line(self, rows: Sequence[Row]) -> tuple[str, ...]:
        if not self._titles and self._sort is None:
            return ()
        titles = self._titles or tuple(column.title.upper() for column in self._columns)
        heads = [f"{title} *" if at == self._sort else title for at, title in enumerate(titles)]
        if rows and len(rows[0].cells) > len(heads):
            heads.insert(1, "")  # what is beside the columns stands behind the name
        return tuple(heads)
