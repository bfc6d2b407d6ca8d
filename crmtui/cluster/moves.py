"""Moves of resources between two snapshots of a cluster."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crmtui.cluster.change import ClusterChange
from crmtui.cluster.placement import Roles, has_failed, placements, started
from crmtui.cluster.roles import TRANSITIONAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crmtui.cluster.model import Cluster, Resource


_HELD = frozenset(("Promoted", "FAILED Promoted", "Demoting"))
"""Roles of an instance that is not demoted yet."""


def moves(old: Cluster, new: Cluster) -> Iterator[ClusterChange]:
    """Yield the starts, stops, moves and changes of role, past and imminent."""
    was, now = placements(old), placements(new)
    before, after = started(was, was), started(was, now)
    for resource in dict.fromkeys((*after, *before)):
        yield from _placed(resource, before.get(resource, {}), after.get(resource, {}))
    known = {(resource, _of_interest(role, nodes)) for resource, role, nodes in _underway(old)}
    for resource, role, nodes in dict.fromkeys(_underway(new)):
        if (resource, _of_interest(role, nodes)) not in known:
            where = f" on {nodes}" if nodes else ""
            yield ClusterChange("role", resource, f"{resource} is {role.lower()}{where}")


def _of_interest(role: str, nodes: str) -> tuple[str, str]:
    """Return the identity of an action under way: a migration is on two nodes in turn."""
    return (role, "") if role == "Migrating" else (role, nodes)


def _placed(
    resource: str, was: Mapping[str, Roles], now: Mapping[str, Roles]
) -> Iterator[ClusterChange]:
    gone = [node for node in was if node not in now]
    come = [node for node in now if node not in was]
    if len(was) == len(now) == len(gone) == 1 and not has_failed(now[come[0]]):
        yield ClusterChange("moved", resource, f"{resource} moved {gone[0]} → {come[0]}")
        if now[come[0]] != was[gone[0]]:
            yield from _in_role(resource, come[0], (), now[come[0]])
        return
    if set(was.values()) == {("Migrating",)} and len(was) > 1 and len(now) == 1 and not come:
        # crm_mon does not tell which of a migration's two nodes is the source.
        yield ClusterChange("moved", resource, f"{resource} migrated, now on {next(iter(now))}")
        gone = []
    for node in gone:
        yield ClusterChange("stopped", resource, f"{resource} stopped on {node}")
    for node in come:
        arrived = tuple(_in_role(resource, node, (), now[node]))
        yield from arrived or (ClusterChange("started", resource, f"{resource} started on {node}"),)
    for node in now:
        if node in was:
            yield from _on_node(resource, node, was[node], now[node])


def _on_node(resource: str, node: str, was: Roles, now: Roles) -> Iterator[ClusterChange]:
    if len(was) == len(now) or (len(was) < len(now) and has_failed(now) and not has_failed(was)):
        yield from _in_role(resource, node, was, now)
    elif len(was) < len(now):
        more = len(now) - len(was)
        yield ClusterChange("started", resource, f"{resource} started on {node} ({more} more)")
    else:
        fewer = len(was) - len(now)
        yield ClusterChange("stopped", resource, f"{resource} stopped on {node} ({fewer} fewer)")


def _in_role(resource: str, node: str, was: Roles, now: Roles) -> Iterator[ClusterChange]:
    """Yield the notable changes of one resource's roles on one node."""
    if was == now:
        return
    had_failed, fails = has_failed(was), has_failed(now)
    if fails and not had_failed:
        yield ClusterChange("role", resource, f"{resource} is FAILED on {node}")
    elif had_failed and not fails and not TRANSITIONAL.intersection(now):
        yield ClusterChange("role", resource, f"{resource} recovered on {node}")
    # A promotion that failed leaves the role FAILED Promoted, which is no promotion.
    if now.count("Promoted") > _held(was):
        yield ClusterChange("role", resource, f"{resource} promoted on {node}")
    elif _held(now) < _held(was) and "Unpromoted" in now:
        yield ClusterChange("role", resource, f"{resource} demoted on {node}")


def _held(given: Roles) -> int:
    return sum(role in _HELD for role in given)


def _underway(cluster: Cluster) -> Iterator[tuple[str, str, str]]:
    for each in cluster.walk():
        if each.kind == "primitive" and each.role in TRANSITIONAL:
            yield each.id, each.role, " ".join(each.nodes)


def flags(old: Cluster, new: Cluster) -> Iterator[ClusterChange]:
    """Yield the flags that resources gained and lost."""
    before = {resource.id: _flags_by_id(resource) for resource in old.resources}
    for resource in new.resources:
        if resource.id in before:
            yield from _flag_changes(resource, before[resource.id], frozenset())


def _flags_by_id(resource: Resource) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for each in resource.walk():
        found[each.id] = found.get(each.id, frozenset()) | frozenset(each.flags)
    return found


def _flag_changes(
    resource: Resource, before: Mapping[str, frozenset[str]], told: frozenset[str]
) -> Iterator[ClusterChange]:
    """Yield the gained and lost flags, once for a collection whose members share them."""
    now = _flags_by_id(resource)[resource.id]
    was = before.get(resource.id, now)
    come, gone = now - was - told, was - now - told
    for flag in sorted(come):
        yield ClusterChange("flag", resource.id, f"{resource.id} is now {flag}")
    for flag in sorted(gone):
        yield ClusterChange("flag", resource.id, f"{resource.id} is no longer {flag}")
    seen: set[str] = set()
    for child in resource.children:
        if child.id not in seen:
            seen.add(child.id)
            yield from _flag_changes(_together(child, resource), before, told | come | gone)


def _together(child: Resource, parent: Resource) -> Resource:
    """Return ``child`` with the flags of all of its instances in ``parent``."""
    return replace(child, flags=tuple(_flags_by_id(parent)[child.id]))
