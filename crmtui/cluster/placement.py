"""Where each primitive runs, instances of one clone taken together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crmtui.cluster.model import Cluster

Roles = tuple[str, ...]
"""The roles of a resource's instances on one node, sorted: instances are interchangeable."""

Placements = Mapping[str, Mapping[str, Roles]]
"""For each primitive, what it is on each node that it runs on."""


def placements(cluster: Cluster) -> Placements:
    """Return where each primitive of ``cluster`` runs; one that runs nowhere has no nodes."""
    found: dict[str, dict[str, list[str]]] = {}
    for resource in cluster.walk():
        if resource.kind == "primitive":
            nodes = found.setdefault(resource.id, {})
            for node in resource.nodes:
                nodes.setdefault(node, []).append(resource.role)
    return {
        resource: {node: tuple(sorted(roles)) for node, roles in nodes.items()}
        for resource, nodes in found.items()
    }
