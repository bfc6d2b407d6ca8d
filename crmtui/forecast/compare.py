"""Comparison of the scheduler's plans with and without a change, as a forecast of the change."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from crmtui.cluster.placement import placements
from crmtui.cluster.roles import lacks_promoted, primitives
from crmtui.cluster.state_words import ASSUMPTION
from crmtui.forecast.model import Forecast, ScheduledAction
from crmtui.forecast.sentence import all_actions, summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crmtui.cluster.model import Resource
    from crmtui.cluster.placement import Placements
    from crmtui.forecast.model import World
    from crmtui.forecast.simulation import Simulation


def compare(line: str, without: Simulation, with_it: Simulation) -> Forecast:
    """Return the forecast of ``line``.

    Args:
        line: The line of crm.
        without: Plan for the present CIB; without actions if the cluster is settled.
        with_it: Plan for the CIB after the line.
    """
    before = placements(without.before)
    anyway, after = placements(without.after), placements(with_it.after)
    actions = tuple(_explained(_beyond(with_it.actions, without.actions), with_it))
    fenced = tuple(node for node in with_it.fenced if node not in without.fenced)
    undecided = tuple(_undecided(without.before, with_it.after))
    forecast = Forecast(
        line=line,
        summary="",
        actions=actions,
        fenced=fenced,
        lost=tuple(_gone(before, anyway, after)),
        unpromoted=tuple(_unpromoted(before, anyway, after)),
        blocked=tuple(_beyond(with_it.blocked, without.blocked)),
        undecided=undecided,
        stays=tuple(_untouched(without.before, with_it)),
        is_quorum_lost=_loses_quorum(without.before, fenced, without.fenced),
        caveats=(
            *(_DECIDED.format(each) for each in undecided),
            *_devices(without.before, with_it.fenced),
        ),
        anyway=_anyway(without, with_it),
        averted=_averted(without, with_it),
        before=without.before,
        after=with_it.after,
    )
    return replace(forecast, summary=summary(forecast))


def assuming(forecast: Forecast) -> Forecast:
    """Return the forecast of a CIB without a status, whose starting state is assumed."""
    return replace(forecast, is_assumed=True, caveats=(ASSUMPTION, *forecast.caveats))


def _anyway(without: Simulation, with_it: Simulation) -> Forecast | None:
    """Return the actions that the scheduler plans with and without the line; None without any."""
    before, after = placements(without.before), placements(without.after)
    with_line = placements(with_it.after)
    fenced = tuple(node for node in without.fenced if node in with_it.fenced)
    shared = Forecast(
        line="",
        summary="",
        actions=tuple(_explained(_common(without.actions, with_it.actions), without)),
        fenced=fenced,
        lost=tuple(_gone(before, before, after, with_line)),
        unpromoted=tuple(_unpromoted(before, before, after, with_line)),
        blocked=tuple(_common(without.blocked, with_it.blocked)),
        is_quorum_lost=_loses_quorum(without.before, fenced),
        before=without.before,
        after=without.after,
    )
    is_something = shared.actions or shared.fenced or shared.blocked
    return replace(shared, summary=summary(shared)) if is_something else None


def _averted(without: Simulation, with_it: Simulation) -> Forecast | None:
    """Return the actions that the line prevents; None without any."""
    spared = Forecast(
        line="",
        summary="",
        actions=tuple(_explained(_beyond(without.actions, with_it.actions), without)),
        fenced=tuple(node for node in without.fenced if node not in with_it.fenced),
        before=without.before,
        after=without.after,
    )
    if not spared.actions and not spared.fenced:
        return None
    return replace(spared, summary=all_actions(spared))


def _untouched(before: World, with_it: Simulation) -> Iterator[str]:
    """Yield the outermost running resources that neither plan touches."""
    touched = {each.resource for each in with_it.actions}
    was, will = placements(before), placements(with_it.after)
    for top in before.resources:
        held = [each.id for each in primitives(top)]
        is_running = any(each.nodes for each in primitives(top))
        is_same = all(was.get(name) == will.get(name) for name in held)
        if is_running and is_same and touched.isdisjoint(held):
            yield top.id


def _common(
    actions: Iterable[ScheduledAction], others: Iterable[ScheduledAction]
) -> Iterator[ScheduledAction]:
    """Yield the actions that the others contain too; reasons do not count."""
    left = Counter(replace(each, reason="") for each in others)
    for each in actions:
        plain = replace(each, reason="")
        if left[plain]:
            left[plain] -= 1
            yield each


def _beyond(
    actions: Iterable[ScheduledAction], anyway: Iterable[ScheduledAction]
) -> Iterator[ScheduledAction]:
    """Yield the actions that the line adds to those planned anyway; reasons do not count."""
    left = Counter(replace(each, reason="") for each in anyway)
    for each in actions:
        plain = replace(each, reason="")
        if left[plain]:
            left[plain] -= 1
        else:
            yield each


def _gone(before: Placements, anyway: Placements, *afterwards: Placements) -> Iterator[str]:
    """Yield the primitives that run now and without the line, and afterwards nowhere."""
    for resource, nodes in before.items():
        if nodes and anyway.get(resource) and not any(each.get(resource) for each in afterwards):
            yield resource


def _unpromoted(before: Placements, anyway: Placements, *afterwards: Placements) -> Iterator[str]:
    """Yield the primitives that are promoted now and without the line, and afterwards only run."""
    for resource in before:
        is_promoted = all(_is_promoted(each, resource) for each in (before, anyway))
        is_kept = any(_is_promoted(each, resource) for each in afterwards)
        if is_promoted and not is_kept and afterwards[-1].get(resource):
            yield resource


def _is_promoted(placed: Placements, resource: str) -> bool:
    return any(
        role.endswith("Promoted") for roles in placed.get(resource, {}).values() for role in roles
    )


def _loses_quorum(before: World, fenced: Sequence[str], fenced_anyway: Sequence[str] = ()) -> bool:
    """Return true if half of the votes or more would be gone.

    Clusters of two nodes are left out: Corosync's ``two_node`` lets one node go on, and the CIB
    does not hold that option.
    """
    members = [node for node in before.nodes if node.kind == "member"]
    gone = {*fenced, *fenced_anyway}
    left = [node for node in members if node.is_online and node.name not in gone]
    is_any_gone = any(node.name in fenced for node in members)
    return is_any_gone and len(members) > 2 and 2 * len(left) <= len(members)


_DECIDED = "Where {} is promoted is decided by its agent, once it has started."


def _undecided(before: World, after: World) -> Iterator[str]:
    """Yield the promotable clones that start: their agents set the promotion scores later."""
    promoted = {top.id for top in before.resources if _has_promoted(top)}
    for top in after.resources:
        if lacks_promoted(top) and top.id not in promoted:
            yield top.id


def _devices(before: World, fenced: Sequence[str]) -> Iterator[str]:
    has_device = any(each.agent.startswith("stonith:") and each.nodes for each in before.walk())
    if fenced and not has_device:
        yield "No fencing device runs: the fencing will fail, and what waits for it will not happen."


def _has_promoted(top: Resource) -> bool:
    return any(each.role.endswith("Promoted") for each in primitives(top))


_VAGUE = frozenset(("", "node availability"))
"""Reasons of the scheduler that explain nothing."""


def _explained(
    actions: Iterable[ScheduledAction], simulation: Simulation
) -> Iterator[ScheduledAction]:
    """Yield the actions, with a reason from the cluster's state where the scheduler gives none."""
    away = {node.name: "standby" for node in simulation.after.nodes if node.is_standby}
    away |= {node.name: "maintenance" for node in simulation.after.nodes if node.is_maintenance}
    disabled = frozenset(
        each.id
        for top in simulation.after.resources
        for each in primitives(top)
        if "disabled" in (*each.flags, *top.flags)
    )
    placed = placements(simulation.after)
    for each in actions:
        leaves = each.source if each.source != each.target else ""
        if not leaves or each.reason not in _VAGUE:
            yield each
        elif leaves in simulation.fenced:
            yield replace(each, reason=f"{leaves} is fenced")
        elif leaves in away:
            yield replace(each, reason=f"{leaves} is in {away[leaves]}")
        elif each.resource not in placed:
            yield replace(each, reason="it is no longer configured")
        elif each.resource in disabled:
            yield replace(each, reason="its target role is Stopped")
        elif each.reason:
            left = f"{leaves} may not" if placed.get(each.resource) else "no node may"
            yield replace(each, reason=f"{left} run it")
        else:
            yield each
