"""Verdict on a cluster: one word and the single worst reason.

The verdict on a resource is kept while the resource stays the same, as most of a large cluster
does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from crmtui.cluster import roles, state_words
from crmtui.cluster.devices import fencing_off

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cluster.model import Cluster, FenceEvent, Node, Resource

VerdictWord = Literal["OK", "WARN", "CRIT"]

_NOT_RUNNING = {
    "init": "starting",
    "starting_daemons": "starting",
    "wait_for_ping": "waiting for SBD",
    "shutting_down": "shutting down",
    "shutdown_complete": "stopped",
}
"""States of pacemakerd except running and remote (source: Pacemaker's pacemakerd API)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Judgement of a cluster's health."""

    word: VerdictWord
    """``CRIT``: a service or the cluster needs an administrator now; ``WARN``: have a look soon."""
    reason: str
    """Short sentence that names the object."""


def judge(cluster: Cluster) -> Verdict:
    """Return the verdict on ``cluster``, with its worst concern as the reason."""
    worst = next(_concerns(cluster), None)
    return worst or Verdict("OK", f"{state_words.count(cluster).resources_words}.")


def concerns(cluster: Cluster) -> tuple[Verdict, ...]:
    """Return every concern about ``cluster``, worst first."""
    return tuple(_concerns(cluster))


def _concerns(cluster: Cluster) -> Iterator[Verdict]:
    yield from (Verdict("CRIT", reason) for reason in _critical(cluster))
    yield from (Verdict("WARN", reason) for reason in _warnings(cluster))


def _critical(cluster: Cluster) -> Iterator[str]:
    if cluster.dc is None:
        yield "There is no DC: nothing is decided."
    elif not cluster.has_quorum:
        yield f"There is no quorum (no-quorum-policy is {cluster.no_quorum_policy})."
    for node in cluster.nodes:
        if node.is_unclean:
            yield f"{node.name} is {node.state}."
    yield from (_fencing_failed(event) for event in _open_fencing(cluster, is_target_up=False))
    faults = [_faults(top) for top in cluster.resources]
    for kind in zip(*faults, strict=True):
        yield from (line for lines in kind for line in lines)
    yield from _absences(cluster)


@lru_cache(maxsize=4096)
def _faults(top: Resource) -> tuple[tuple[str, ...], ...]:
    """Return the blocked, failed and multiply active resources, in this order of weight."""
    primitives = tuple(roles.primitives(top))
    failed = [p for p in primitives if p.is_failed and "failure ignored" not in p.flags]
    return (
        tuple(f"{p.id} is blocked{_on(p)}." for p in primitives if "blocked" in p.flags),
        tuple(f"{p.id} is {p.role}{_on(p)}." for p in failed),
        tuple(f"{p.id} runs{_on(p)} at once." for p in primitives if roles.is_multiply_active(p)),
    )


def _absences(cluster: Cluster) -> Iterator[str]:
    """Yield the missing resources, unless one of the cluster's own settings explains them."""
    if cluster.is_stopping_all or cluster.is_maintenance or _closed_tickets(cluster):
        return
    for resource in cluster.resources:
        yield from (f"{name} is stopped." for name in _missing(resource))
    for resource in cluster.resources:
        yield from (f"{name} has no promoted instance." for name in _lacking(resource))


@lru_cache(maxsize=4096)
def _missing(top: Resource) -> tuple[str, ...]:
    return tuple(each.id for each in roles.missing(top))


@lru_cache(maxsize=4096)
def _lacking(top: Resource) -> tuple[str, ...]:
    return tuple(each.id for each in top.walk() if roles.lacks_promoted(each))


def _warnings(cluster: Cluster) -> Iterator[str]:
    if cluster.is_stopping_all:
        yield "The cluster stops all resources (stop-all-resources is set)."
    if cluster.pacemaker_state in _NOT_RUNNING:
        yield f"Pacemaker is {_NOT_RUNNING[cluster.pacemaker_state]} on the node that answers."
    if cluster.is_maintenance:
        yield "The cluster is in maintenance mode: no resource is managed."
    for node in cluster.nodes:
        yield from _node_warnings(node)
    yield from (_fencing_failed(event) for event in _open_fencing(cluster, is_target_up=True))
    for failed in cluster.failures:
        yield f"Failed action: {state_words.failure(failed)}."
    yield from _ticket_warnings(cluster)
    for resource in cluster.resources:
        yield from _warnings_of(resource)
    if not cluster.is_maintenance:
        yield from (line for top in cluster.resources for line in _unmanaged_of(top))
    for attribute in cluster.attributes:
        if attribute.expected is not None and attribute.value != attribute.expected:
            sees = f"{attribute.name} is {attribute.value or 'unknown'}"
            yield f"{attribute.node} has lost connections: {sees}, expected {attribute.expected}."
    if cluster.is_mixed_version:
        yield "The nodes run different versions of Pacemaker."
    if not cluster.is_fencing_known:
        yield "The history of fencing cannot be read."
    yield from filter(None, (fencing_off(cluster),))


def _node_warnings(node: Node) -> Iterator[str]:
    if node.is_unclean:
        return
    # A guest's node comes and goes with its resource, which has a verdict of its own.
    if node.state != "online" and not (node.kind == "guest" and not node.is_online):
        yield f"{node.name} is {node.state}."
    if node.is_online and node.is_shutting_down:
        yield f"{node.name} is shutting down."
    if node.health != "green":
        yield f"{node.name}: health is {node.health.upper()}."


def _ticket_warnings(cluster: Cluster) -> Iterator[str]:
    """Yield the resources that are stopped while a ticket is not held, and may wait for it."""
    tickets = ", ".join(_closed_tickets(cluster))
    if not tickets or cluster.is_stopping_all or cluster.is_maintenance:
        return
    for resource in cluster.resources:
        for each in roles.missing(resource):
            yield f"{each.id} is stopped (ticket not held: {tickets})."


@lru_cache(maxsize=4096)
def _warnings_of(top: Resource) -> tuple[str, ...]:
    return tuple(_resource_warnings(top))


@lru_cache(maxsize=4096)
def _unmanaged_of(top: Resource) -> tuple[str, ...]:
    return tuple(_unmanaged(top))


def _resource_warnings(resource: Resource) -> Iterator[str]:
    if resource.kind == "bundle" and roles.is_running(resource):
        stopped = sum(bool(roles.missing(replica)) for replica in resource.children)
        if stopped:
            yield f"{resource.id}: {stopped} of {len(resource.children)} replicas are stopped."
    for each in roles.primitives(resource):
        if each.is_failed and "failure ignored" in each.flags:
            yield f"{each.id} is {each.role}{_on(each)}, which is ignored."
        # A stopped orphan is only the record of a probe, as beside a clone with fewer instances.
        if each.is_orphaned and each.nodes:
            yield f"{each.id} is orphaned{_on(each)}: it runs without being configured."
        if each.role in roles.TRANSITIONAL and not each.is_failed:
            yield f"{each.id} is {each.role.lower()}{_on(each)}."


def _unmanaged(resource: Resource) -> Iterator[str]:
    """Yield unmanaged resources, outermost only; blocked ones have been named already."""
    if "maintenance" in resource.flags:
        yield f"{resource.id} is in maintenance."
    elif "unmanaged" in resource.flags:
        yield f"{resource.id} is unmanaged."
    else:
        # Instances of a clone share their id.
        yield from dict.fromkeys(line for child in resource.children for line in _unmanaged(child))


def _on(resource: Resource) -> str:
    return f" on {', '.join(resource.nodes)}" if resource.nodes else ""


def _closed_tickets(cluster: Cluster) -> tuple[str, ...]:
    return tuple(t.id for t in cluster.tickets if t.status != "granted" or t.is_standby)


def _open_fencing(cluster: Cluster, *, is_target_up: bool) -> Iterator[FenceEvent]:
    """Yield the failed fencing of each node without a later success.

    crm_mon lists the newest first. A node that is back online needs no more fencing, yet its
    fencing device still needs a look.
    """
    seen: set[str] = set()
    for event in cluster.fencing:
        if event.target in seen:
            continue
        seen.add(event.target)
        node = cluster.node(event.target)
        is_up = node is not None and node.is_online and not node.is_unclean
        if event.status == "failed" and is_up is is_target_up:
            yield event


def _fencing_failed(event: FenceEvent) -> str:
    why = f": {event.reason}" if event.reason else ""
    return f"Fencing of {event.target} ({event.action}) failed{why}."
