"""Rows that a filter means, and the order in which rows stand."""

from __future__ import annotations

import pytest

from crmtui.tui.presentation.lists.arrange import Column, Sorting, arranged
from crmtui.tui.presentation.lists.filter import parse
from crmtui.tui.presentation.table import Cell, Row

COLUMNS = (
    Column("resource", holds_names=True),
    Column("state", "worst"),
    Column("node", holds_names=True),
    Column("agent"),
)


def row(
    name: str, state: str = "", node: str = "", agent: str = "", *, depth: int = 0, tone: str = "ok"
) -> Row:
    """Return a row of the tree of resources."""
    cells = (Cell(f"● {name}", tone), Cell(state, tone), Cell(node), Cell(agent, "dim"))
    return Row(name, cells, depth, is_parent=not agent, is_problem=tone == "crit")


ROWS = (
    row("backup", "Started", "n1", "ocf:pacemaker:Dummy"),
    row("webservice", "", "n10"),
    row("webip", "Started", "n10", "ocf:heartbeat:IPaddr2", depth=1),
    row("webserver", "FAILED (blocked)", "n10", "ocf:heartbeat:nginx", depth=1, tone="crit"),
    row("mail", "Stopped (disabled)", "", "systemd:postfix", tone="off"),
)


@pytest.mark.parametrize(
    ("typed", "shown", "matching"),
    [
        ("", ["backup", "webservice", "webip", "webserver", "mail"], 5),
        ("dummy", ["backup"], 1),
        ("WEBIP", ["webservice", "webip"], 1),  # with what it belongs to
        ("webservice", ["webservice", "webip", "webserver"], 3),  # with what belongs to it
        ("!webservice", ["backup", "mail"], 2),
        ("state:failed", ["webservice", "webserver"], 1),
        ("state:fail", ["webservice", "webserver"], 1),  # as it is typed
        ("state:blocked", ["webservice", "webserver"], 1),
        ("!state:started state:*", ["webservice", "webserver", "mail"], 3),
        ("node:n1", ["backup"], 1),  # not n10
        ("node:n1*", ["backup", "webservice", "webip", "webserver"], 4),
        ("node:n10 !state:failed agent:*", ["webservice", "webip"], 2),
        ("ocf:heartbeat", ["webservice", "webip", "webserver"], 2),  # no column, so text
        ("agent:ocf:heartbeat:nginx", ["webservice", "webserver"], 1),
        ('"(disabled)"', ["mail"], 1),
        ('state:"stopped (dis', ["mail"], 1),
        ("state:", ["backup", "webservice", "webip", "webserver", "mail"], 5),
        ("!", ["backup", "webservice", "webip", "webserver", "mail"], 5),
        ("[", [], 0),
        ("nothing of this", [], 0),
    ],
)
def test_a_filter(typed: str, shown: list[str], matching: int) -> None:
    """All words have to fit; what a row belongs to stays in sight and is not counted."""
    made = arranged(ROWS, COLUMNS, filter=parse(typed, [column.title for column in COLUMNS]))

    assert [each.key for each in made.rows] == shown
    assert (made.matching, made.total) == (matching, 5)


@pytest.mark.parametrize(
    ("column", "shown"),
    [
        (None, ["backup", "webservice", "webip", "webserver", "mail"]),
        (0, ["backup", "mail", "webservice", "webip", "webserver"]),
        (1, ["webservice", "webserver", "webip", "backup", "mail"]),
        (9, ["backup", "webservice", "webip", "webserver", "mail"]),
        (Sorting(0, is_reversed=True), ["webservice", "webserver", "webip", "mail", "backup"]),
        (Sorting(1, is_reversed=True), ["mail", "backup", "webservice", "webip", "webserver"]),
    ],
)
def test_sorting(column: int | Sorting | None, shown: list[str]) -> None:
    """Rows are sorted among those that belong to the same one; of states the worst comes first."""
    rows = [
        each
        if each.key != "webservice"
        else Row(each.key, (each.cells[0], Cell("", "crit"), *each.cells[2:]), is_parent=True)
        for each in ROWS
    ]

    sort = Sorting(column) if isinstance(column, int) else column
    assert [each.key for each in arranged(rows, COLUMNS, sort=sort).rows] == shown


def test_numbers_are_sorted_by_their_size() -> None:
    """n2 comes before n10, and what has most of something before what has less."""
    columns = (Column("node"), Column("running", "most"))
    rows = [
        Row(name, (Cell(f"● {name}"), Cell(running)))
        for name, running in (("n10", "9 running"), ("n2", "10 running"), ("n1", ""))
    ]

    assert [each.key for each in arranged(rows, columns, sort=Sorting(0)).rows] == [
        "n1",
        "n2",
        "n10",
    ]
    assert [each.key for each in arranged(rows, columns, sort=Sorting(1)).rows] == [
        "n2",
        "n10",
        "n1",
    ]


def test_only_problems() -> None:
    """Rows without a problem go, but for those that a problem belongs to; a filter still holds."""
    made = arranged(ROWS, COLUMNS, problems_only=True)
    other = arranged(ROWS, COLUMNS, problems_only=True, filter=parse("webip", ()))

    assert [each.key for each in made.rows] == ["webservice", "webserver"]
    assert made.matching == 1
    assert other.rows == ()
