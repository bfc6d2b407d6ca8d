"""Page as rows without truncation: text that does not fit beside a name goes on below. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from crmtui.tui.presentation.lists.arrange import Column
from crmtui.tui.presentation.table import GAP, Cell, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crmtui.cluster.details.page import Item, Page, PageSection
    from crmtui.tui.theming.marks import Marks

COLUMNS: Final = (Column("name"), Column("value"), Column("about"))
_NAME = 34
_LEAST = 30
"""Least width of text, in columns, even on a narrower pane."""
_SIGNED = ("ok", "busy", "note", "warn", "crit", "off")


@dataclass(frozen=True, slots=True)
class Layout:
    """Widths of a page's columns."""

    name: int
    value: int
    about: int


def layout(page: Page, width: int) -> Layout:
    """Return the widths with which most of ``page`` fits ``width`` columns."""
    items = [
        (item, depth)
        for section in page.sections
        for item, depth in _all(section.items, 1)
        if item.name or item.value
    ]
    room = max(_LEAST, width - 1 - len(COLUMNS) * GAP)
    longest = max((_lead(depth) + cell_len(item.name) for item, depth in items), default=0)
    name = min(_NAME, room * 2 // 3, longest)
    left = room - name
    lengths = [(cell_len(item.value), cell_len(item.about)) for item, _ in items]

    def lines(value: int) -> int:
        """Return the number of continuation lines when values have ``value`` columns."""
        return sum((own > value) + (own > value or about > left - value) for own, about in lengths)

    candidates = {own for own, _ in lengths if own <= left} | {0}
    value = min(sorted(candidates), key=lines)
    return Layout(name, value, left - value)


def _all(items: tuple[Item, ...], depth: int) -> Iterator[tuple[Item, int]]:
    for item in items:
        yield item, depth
        yield from _all(item.below, depth + 1)


def _lead(depth: int) -> int:
    """Return the columns of indentation, fold mark and sign in front of a name."""
    return 2 * depth + 2 + 2


def page_rows(page: Page, width: int, marks: Marks) -> tuple[list[Row], Mapping[str, Item]]:
    """Return the rows of ``page`` on ``width`` columns, and the item of each row."""
    writer = _Writer(layout(page, width), marks)
    for section in page.sections:
        writer.write_section(section)
    return writer.rows, writer.items


class _Writer:
    def __init__(self, widths: Layout, marks: Marks) -> None:
        self.rows: list[Row] = []
        self.items: dict[str, Item] = {}
        self._widths = widths
        self._marks = marks

    def write_section(self, section: PageSection) -> None:
        cells = (Cell(section.title, "title"), Cell(section.note, "dim"))
        self.rows.append(
            Row(
                section.title, cells, is_parent=bool(section.items), starts_folded=section.is_folded
            )
        )
        for number, item in enumerate(section.items):
            self._write(item, f"{section.title}/{number}", 1)

    def _write(self, item: Item, path: str, depth: int) -> None:
        key = f"{path} {item.name}"
        widths = self._widths
        if not item.name and not item.value:
            self._text(item, key, depth, item.about, item.tone)
            return
        fits_value = cell_len(item.value) <= widths.value
        fits_about = fits_value and cell_len(item.about) <= widths.about
        sign = f"{self._marks.severity[item.tone]} " if item.tone in _SIGNED else "  "
        cells = [Cell(f"{sign}{item.name}", item.tone)]
        is_long = _lead(depth) + cell_len(item.name) > widths.name
        fits_value, fits_about = fits_value and not is_long, fits_about and not is_long
        if fits_value:
            cells.append(Cell(item.value, item.tone))
        if fits_about:
            cells.append(Cell(item.about, "dim"))
        self.items[key] = item
        self.rows.append(
            Row(
                key,
                tuple(cells),
                depth,
                bool(item.below),
                item.is_problem,
                node=_led_to(item, "node"),
                resource=_led_to(item, "resource"),
                starts_folded=item.is_folded,
                is_text=is_long,
            )
        )
        if item.value and not fits_value:
            self._text(item, f"{key}/value", depth + 2, item.value, item.tone, goes_on=True)
        if item.about and not fits_about:
            self._text(item, f"{key}/about", depth + 2, item.about, "dim", goes_on=True)
        for number, below in enumerate(item.below):
            self._write(below, f"{key}/{number}", depth + 1)

    def _text(
        self, item: Item, key: str, depth: int, text: str, tone: str, *, goes_on: bool = False
    ) -> None:
        widths = self._widths
        room = max(_LEAST, widths.name + widths.value + widths.about + 2 * GAP - 2 * depth - 2)
        for number, line in enumerate(wrap(text, room, break_on_hyphens=False) or [""]):
            self.items[f"{key}#{number}"] = item
            self.rows.append(
                Row(
                    f"{key}#{number}",
                    (Cell(line, tone),),
                    depth,
                    node=_led_to(item, "node"),
                    resource=_led_to(item, "resource"),
                    is_text=True,
                    goes_on=goes_on,
                )
            )


def _led_to(item: Item, kind: str) -> str:
    return item.leads_to.id if item.leads_to and item.leads_to.kind == kind else ""
