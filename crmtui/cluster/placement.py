"""Placement of each primitive, with the instances of one clone combined."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cluster.model import Resource

Roles = tuple[str, ...]
"""Roles of a resource's instances on one node, sorted: instances are interchangeable."""

Placements = Mapping[str, Mapping[str, Roles]]
"""For each primitive its roles, by the node on which it runs."""


class Resources(Protocol):
    """Holder of resources: a cluster, or a forecast of one."""

    def walk(self) -> Iterator[Resource]:
        """Yield every resource, collections before their members."""


def placements(world: Resources) -> Placements:
    """Return the placement of each primitive of ``world``; a stopped one has no nodes."""
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


def has_failed(roles: Roles) -> bool:
    """Return true if an instance with one of ``roles`` has failed."""
    return any(role.startswith("FAILED") for role in roles)


def started(was: Placements, now: Placements) -> Placements:
    """Return ``now`` without the resources that are only on their way to a node.

    crm_mon lists a resource on a node from the moment in which its start or migration is sent.
    """
    return {
        resource: {
            node: there
            for node, roles in nodes.items()
            if (there := _there(roles, is_known=node in was.get(resource, {})))
        }
        for resource, nodes in now.items()
    }


def _there(roles: Roles, *, is_known: bool) -> Roles:
    coming = ("Starting",) if is_known else ("Starting", "Migrating")
    return tuple(role for role in roles if role not in coming)
