"""A page as rows: nothing is cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from crmtui.cluster.details.page import Item, Page, PageSection, Reference
from crmtui.tui.presentation.lists.page_rows import page_rows
from crmtui.tui.presentation.table import unfolded
from crmtui.tui.theming.marks import ASCII

if TYPE_CHECKING:
    from crmtui.tui.presentation.table import Row

PAGE = Page(
    Reference("resource", "db"),
    "db",
    (
        PageSection(
            "Constraints",
            (
                Item(
                    "database-before-webservice",
                    "promote database-clone, then start webservice (Mandatory)",
                    leads_to=Reference("resource", "webservice"),
                ),
                Item("a", "b", "c", "crit"),
            ),
        ),
        PageSection(
            "Parameters",
            (
                Item(
                    "ip",
                    "10.0.0.1",
                    "an address",
                    below=(Item("", about="word " * 60),),
                    is_folded=True,
                ),
            ),
        ),
        PageSection("Members", note="none"),
    ),
)


def _width(row: Row, widest_cells: list[int]) -> int:
    lead = 2 * row.depth + 2
    if row.is_text:
        return 1 + lead + cell_len(row.cells[0].text)
    return 1 + sum(widest_cells[: len(row.cells)]) + 2 * len(row.cells)


@pytest.mark.parametrize("width", [40, 80, 160])
def test_everything_fits(width: int) -> None:
    """On any screen each row has room for all that it says."""
    rows, _ = page_rows(PAGE, width, ASCII)
    columns = [row for row in rows if not row.is_text]
    widest = [
        max(
            (
                cell_len(row.cells[at].text) + (2 * row.depth + 2 if at == 0 else 0)
                for row in columns
                if at < len(row.cells)
            ),
            default=0,
        )
        for at in range(3)
    ]

    assert max(_width(row, widest) for row in rows) <= width
    said = " ".join(cell.text for row in rows for cell in row.cells)
    assert "promote database-clone, then start" in said
    assert said.count("word") == 60


def test_what_does_not_fit_goes_on_below() -> None:
    """A long value stands below its name on a narrow screen, and beside it on a wide one."""
    narrow, _ = page_rows(PAGE, 80, ASCII)
    wide, _ = page_rows(PAGE, 160, ASCII)

    assert len(narrow[1].cells) == 1
    assert narrow[2].goes_on
    assert len(wide[1].cells) >= 2


def test_a_row_knows_its_object_and_its_item() -> None:
    """Every row of an item, those that go on with it too, leads to the same object."""
    rows, items = page_rows(PAGE, 80, ASCII)

    assert [row.resource for row in rows[1:3]] == ["webservice", "webservice"]
    assert items[rows[2].key].name == "database-before-webservice"
    assert rows[-1].is_parent is False


def test_what_goes_on_is_shown_when_its_row_is_folded() -> None:
    """To fold a row hides what belongs to it, not the rest of the row itself."""
    long = Page(
        PAGE.reference,
        "db",
        (PageSection("S", (Item("n" * 20, "v", "about " * 20, below=(Item("x"),)),)),),
    )
    rows, _ = page_rows(long, 60, ASCII)
    folded = {rows[1].key}

    shown = unfolded(rows, folded)

    assert [row.goes_on for row in shown] == [False, False, *(row.goes_on for row in rows[2:-1])]
    assert all(row.cells[0].text.strip() != "x" for row in shown)
