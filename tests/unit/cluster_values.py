"""Clusters for tests, with everything that a test does not speak of at rest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crmtui.cluster.model import Cluster, Node, Resource

if TYPE_CHECKING:
    from crmtui.cluster.model import ResourceKind

HEALTHY = Cluster(
    name="acme",
    stack="corosync",
    dc="n1",
    has_quorum=True,
    is_maintenance=False,
    is_fencing_enabled=True,
    is_stopping_all=False,
    no_quorum_policy="stop",
    nodes_configured=2,
    resources_configured=1,
    resources_disabled=0,
    resources_blocked=0,
    last_updated="",
    last_change="",
    nodes=(),
    resources=(),
    # Fenced by a watchdog, so that no test needs a device.
    properties=(("have-watchdog", "true"), ("stonith-watchdog-timeout", "10s")),
)


def node(name: str, state: str = "online", *, running: int = 0) -> Node:
    """Return a member in ``state``, as crm_mon words it."""
    return Node(
        name=name,
        id=name,
        kind="member",
        host=None,
        state=state,
        is_online="OFFLINE" not in state and "offline" not in state,
        is_standby="standby" in state,
        is_maintenance="maintenance" in state,
        is_pending=state == "pending",
        is_unclean=state.startswith("UNCLEAN"),
        is_shutting_down=False,
        is_dc=False,
        health="green",
        resources_running=running,
    )


def primitive(
    name: str, role: str = "Started", *nodes: str, flags: tuple[str, ...] = ()
) -> Resource:
    """Return a primitive in ``role`` on ``nodes``."""
    return Resource(
        id=name,
        kind="primitive",
        agent="ocf:pacemaker:Dummy",
        role=role,
        nodes=nodes,
        flags=flags,
        is_failed=role.startswith("FAILED"),
        is_managed=not {"unmanaged", "maintenance", "blocked"}.intersection(flags),
        is_orphaned="ORPHANED" in flags,
    )


def holder(
    kind: ResourceKind, name: str, *children: Resource, flags: tuple[str, ...] = ()
) -> Resource:
    """Return a group, clone, bundle or replica of ``children``."""
    nodes = tuple(dict.fromkeys(each for child in children for each in child.nodes))
    return Resource(
        id=name, kind=kind, agent="", role="", nodes=nodes, flags=flags, children=children
    )


def cluster(
    *resources: Resource, nodes: tuple[Node, ...] | None = None, **other: object
) -> Cluster:
    """Return a healthy cluster of n1 and n2 with ``resources``; ``other`` replaces its fields."""
    members = (node("n1"), node("n2")) if nodes is None else nodes
    return replace(HEALTHY, nodes=members, resources=resources, **other)  # type: ignore[arg-type]
