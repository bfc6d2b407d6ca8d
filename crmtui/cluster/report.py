"""Report of a cluster: JSON for programs, text for a mail."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from crmtui.cluster import state_words
from crmtui.cluster.verdict import Verdict, concerns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crmtui.cluster.model import Ban, Cluster, Failure, Node, Resource

WIDTH = 80
"""Width of a mail, in columns."""


def to_json(cluster: Cluster, verdict: Verdict) -> dict[str, Any]:
    """Return ``cluster`` as plain lists, dictionaries, strings, numbers and booleans.

    Names and values keep their meaning from release to release; new ones may be added.
    """
    return {
        "cluster": {
            "name": cluster.name,
            "stack": cluster.stack,
            "dc": cluster.dc,
            "quorum": cluster.has_quorum,
            "maintenance_mode": cluster.is_maintenance,
            "nodes_configured": cluster.nodes_configured,
            "resources_configured": cluster.resources_configured,
            "verdict": verdict.word,
            "reason": verdict.reason,
            "assumed": cluster.is_assumed,
        },
        "nodes": [_node_json(node) for node in cluster.nodes],
        "resources": [_resource_json(resource) for resource in cluster.resources],
        "failures": [_failure_json(failed) for failed in cluster.failures],
        "fencing": [
            {
                "target": event.target,
                "action": event.action,
                "status": event.status,
                "client": event.client,
                "origin": event.origin,
                "delegate": event.delegate,
                "completed": event.completed,
                "reason": event.reason,
            }
            for event in cluster.fencing
        ],
        "tickets": [
            {
                "id": ticket.id,
                "status": ticket.status,
                "standby": ticket.is_standby,
                "last_granted": ticket.last_granted,
            }
            for ticket in cluster.tickets
        ],
        "bans": [
            {
                "id": ban.id,
                "resource": ban.resource,
                "node": ban.node,
                "weight": ban.weight,
                "promoted_only": ban.promoted_only,
            }
            for ban in cluster.bans
        ],
    }


def _node_json(node: Node) -> dict[str, Any]:
    return {
        "name": node.name,
        "id": node.id,
        "kind": node.kind,
        "host": node.host,
        "state": node.state,
        "dc": node.is_dc,
        "health": node.health,
        "resources_running": node.resources_running,
    }


def _resource_json(resource: Resource) -> dict[str, Any]:
    return {
        "id": resource.id,
        "kind": resource.kind,
        "agent": resource.agent,
        "role": resource.role,
        "nodes": list(resource.nodes),
        "flags": list(resource.flags),
        "children": [_resource_json(child) for child in resource.children],
    }


def _failure_json(failed: Failure) -> dict[str, Any]:
    return {
        "resource": failed.resource,
        "operation": failed.operation,
        "node": failed.node,
        "status": failed.status,
        "exit": failed.exit,
        "reason": failed.reason,
        "when": failed.when,
    }


def to_text(cluster: Cluster, verdict: Verdict, taken: str) -> str:
    """Return ``cluster`` as text of 80 columns, the worst first.

    Only names from the cluster and messages of agents may hold other characters than ASCII.

    Args:
        cluster: The cluster.
        verdict: Judgement of the cluster.
        taken: Time of the snapshot, in words.
    """
    sections = [
        ("", _head(cluster, verdict, taken)),
        ("Concerns", [f"{each.word:<4}  {each.reason}" for each in concerns(cluster)]),
        ("Failed actions", map(_failed, cluster.failures)),
        ("Nodes", _nodes(cluster)),
        ("Resources", (line for top in cluster.resources for line in _tree(top, ""))),
        ("Fail counts", _failcounts(cluster)),
        ("Fencing", _fencing(cluster)),
        ("Tickets", _tickets(cluster)),
        ("Negative location constraints", map(_ban, cluster.bans)),
    ]
    written = (_section(title, lines) for title, lines in sections)
    return "\n\n".join(filter(None, written)) + "\n"


def _ban(ban: Ban) -> str:
    return f"{state_words.ban(ban)} ({state_words.weight(ban)}, {ban.id})"


def _head(cluster: Cluster, verdict: Verdict, taken: str) -> list[str]:
    counts = state_words.count(cluster)
    dc = f"DC {cluster.dc}" if cluster.dc else "no DC"
    quorum = "with quorum" if cluster.has_quorum else "WITHOUT quorum"
    version = f", Pacemaker {cluster.version}" if cluster.version else ""
    return [
        f"{verdict.word}: {verdict.reason}",
        *([state_words.ASSUMPTION] if cluster.is_assumed else []),
        "",
        f"Cluster    {cluster.name or '(no name)'}, {dc}, {quorum}",
        f"Stack      {cluster.stack}{version}",
        f"Nodes      {counts.nodes_words}",
        f"Resources  {counts.resources_words}",
        f"Seen       {taken}",
        f"Changed    {cluster.last_change or 'unknown'}",
    ]


def _section(title: str, lines: Iterable[str]) -> str:
    body = [_wrapped(line) for line in lines]
    if not body:
        return ""
    return "\n".join([title, "-" * len(title), *body] if title else body)


def _wrapped(line: str) -> str:
    """Return ``line`` broken at 80 columns, with deeper indented continuation lines."""
    indent = " " * (len(line) - len(line.lstrip()) + 6)
    broken = textwrap.wrap(
        line, WIDTH, subsequent_indent=indent, break_on_hyphens=False, drop_whitespace=True
    )
    return "\n".join(broken)


def _failed(failed: Failure) -> str:
    when = f", {failed.when}" if failed.when else ""
    return f"{state_words.failure(failed)}{when}"


def _nodes(cluster: Cluster) -> Iterator[str]:
    width = max((len(node.name) for node in cluster.nodes), default=0)
    # Unhealthy nodes stand first; the sort keeps the cluster's own order otherwise.
    for node in sorted(cluster.nodes, key=lambda node: (not node.is_unclean, node.is_online)):
        kind = "" if node.kind == "member" else f", {node.kind} node"
        host = f" on {node.host}" if node.host else ""
        dc = ", DC" if node.is_dc else ""
        health = "" if node.health == "green" else f", health {node.health}"
        runs = f"{node.resources_running} running"
        yield f"{node.name:<{width}}  {node.state}{kind}{host}{dc}{health}, {runs}"


def _tree(resource: Resource, indent: str) -> Iterator[str]:
    what = resource.agent if resource.kind == "primitive" else resource.kind
    about = (
        state_words.state(resource) if resource.kind == "primitive" else ", ".join(resource.flags)
    )
    yield f"{indent}{resource.id} [{what}] {about}".rstrip()
    for child in resource.children:
        yield from _tree(child, indent + "  ")


def _failcounts(cluster: Cluster) -> Iterator[str]:
    for each in cluster.failcounts:
        limit = f" of {each.threshold}" if each.threshold else ""
        last = f", last {each.last_failure}" if each.last_failure else ""
        yield f"{each.resource} on {each.node}: {each.count}{limit}{last}"


def _fencing(cluster: Cluster) -> Iterator[str]:
    for event in cluster.fencing:
        why = f": {event.reason}" if event.reason else ""
        when = f", {event.completed}" if event.completed else ""
        yield f"{event.action} of {event.target}: {event.status}{why}{when} (by {event.client})"


def _tickets(cluster: Cluster) -> Iterator[str]:
    for ticket in cluster.tickets:
        standby = ", standby" if ticket.is_standby else ""
        last = f", last granted {ticket.last_granted}" if ticket.last_granted else ""
        yield f"{ticket.id}: {ticket.status}{standby}{last}"
