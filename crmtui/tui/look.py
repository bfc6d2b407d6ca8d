"""What rows and header say of a cluster: pure, from the model to cells."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from crmtui.cluster.glyphs import severity
from crmtui.tui.table import Cell, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cluster.model import Cluster, Node, Resource
    from crmtui.tui.marks import Marks


def node_rows(cluster: Cluster, marks: Marks) -> list[Row]:
    """Return a row for each node: glyph and name, state, what it carries, what is special."""
    return [_node_row(node, marks) for node in cluster.nodes]


def _node_row(node: Node, marks: Marks) -> Row:
    tone = severity(node)
    name = f"{node.name}@{node.host}" if node.host else node.name
    count = node.resources_running
    notes = ["DC"] if node.is_dc else []
    if node.kind != "member":
        notes.append(node.kind)
    if node.health != "green":
        notes.append(f"health {node.health}")
    return Row(
        node.name,
        (
            Cell(f"{marks.severity[tone]} {name}", tone),
            Cell(node.state, tone),
            Cell(f"{count} running" if count else "", "plain"),
            Cell(" ".join(notes), "dim"),
        ),
        node=node.name,
    )


def resource_rows(cluster: Cluster, marks: Marks) -> list[Row]:
    """Return the tree of resources: glyph and id, role and flags, where, what."""
    rows: list[Row] = []
    for resource in cluster.resources:
        rows.extend(_tree_rows(resource, marks))
    return rows


@lru_cache(maxsize=4096)
def _tree_rows(resource: Resource, marks: Marks) -> tuple[Row, ...]:
    # From one look to the next nearly all of a large cluster stays as it is.
    return tuple(_resource_rows(resource, None, marks, "", 0))


def _resource_rows(
    resource: Resource, parent: Resource | None, marks: Marks, path: str, depth: int
) -> Iterator[Row]:
    tone = severity(resource, parent)
    state = resource.role
    if resource.flags:
        state = f"{state} ({', '.join(resource.flags)})".strip()
    key = f"{path}/{resource.id}"
    yield Row(
        key,
        (
            Cell(f"{marks.severity[tone]} {resource.id}", tone),
            Cell(state, tone),
            Cell(" ".join(resource.nodes), "plain"),
            Cell(
                resource.agent if resource.kind == "primitive" else resource.kind,
                "dim",
                keeps_end=True,
            ),
        ),
        depth,
        bool(resource.children),
        resource=resource.id,
    )
    seen: Counter[str] = Counter()
    for child in resource.children:
        within = key
        if resource.kind == "clone":
            # Instances share their id: told apart by where they run, those that do not by number.
            place = ",".join(child.nodes) or "-"
            seen[place] += 1
            within = f"{key}@{place}#{seen[place]}"
        yield from _resource_rows(child, resource, marks, within, depth + 1)
