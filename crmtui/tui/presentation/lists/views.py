"""Views of the resources: by node, and as a matrix of resources and nodes. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from rich.cells import cell_len

from crmtui.cluster.glyphs import severity, worst_of
from crmtui.tui.presentation.lists.arrange import Column
from crmtui.tui.presentation.rows import is_fine
from crmtui.tui.presentation.table import GAP, Cell, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmtui.cluster.glyphs import Severity
    from crmtui.cluster.model import Cluster, Node, Resource
    from crmtui.tui.theming.marks import Marks

View = Literal["tree", "by node", "matrix"]
VIEWS: Final[tuple[View, ...]] = ("tree", "by node", "matrix")
"""Views in the order in which the key goes round."""

_ABSENT = "·"
_SHORT = 9
"""Columns that most roles take with their sign."""


def placed(cluster: Cluster) -> Iterator[tuple[Resource, Resource | None]]:
    """Yield every primitive with its holder."""
    for top in cluster.resources:
        if top.kind == "primitive":
            yield top, None
        for holder in top.walk():
            yield from ((each, holder) for each in holder.children if each.kind == "primitive")


def by_node_rows(cluster: Cluster, marks: Marks, problems: frozenset[str]) -> list[Row]:
    """Return each node with the resources that run on it, then the stopped resources."""
    everything = list(placed(cluster))
    rows: list[Row] = []
    for node in cluster.nodes:
        here = [pair for pair in everything if node.name in pair[0].nodes]
        rows.append(_node_row(node, len(here), marks))
        rows += _below(here, f"node/{node.name}", marks, problems)
    nowhere = [pair for pair in everything if not pair[0].nodes]
    if nowhere:
        worst = worst_of(severity(*pair) for pair in nowhere)
        cells = (
            Cell(f"{marks.severity[worst]} on no node", worst),
            Cell(f"{len(nowhere)} stopped"),
        )
        rows.append(Row("nowhere", (*cells, Cell(""), Cell("")), is_parent=True))
        rows += _below(nowhere, "nowhere", marks, problems)
    return rows


def _node_row(node: Node, running: int, marks: Marks) -> Row:
    tone = severity(node)
    return Row(
        f"node/{node.name}",
        (
            Cell(f"{marks.severity[tone]} {node.name}", tone),
            Cell(node.state, tone),
            Cell(node.name, "dim"),
            Cell(f"{running} running", "dim"),
        ),
        is_parent=bool(running),
        is_problem=not is_fine(tone),
        node=node.name,
    )


def _below(
    found: Sequence[tuple[Resource, Resource | None]],
    path: str,
    marks: Marks,
    problems: frozenset[str],
) -> Iterator[Row]:
    seen: dict[str, int] = {}
    for each, holder in found:
        seen[each.id] = seen.get(each.id, 0) + 1
        tone = severity(each, holder)
        state = f"{each.role} ({', '.join(each.flags)})" if each.flags else each.role
        yield Row(
            f"{path}/{each.id}#{seen[each.id]}",
            (
                Cell(f"{marks.severity[tone]} {each.id}", tone),
                Cell(state, tone),
                Cell(" ".join(each.nodes)),
                Cell(each.agent, "dim", keeps_end=True),
            ),
            1,
            is_problem=not is_fine(tone) or each.id in problems,
            resource=each.id,
        )


def matrix_nodes(cluster: Cluster, first: int, width: int) -> tuple[Node, ...]:
    """Return the nodes, from the one numbered ``first`` on, that fit ``width`` columns."""
    names = max((cell_len(each.id) for each, _ in placed(cluster)), default=0) + 4
    column = max(_SHORT, *(cell_len(node.name) for node in cluster.nodes), 0) + GAP
    fits = max(1, (width - names - GAP) // column)
    at = max(0, min(first, len(cluster.nodes) - fits))
    return cluster.nodes[at : at + fits]


def matrix_columns(nodes: Sequence[Node]) -> tuple[Column, ...]:
    """Return the columns of the matrix: the resource, then each node."""
    return (
        Column("resource", holds_names=True),
        *(Column(node.name.lower(), "worst") for node in nodes),
    )


def matrix_rows(
    cluster: Cluster, nodes: Sequence[Node], marks: Marks, problems: frozenset[str]
) -> list[Row]:
    """Return each primitive with its role on each of ``nodes``, instances of a clone in one row."""
    cells: dict[str, dict[str, list[tuple[str, Severity]]]] = {}
    stopped: dict[str, list[Severity]] = {}
    for each, holder in placed(cluster):
        how = severity(each, holder)
        where = cells.setdefault(each.id, {})
        for node in each.nodes:
            where.setdefault(node, []).append((each.role, how))
        if not each.nodes:
            stopped.setdefault(each.id, []).append(how)
    return [
        _matrix_row(name, where, stopped.get(name, []), nodes, marks, problems)
        for name, where in cells.items()
    ]


def _matrix_row(
    name: str,
    where: dict[str, list[tuple[str, Severity]]],
    stopped: Sequence[Severity],
    nodes: Sequence[Node],
    marks: Marks,
    problems: frozenset[str],
) -> Row:
    found = [how for each in where.values() for _, how in each]
    worst = worst_of((*found, *stopped))
    cells = [Cell(f"{marks.severity[worst]} {name}", worst)]
    for node in nodes:
        here = where.get(node.name)
        if here is None:
            cells.append(Cell(_ABSENT, "dim"))
            continue
        roles = list(dict.fromkeys(role for role, _ in here))
        how = worst_of(how for _, how in here)
        count = f" {len(here)}" if len(here) > 1 else ""
        cells.append(Cell(f"{marks.severity[how]} {'/'.join(roles)}{count}", how))
    is_problem = not is_fine(worst) or name in problems
    return Row(name, tuple(cells), is_problem=is_problem, resource=name)
