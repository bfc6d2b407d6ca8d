"""Rows of nodes and resources: pure, from the model to cells."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from crmtui.cluster.glyphs import Severity, severity
from crmtui.cluster.problems import problems
from crmtui.cluster.state_words import role
from crmtui.tui.presentation.lists.arrange import Column
from crmtui.tui.presentation.table import Cell, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cluster.model import Cluster, Node, Resource
    from crmtui.tui.theming.marks import Marks


NODE_COLUMNS: Final = (
    Column("node", holds_names=True),
    Column("state", "worst"),
    Column("running", "most"),
    Column("about"),
)
RESOURCE_COLUMNS: Final = (
    Column("resource", holds_names=True),
    Column("state", "worst"),
    Column("node", holds_names=True),
    Column("agent"),
)


_PROMOTABLE = "promotable"
"""Flag of crm_mon's that tells the kind of a clone, and not its state."""


def is_fine(tone: Severity) -> bool:
    """Return true if this severity needs no attention."""
    return tone in ("ok", "off")


def node_rows(cluster: Cluster, marks: Marks) -> list[Row]:
    """Return a row for each node: glyph and name, state, load, special facts."""
    wrong = problems(cluster).nodes
    return [_node_row(node, marks, wrong) for node in cluster.nodes]


def _node_row(node: Node, marks: Marks, wrong: frozenset[str]) -> Row:
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
        is_problem=not is_fine(tone) or node.name in wrong or _is_lost(node),
        node=node.name,
    )


def resource_rows(cluster: Cluster, marks: Marks) -> list[Row]:
    """Return the tree of resources: glyph and id, role and flags, place, agent."""
    wrong = problems(cluster).resources
    rows: list[Row] = []
    for top in cluster.resources:
        here = wrong.intersection(each.id for each in top.walk()) if wrong else wrong
        rows.extend(_tree_rows(top, marks, here))
    return rows


@lru_cache(maxsize=4096)
def _tree_rows(resource: Resource, marks: Marks, wrong: frozenset[str]) -> tuple[Row, ...]:
    # Nearly all of a large cluster stays the same from look to look.
    return tuple(_Tree(marks, wrong).rows(resource, None, "", 0))


def _is_lost(node: Node) -> bool:
    # A guest's node goes with its resource, which has a row of its own.
    return not node.is_online and node.kind != "guest"


@dataclass(frozen=True, slots=True)
class _Tree:
    marks: Marks
    wrong: frozenset[str]

    def rows(
        self, resource: Resource, parent: Resource | None, path: str, depth: int
    ) -> Iterator[Row]:
        tone = severity(resource, parent)
        state = role(resource)
        flags = [each for each in resource.flags if each != _PROMOTABLE]
        if flags:
            state = f"{state} ({', '.join(flags)})".strip()
        kind = f"{_PROMOTABLE} {resource.kind}" if _PROMOTABLE in resource.flags else resource.kind
        key = f"{path}/{resource.id}"
        yield Row(
            key,
            (
                Cell(f"{self.marks.severity[tone]} {resource.id}", tone),
                Cell(state, tone),
                Cell(" ".join(resource.nodes), "plain"),
                Cell(
                    resource.agent if resource.kind == "primitive" else kind,
                    "dim",
                    keeps_end=True,
                ),
            ),
            depth,
            bool(resource.children),
            not is_fine(tone) or resource.id in self.wrong,
            resource=resource.id,
        )
        seen: Counter[str] = Counter()
        for child in resource.children:
            within = key
            if resource.kind == "clone":
                # Instances share their id: the node tells running ones apart, a number the others.
                place = ",".join(child.nodes) or "-"
                seen[place] += 1
                within = f"{key}@{place}#{seen[place]}"
            yield from self.rows(child, resource, within, depth + 1)
