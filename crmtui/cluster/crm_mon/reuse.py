"""Reuse of values from an earlier snapshot that still hold, so that later code can skip them."""

from __future__ import annotations

from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.cluster.model import Cluster, Node, Resource

_Named = TypeVar("_Named", "Node", "Resource")
_Made = TypeVar("_Made")


def reusing(old: Cluster | None, new: Cluster) -> Cluster:
    """Return ``new`` with each unchanged node and top-level resource taken from ``old``.

    A large cluster changes in a few places at a time. Identical objects prove equality at no cost.
    """
    if old is None:
        return new
    return replace(
        new,
        nodes=_kept({node.name: node for node in old.nodes}, new.nodes, "name"),
        resources=_kept({each.id: each for each in old.resources}, new.resources, "id"),
    )


def _kept(known: dict[str, _Named], found: tuple[_Named, ...], by: str) -> tuple[_Named, ...]:
    same = []
    for each in found:
        before = known.get(getattr(each, by))
        is_same = before is not None and (before is each or before == each)
        same.append(before if before is not None and is_same else each)
    return tuple(same)


def kept(make: Callable[[Cluster], _Made]) -> Callable[[Cluster], _Made]:
    """Wrap ``make`` so that its result for the last cluster is kept for several callers."""
    last: list[tuple[Cluster, _Made]] = []

    @wraps(make)
    def found(cluster: Cluster) -> _Made:
        for known, made in last:
            if known is cluster:
                return made
        made = make(cluster)
        last[:] = [(cluster, made)]
        return made

    return found


def differing(old: Cluster, new: Cluster) -> tuple[Cluster, Cluster]:
    """Return both clusters without the top-level resources that are the same object in both."""
    same = {id(each) for each in old.resources}.intersection(id(each) for each in new.resources)
    return _without(old, same), _without(new, same)


def _without(cluster: Cluster, same: set[int]) -> Cluster:
    rest = tuple(each for each in cluster.resources if id(each) not in same)
    return replace(cluster, resources=rest)
