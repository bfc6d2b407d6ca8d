"""Verbs for a node: standby, maintenance, fencing and their ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cluster.devices import fencing_option
from crmtui.verbs.verb import Scene, Verb

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.cluster.model import Cluster, Node

ON_FAIL = "standby (on-fail)"
"""crm_mon's words for a node that Pacemaker put into standby because an operation failed."""


def _about(why_not: Callable[[Cluster, Node], str]) -> Callable[[Scene, str], str]:
    def told(scene: Scene, name: str) -> str:
        node = scene.cluster.node(name)
        return f"There is no node {name}." if node is None else why_not(scene.cluster, node)

    return told


def _no_standby(_cluster: Cluster, node: Node) -> str:
    return f"{node.name} is in standby already." if node.is_standby else ""


def _no_standby_until_reboot(cluster: Cluster, node: Node) -> str:
    if not node.is_online:
        return f"{node.name} is offline: it would be out of standby when it comes back."
    return _no_standby(cluster, node)


def _no_online(_cluster: Cluster, node: Node) -> str:
    if node.state == ON_FAIL:
        return f"A failure holds {node.name} in standby (on-fail): clean up the failed resource."
    return "" if node.is_standby else f"{node.name} is not in standby."


def _no_maintenance(_cluster: Cluster, node: Node) -> str:
    return f"{node.name} is in maintenance already." if node.is_maintenance else ""


def _no_ready(_cluster: Cluster, node: Node) -> str:
    return "" if node.is_maintenance else f"{node.name} is not in maintenance."


def _no_fence(cluster: Cluster, node: Node) -> str:
    if not cluster.is_fencing_enabled:
        return f"Fencing is disabled ({fencing_option(cluster)} is false): no node can be fenced."
    if not node.is_online and not node.is_unclean:
        return f"{node.name} is offline already, and cleanly: there is nothing to fence."
    return ""


def _no_clearstate(_cluster: Cluster, node: Node) -> str:
    if node.is_online:
        return f"{node.name} is online: only of a node that is surely off may the state be cleared."
    return ""


ON_NODES: tuple[Verb, ...] = (
    Verb("node.standby", "node standby {names}", _about(_no_standby)),
    Verb("node.standby_reboot", "node standby {names} reboot", _about(_no_standby_until_reboot)),
    Verb("node.online", "node online {names}", _about(_no_online)),
    Verb("node.maintenance", "node maintenance {name}", _about(_no_maintenance)),
    Verb("node.ready", "node ready {name}", _about(_no_ready)),
    Verb("node.fence", "node fence {name}", _about(_no_fence), question="Fencing "),
    Verb(
        "node.clearstate",
        "node clearstate {name}",
        _about(_no_clearstate),
        question="Do you really want to drop state for node ",
    ),
)
