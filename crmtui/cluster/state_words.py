"""State words of ``crm_mon`` for values of the cluster, for lines and headers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from crmtui.cib.scores import location_verb
from crmtui.cluster.crm_mon.reuse import kept
from crmtui.cluster.roles import TRANSITIONAL, is_running, is_transitional, primitives, shared

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.cluster.model import Ban, Cluster, Failure, Resource


ASSUMED = "assumed: this CIB has no status"
"""Words beside a state that no node has reported."""
ASSUMPTION = "Assumed: this CIB has no status, so every node is taken to be online."
"""Sentence for a state that no node has reported."""
HAS_STATUS = "This CIB has a status now: nothing is assumed any more."
"""Sentence for a CIB that has a status after none before."""


def state(resource: Resource) -> str:
    """Return role, nodes and flags in one line: ``FAILED Promoted n1 (UNCLEAN, blocked)``."""
    nodes = " ".join(resource.nodes)
    where = f"[ {nodes} ]" if len(resource.nodes) > 1 else nodes
    flags = f"({', '.join(resource.flags)})" if resource.flags else ""
    return " ".join(filter(None, (resource.role, where, flags)))


@lru_cache(maxsize=4096)
def role(resource: Resource) -> str:
    """Return the role of a resource; of members in several roles the worst: ``1 of 3 stopped``."""
    known = resource.role or shared(resource.children)
    if known or not resource.children:
        return known or "stopped"
    roles = [role(child) for child in resource.children]
    total = len(roles)
    for word, is_meant in _ROLES:
        found = sum(map(is_meant, roles))
        if found:
            return f"{found} of {total} {word}"
    return "running" if is_running(resource) else "stopped"


_ROLES: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("FAILED", lambda role: "FAILED" in role),
    ("stopped", lambda role: "stopped" in role.lower()),
    ("on the way", lambda role: role in TRANSITIONAL or "on the way" in role),
    ("Promoted", lambda role: "Promoted" in role),
)
"""Words for members in several roles, the worst first, each with a test for the role."""


def failure(failed: Failure) -> str:
    """Return a failed action as one line: ``10s-interval monitor of db on n2: not running``."""
    return f"{failed.operation} of {failed.resource} on {failed.node}: {outcome(failed)}"


def outcome(failed: Failure) -> str:
    """Return the end of a failed action, with the agent's reason: ``Timed Out (gave up)``.

    A completed action ends with its exit status, any other one with the status of its execution.
    """
    is_complete = failed.status.lower() in ("complete", "done", "")
    ended = (failed.exit if is_complete else failed.status) or "unknown"
    return f"{ended} ({failed.reason})" if failed.reason else ended


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of nodes and resources that are up."""

    nodes_online: int
    nodes: int
    """Number of nodes, except those of bundles, which come and go with their replicas."""
    resources_running: int
    """Number of running resources, except those on an unclean offline node, whose state is unknown."""
    resources: int
    """Number of primitive instances, except a running clone's stopped ones, which are not missed."""
    resources_unclean: int
    """Number of resources that ran on a node which is unclean and offline now."""
    resources_disabled: int
    """Number of disabled resources, as crm_mon counts them."""
    resources_blocked: int

    @property
    def nodes_words(self) -> str:
        """Words for the nodes: ``2/3 nodes online``."""
        return f"{self.nodes_online}/{self.nodes} {_plural(self.nodes, 'node')} online"

    @property
    def resources_words(self) -> str:
        """Words for the resources: ``7/9 resources running, 1 UNCLEAN, 1 disabled``."""
        total = f"{self.resources_running}/{self.resources} {_plural(self.resources, 'resource')}"
        rest = (
            (self.resources_unclean, "UNCLEAN"),
            (self.resources_disabled, "disabled"),
            (self.resources_blocked, "blocked"),
        )
        return ", ".join([f"{total} running", *(f"{n} {word}" for n, word in rest if n)])


@dataclass(frozen=True, slots=True)
class _Counted:
    running: int
    unclean: int
    wanted: int
    bundled: frozenset[str]


@lru_cache(maxsize=4096)
def _counted(top: Resource) -> _Counted:
    wanted = _wanted(top)
    bundles = (each for each in top.walk() if each.kind == "bundle")
    return _Counted(
        running=sum(bool(each.nodes) and "UNCLEAN" not in each.flags for each in wanted),
        unclean=sum("UNCLEAN" in each.flags for each in wanted),
        wanted=len(wanted),
        bundled=frozenset(each.id for bundle in bundles for each in primitives(bundle)),
    )


@kept
def count(cluster: Cluster) -> Counts:
    """Return the numbers of nodes and resources that are up."""
    counted = [_counted(top) for top in cluster.resources]
    bundled = {name for each in counted for name in each.bundled}
    nodes = [node for node in cluster.nodes if node.resource not in bundled]
    return Counts(
        nodes_online=sum(node.is_online and not node.is_pending for node in nodes),
        nodes=len(nodes),
        resources_running=sum(each.running for each in counted),
        resources=sum(each.wanted for each in counted),
        resources_unclean=sum(each.unclean for each in counted),
        resources_disabled=cluster.resources_disabled,
        resources_blocked=cluster.resources_blocked,
    )


def _wanted(resource: Resource) -> list[Resource]:
    if resource.kind != "clone" or not resource.children:
        return list(primitives(resource))
    up = [child for child in resource.children if is_running(child) or is_transitional(child)]
    return [each for child in up or resource.children[:1] for each in primitives(child)]


def _plural(number: int, noun: str) -> str:
    return noun if number == 1 else f"{noun}s"


def ban(given: Ban, *, is_over: bool = False) -> str:
    """Return the effect of a negative location: only -INFINITY bans, other scores are outweighed."""
    resource = f"Promoted {given.resource}" if given.promoted_only else given.resource
    if location_verb(given.weight) == "bans":
        verb = "is no longer banned from" if is_over else "is banned from"
    else:
        verb = "no longer avoids" if is_over else "avoids"
    return f"{resource} {verb} {given.node}"


def weight(given: Ban) -> str:
    """Return the score of a negative location, with Pacemaker's word for its infinity."""
    return "-INFINITY" if location_verb(given.weight) == "bans" else given.weight
