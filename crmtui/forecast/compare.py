"""From what the scheduler would do with and without a change to a forecast of the change."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from crmtui.cluster.placement import placements
from crmtui.cluster.roles import lacks_promoted, primitives
from crmtui.forecast.model import Action, Forecast
from crmtui.forecast.sentence import summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crmtui.cluster.model import Resource
    from crmtui.cluster.placement import Placements
    from crmtui.forecast.model import World
    from crmtui.forecast.simulation import Simulation


def compare(line: str, without: Simulation, with_it: Simulation) -> Forecast:
    """Return what ``line`` would do.

    Args:
        line: The line.
        without: What the scheduler would do with the CIB as it is: nothing, if it is settled.
        with_it: What it would do after the line.
    """
    before = placements(without.before)
    anyway, after = placements(without.after), placements(with_it.after)
    actions = tuple(_explained(_beyond(with_it.actions, without.actions), with_it))
    touched = {each.resource for each in actions}
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
        stays=tuple(
            top.id
            for top in without.before.resources
            if any(each.nodes for each in primitives(top))
            and touched.isdisjoint(each.id for each in primitives(top))
        ),
        is_quorum_lost=_loses_quorum(without.before, fenced),
        caveats=(
            *_caveats(without),
            *(_DECIDED.format(each) for each in undecided),
            *_devices(without.before, fenced),
        ),
        before=without.before,
        after=with_it.after,
    )
    return replace(forecast, summary=summary(forecast))


def _beyond(actions: Iterable[Action], anyway: Iterable[Action]) -> Iterator[Action]:
    """Yield the actions that would not be done anyway; a reason is not part of an action."""
    left = Counter(replace(each, reason="") for each in anyway)
    for each in actions:
        plain = replace(each, reason="")
        if left[plain]:
            left[plain] -= 1
        else:
            yield each


def _gone(before: Placements, anyway: Placements, after: Placements) -> Iterator[str]:
    for resource, nodes in before.items():
        if nodes and anyway.get(resource) and not after.get(resource):
            yield resource


def _unpromoted(before: Placements, anyway: Placements, after: Placements) -> Iterator[str]:
    for resource in before:
        is_promoted = [_is_promoted(each, resource) for each in (before, anyway, after)]
        if is_promoted == [True, True, False] and after.get(resource):
            yield resource


def _is_promoted(placed: Placements, resource: str) -> bool:
    return any(
        role.endswith("Promoted") for roles in placed.get(resource, {}).values() for role in roles
    )


def _loses_quorum(before: World, fenced: tuple[str, ...]) -> bool:
    """Say whether half of the votes or more would be gone.

    Two nodes alone are left out: Corosync's ``two_node`` lets one of them go on, and is not in the
    CIB.
    """
    members = [node for node in before.nodes if node.kind == "member"]
    left = [node for node in members if node.is_online and node.name not in fenced]
    is_any_gone = any(node.name in fenced for node in members)
    return is_any_gone and len(members) > 2 and 2 * len(left) <= len(members)


def _caveats(without: Simulation) -> tuple[str, ...]:
    if not without.actions:
        return ()
    doing = sorted({each.resource or each.node for each in without.actions})
    some = ", ".join(doing[:5]) + (" …" if len(doing) > 5 else "")
    return (f"The cluster is busy already, whatever this line does: {some}.",)


_DECIDED = "Where {} is promoted is decided by its agent, once it has started."


def _undecided(before: World, after: World) -> Iterator[str]:
    """Yield the promotable clones that start: their scores are their agents' to set."""
    promoted = {top.id for top in before.resources if _has_promoted(top)}
    for top in after.resources:
        if lacks_promoted(top) and top.id not in promoted:
            yield top.id


def _devices(before: World, fenced: tuple[str, ...]) -> Iterator[str]:
    has_device = any(each.agent.startswith("stonith:") and each.nodes for each in before.walk())
    if fenced and not has_device:
        yield "No fencing device runs: the fencing will fail, and what waits for it will not happen."


def _has_promoted(top: Resource) -> bool:
    return any(each.role.endswith("Promoted") for each in primitives(top))


_VAGUE = frozenset(("", "node availability"))
"""What the scheduler says where it has no better reason."""


def _explained(actions: Iterable[Action], simulation: Simulation) -> Iterator[Action]:
    """Yield the actions, with a reason where the scheduler has none but the cluster shows one."""
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
