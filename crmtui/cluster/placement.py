"""Where each primitive runs, instances of one clone taken together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cluster.model import Resource

Roles = tuple[str, ...]
"""The roles of a resource's instances on one node, sorted: instances are interchangeable."""

Placements = Mapping[str, Mapping[str, Roles]]
"""For each primitive, what it is on each node that it runs on."""


class Resources(Protocol):
    """What holds resources: a cluster, or a forecast of one."""

    def walk(self) -> Iterator[Resource]:
        """Yield every resource, collections before what they hold."""


def placements(world: Resources) -> Placements:
    """Return where each primitive of ``world`` runs; one that runs nowhere has no nodes."""
    found: dict[str, dict[str, list[str]]] = {}
    for resource in world.walk():
        if resource.kind == "primitive":
            nodes = found.setdefault(resource.id, {})
            for node in resource.nodes:
                nodes.setdefault(node, []).append(resource.role)
    return {
        resource: {node: tuple(sorted(roles)) for node, roles in nodes.items()}
        for resource, nodes in found.items()
    }
