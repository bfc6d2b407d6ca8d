"""Deviations of a settled cluster from the forecast: places, roles, losses and fenced nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cluster.placement import placements
from crmtui.cluster.roles import primitives

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crmtui.cluster.model import Cluster
    from crmtui.cluster.placement import Roles
    from crmtui.forecast.model import Forecast

_TELLING = ("Promoted", "Unpromoted")
"""Roles that are named beside the node."""


def deviations(forecast: Forecast, before: Cluster, now: Cluster) -> tuple[str, ...]:
    """Return each deviation of a settled cluster from the forecast, as a clause; none if it came true.

    Args:
        forecast: The forecast of the change.
        before: The cluster at the time of the change.
        now: The settled cluster.
    """
    return (*_fencing(forecast, before, now), *_places(forecast, now), *_failures(before, now))


def verdict(differs: Sequence[str]) -> str:
    """Return the comparison as one sentence, without a full stop.

    Args:
        differs: Clauses of `deviations`.
    """
    return f"Not as forecast: {'; '.join(differs)}" if differs else "As forecast"


def _places(forecast: Forecast, now: Cluster) -> Iterator[str]:
    expected, actual = placements(forecast.after), placements(now)
    open_roles = {
        each.id
        for top in forecast.after.resources
        if top.id in forecast.undecided
        for each in primitives(top)
    }
    for name in (*expected, *(each for each in actual if each not in expected)):
        foreseen, found = expected.get(name, {}), actual.get(name, {})
        if name in open_roles and foreseen.keys() == found.keys():
            continue
        if foreseen != found:
            wanted = _where(foreseen) if name in expected else "not even configured"
            yield f"{name} {_runs(found)}, foreseen was {wanted}"


def _runs(nodes: Mapping[str, Roles]) -> str:
    return f"runs {_where(nodes)}"


def _where(nodes: Mapping[str, Roles]) -> str:
    if not nodes:
        return "nowhere"
    return "on " + ", ".join(_at(node, roles) for node, roles in nodes.items())


def _at(node: str, roles: Roles) -> str:
    if any(role not in ("Started", *_TELLING) for role in roles):
        return f"{node} ({', '.join(roles)})"
    told = [role for role in roles if role in _TELLING]
    times = f" ({len(roles)} times)" if len(roles) > 1 else ""
    return f"{node} ({', '.join(told)})" if told else f"{node}{times}"


def _fencing(forecast: Forecast, before: Cluster, now: Cluster) -> Iterator[str]:
    if not now.is_fencing_known:
        return
    done = [each for each in now.fencing if each not in before.fencing]
    fenced = dict.fromkeys(each.target for each in done if each.status == "success")
    for node in fenced:
        if node not in forecast.all_fenced:
            yield f"{node} was fenced, which was not foreseen"
    for node in forecast.all_fenced:
        state = now.node(node)
        if node not in fenced and (state is None or state.is_online):
            yield f"{node} was not fenced"
        elif state is not None and state.is_online:
            yield f"{node} was fenced and is back already"


def _failures(before: Cluster, now: Cluster) -> Iterator[str]:
    known = {(each.resource, each.operation, each.node) for each in before.failures}
    for each in now.failures:
        if (each.resource, each.operation, each.node) not in known:
            why = f" ({each.reason or each.exit})" if each.reason or each.exit else ""
            yield f"{each.resource} {each.operation} failed on {each.node}{why}"
