"""Changes between two snapshots of a cluster, one sentence each, for the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cluster import state_words
from crmtui.cluster.change import ClusterChange
from crmtui.cluster.crm_mon.reuse import differing
from crmtui.cluster.moves import flags, moves

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crmtui.cluster.model import Cluster, FenceEvent, Node

__all__ = ["ClusterChange", "changes", "fencing_changes"]


def changes(old: Cluster, new: Cluster) -> tuple[ClusterChange, ...]:
    """Return the changes from ``old`` to ``new``: the cluster, then nodes, then resources."""
    # Nearly all of a large cluster is the same in both, and is not compared again.
    old, new = differing(old, new)
    return (
        *_whole(old, new),
        *_options(old, new),
        *_nodes(old, new),
        *_fencing(old, new),
        *_failures(old, new),
        *_configured(old, new),
        *moves(old, new),
        *flags(old, new),
        *_tickets(old, new),
        *_bans(old, new),
    )


def _whole(old: Cluster, new: Cluster) -> Iterator[ClusterChange]:
    if old.has_quorum != new.has_quorum:
        verb = "gained" if new.has_quorum else "lost"
        yield ClusterChange("quorum", new.name, f"quorum {verb}")
    if old.dc != new.dc:
        if new.dc is None:
            yield ClusterChange("dc", str(old.dc), f"{old.dc} is no longer DC, there is none")
        else:
            was = f" (was {old.dc})" if old.dc else ""
            yield ClusterChange("dc", new.dc, f"{new.dc} is now DC{was}")


def _options(old: Cluster, new: Cluster) -> Iterator[ClusterChange]:
    before = dict(old.options)
    for name, value in new.options:
        was = before.get(name)
        if was is not None and was != value:
            yield ClusterChange("option", name, f"{name} is now {value} (was {was})")


def _nodes(old: Cluster, new: Cluster) -> Iterator[ClusterChange]:
    before = {node.name: node for node in old.nodes}
    after = {node.name: node for node in new.nodes}
    for name, node in after.items():
        was = before.get(name)
        if was is None:
            yield ClusterChange("node", name, f"{name} is new and {node.state}")
        else:
            yield from _node(was, node)
    for name in before:
        if name not in after:
            yield ClusterChange("node", name, f"{name} is no longer a node of the cluster")


def _node(was: Node, now: Node) -> Iterator[ClusterChange]:
    if was.state != now.state:
        yield ClusterChange("node", now.name, f"{now.name} is now {now.state}")
    if now.is_shutting_down and now.is_online and not was.is_shutting_down:
        yield ClusterChange("node", now.name, f"{now.name} is shutting down")
    if was.health != now.health:
        yield ClusterChange("node", now.name, f"health of {now.name} is now {now.health.upper()}")


def _fencing(old: Cluster, new: Cluster) -> Iterator[ClusterChange]:
    known = set(old.fencing)
    yield from fencing_changes(event for event in reversed(new.fencing) if event not in known)


def fencing_changes(events: Iterable[FenceEvent]) -> Iterator[ClusterChange]:
    """Yield the change that each entry of the fencing history tells."""
    for event in events:
        why = f": {event.reason}" if event.reason else ""
        said = {
            "success": f"{event.target} was fenced ({event.action})",
            "failed": f"fencing of {event.target} ({event.action}) failed{why}",
        }.get(event.status, f"{event.target} is being fenced ({event.action})")
        yield ClusterChange("fencing", event.target, said)


def _failures(old: Cluster, new: Cluster) -> Iterator[ClusterChange]:
    before = {(f.node, f.key, f.when): f for f in old.failures}
    after = {(f.node, f.key, f.when): f for f in new.failures}
    for each, failed in after.items():
        if each not in before:
            where = f"{_task(failed.operation)} of {failed.resource} failed on {failed.node}"
            yield ClusterChange(
                "failed", failed.resource, f"{where}: {state_words.outcome(failed)}"
            )
    still = {(f.node, f.key) for f in new.failures}
    for (node, key, _), failed in before.items():
        if (node, key) not in still:
            what = f"failed {_task(failed.operation)} of {failed.resource} on {node}"
            yield ClusterChange("cleaned", failed.resource, f"{what} is forgotten")


def _task(operation: str) -> str:
    return operation.rpartition(" ")[2]


def _configured(old: Cluster, new: Cluster) -> Iterator[ClusterChange]:
    before = {resource.id for resource in old.resources}
    after = {resource.id for resource in new.resources}
    for resource in new.resources:
        if resource.id not in before:
            yield ClusterChange("configured", resource.id, f"{resource.id} is new")
    for resource in old.resources:
        if resource.id not in after:
            yield ClusterChange("configured", resource.id, f"{resource.id} is no longer configured")


def _tickets(old: Cluster, new: Cluster) -> Iterator[ClusterChange]:
    before = {ticket.id: ticket for ticket in old.tickets}
    for ticket in new.tickets:
        was = before.get(ticket.id)
        if was is None or was.status != ticket.status:
            yield ClusterChange("ticket", ticket.id, f"ticket {ticket.id} is now {ticket.status}")
        if ticket.is_standby != (was is not None and was.is_standby):
            state = "in standby" if ticket.is_standby else "active"
            yield ClusterChange("ticket", ticket.id, f"ticket {ticket.id} is now {state}")


def _bans(old: Cluster, new: Cluster) -> Iterator[ClusterChange]:
    for ban in new.bans:
        if ban not in old.bans:
            sentence = f"{state_words.ban(ban)} ({state_words.weight(ban)}, {ban.id})"
            yield ClusterChange("ban", ban.resource, sentence)
    still = {(ban.id, ban.resource, ban.node) for ban in new.bans}
    for ban in old.bans:
        if (ban.id, ban.resource, ban.node) not in still:
            yield ClusterChange("ban", ban.resource, state_words.ban(ban, is_over=True))
