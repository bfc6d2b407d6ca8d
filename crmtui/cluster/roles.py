"""Roles and flags of resources and their meaning: running, on the way, stopped on purpose or not.

Pacemaker decides all of this. These functions only interpret its words, in one place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crmtui.cluster.model import Resource

LEGACY: Final = {"Master": "Promoted", "Slave": "Unpromoted"}
"""Names of two roles in Pacemaker before 2.1; some builds of 2.1 still use them."""

TRANSITIONAL: Final = frozenset(("Starting", "Stopping", "Promoting", "Demoting", "Migrating"))
"""Roles of an action under way; crm_mon prints them in place of the old role."""

ON_PURPOSE: Final = frozenset(("disabled", "unmanaged", "maintenance"))
"""Flags with which an administrator keeps the cluster from starting a resource."""


def shared(resources: Iterable[Resource]) -> str:
    """Return the one role that all ``resources`` have, or an empty text."""
    roles = {resource.role for resource in resources}
    return roles.pop() if len(roles) == 1 else ""


def nodes_of(resources: Iterable[Resource]) -> tuple[str, ...]:
    """Return the nodes on which any of ``resources`` runs, in order, each once."""
    return tuple(dict.fromkeys(node for resource in resources for node in resource.nodes))


def primitives(resource: Resource) -> Iterator[Resource]:
    """Yield the primitives in ``resource``, itself if it is one."""
    return (each for each in resource.walk() if each.kind == "primitive")


def is_running(resource: Resource) -> bool:
    """Return true if the resource, or any member, is active on a node."""
    return any(each.nodes for each in primitives(resource))


def is_transitional(resource: Resource) -> bool:
    """Return true if an action on the resource, or on any member, is under way."""
    return any(each.role in TRANSITIONAL for each in primitives(resource))


def is_multiply_active(resource: Resource) -> bool:
    """Return true if a primitive runs in several places at once, which no primitive should."""
    return resource.kind == "primitive" and len(resource.nodes) > 1 and resource.role != "Migrating"


def is_stopped_on_purpose(resource: Resource) -> bool:
    """Return true if a stopped resource is meant to be stopped."""
    return bool(ON_PURPOSE.intersection(resource.flags)) or any(
        flag.startswith("LOCKED") for flag in resource.flags
    )


def missing(resource: Resource) -> tuple[Resource, ...]:
    """Return the unintentionally stopped parts of ``resource``, outermost first.

    A clone is missing only as a whole: Pacemaker lists more instances than nodes, and the surplus
    stays stopped. So is a bundle, whose replicas serve one by one. The members of a group behind a
    disabled one wait and are not missing.
    """
    if resource.kind == "primitive":
        is_missing = resource.role == "Stopped" and not is_stopped_on_purpose(resource)
        return (resource,) if is_missing and not resource.is_orphaned else ()
    if is_stopped_on_purpose(resource):
        return ()
    if resource.kind in ("clone", "bundle"):
        return _missing_whole(resource)
    if resource.kind == "group":
        return _missing_members(resource)
    return tuple(part for child in resource.children for part in missing(child))


def _missing_whole(resource: Resource) -> tuple[Resource, ...]:
    if is_running(resource) or is_transitional(resource):
        return ()
    return (resource,) if any(missing(child) for child in resource.children) else ()


def _missing_members(group: Resource) -> tuple[Resource, ...]:
    found: list[Resource] = []
    for member in group.children:
        if member.role == "Stopped" and is_stopped_on_purpose(member):
            break
        found.extend(missing(member))
    return tuple(found)


def lacks_promoted(resource: Resource) -> bool:
    """Return true if a promotable clone runs without any promoted instance, and should have one."""
    return (
        "promotable" in resource.flags
        and is_running(resource)
        and not is_stopped_on_purpose(resource)
        and not any(
            "Promoted" in each.role.split()
            or each.role in TRANSITIONAL
            or any(flag.startswith("target-role:") for flag in each.flags)
            for each in primitives(resource)
        )
    )
