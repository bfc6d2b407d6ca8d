"""Other ways to look at the resources, and which of them are problems."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from crmtui.cluster.model import Cluster, FailCount, FenceEvent, NodeAttribute
from crmtui.cluster.problems import problems
from crmtui.tui.presentation.lists.views import (
    by_node_rows,
    matrix_columns,
    matrix_nodes,
    matrix_rows,
)
from crmtui.tui.presentation.rows import node_rows, resource_rows
from crmtui.tui.theming.marks import ASCII
from tests.unit.cluster_values import cluster, holder, node, primitive

if TYPE_CHECKING:
    from crmtui.tui.presentation.table import Row

NOTHING: frozenset[str] = frozenset()
CLUSTER = cluster(
    primitive("ip", "Started", "n1"),
    holder(
        "clone",
        "db-clone",
        primitive("db", "Promoted", "n1"),
        primitive("db", "Unpromoted", "n2"),
        primitive("db", "Stopped"),
        flags=("promotable",),
    ),
    holder("group", "g", primitive("web", "FAILED", "n2"), primitive("log", "Stopped")),
)


def _texts(rows: list[Row]) -> list[str]:
    return ["  " * row.depth + " | ".join(cell.text for cell in row.cells) for row in rows]


def test_by_node() -> None:
    """Each node with what runs on it, a clone's instances where they are, then what is stopped."""
    assert _texts(by_node_rows(CLUSTER, ASCII, NOTHING)) == [
        "* n1 | online | n1 | 2 running",
        "  * ip | Started | n1 | ocf:pacemaker:Dummy",
        "  * db | Promoted | n1 | ocf:pacemaker:Dummy",
        "* n2 | online | n2 | 2 running",
        "  * db | Unpromoted | n2 | ocf:pacemaker:Dummy",
        "  X web | FAILED | n2 | ocf:pacemaker:Dummy",
        "X on no node | 2 stopped |  | ",
        "  - db | Stopped |  | ocf:pacemaker:Dummy",
        "  X log | Stopped |  | ocf:pacemaker:Dummy",
    ]


def test_every_row_by_node_has_a_key_of_its_own() -> None:
    """A key names a row in every update, also where instances share node and name."""
    twice = cluster(
        holder("clone", "c", primitive("u", "Started", "n1"), primitive("u", "Started", "n1"))
    )
    keys = [row.key for row in by_node_rows(twice, ASCII, NOTHING)]

    assert len(keys) == len(set(keys))


def test_the_matrix() -> None:
    """Each primitive in one row, with its role in the column of every node that it runs on."""
    nodes = CLUSTER.nodes

    assert _texts(matrix_rows(CLUSTER, nodes, ASCII, NOTHING)) == [
        "* ip | * Started | ·",
        "* db | * Promoted | * Unpromoted",
        "X web | · | X FAILED",
        "X log | · | ·",
    ]
    assert [column.title for column in matrix_columns(nodes)] == ["resource", "n1", "n2"]


def _many(count: int) -> Cluster:
    return cluster(
        primitive("ip", "Started", "n1"), nodes=tuple(node(f"n{n}") for n in range(1, count + 1))
    )


@pytest.mark.parametrize(
    ("first", "shown"),
    [(0, ["n1", "n2", "n3"]), (5, ["n6", "n7", "n8"]), (63, ["n62", "n63", "n64"]), (-9, ["n1"])],
)
def test_a_wide_matrix_shows_some_nodes(first: int, shown: list[str]) -> None:
    """If not all nodes fit, those that do are shown, and the last ones fill the width."""
    found = [node.name for node in matrix_nodes(_many(64), first, 44)]

    assert found[: len(shown)] == shown
    assert len(found) == 3


def test_what_is_a_problem() -> None:
    """State, failures and fail counts, fencing that failed, and lost connections make one."""
    ailing = replace(
        CLUSTER,
        failcounts=(FailCount("ip", "n1", "1", None, ""),),
        fencing=(FenceEvent("n1", "reboot", "failed", "", "", "", ""),),
        attributes=(NodeAttribute("n2", "pingd", "0", "1000"),),
    )

    assert [row.resource for row in resource_rows(ailing, ASCII) if row.is_problem] == [
        "ip",
        "g",
        "web",
        "log",
    ]
    assert [row.node for row in node_rows(ailing, ASCII) if row.is_problem] == ["n1", "n2"]
    assert problems(CLUSTER).nodes == problems(CLUSTER).resources == NOTHING
