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


def has_failed(roles: Roles) -> bool:
    """Say whether an instance with one of ``roles`` has failed."""
    return any(role.startswith("FAILED") for role in roles)


def started(was: Placements, now: Placements) -> Placements:
    """Return ``now`` without what is only on its way there.

    crm_mon lists a resource on a node from the moment its start, or its migration there, is sent.
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
