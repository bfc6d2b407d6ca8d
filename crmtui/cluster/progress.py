"""How far a node is on its way to standby or back, for the line that waits with the user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.cluster.placement import Placements, placements
from crmtui.cluster.roles import primitives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cluster.model import Cluster

_STOPPING = frozenset(("Stopping", "Demoting"))
_STARTING = frozenset(("Starting", "Promoting", "Migrating"))


@dataclass(frozen=True, slots=True)
class Move:
    """A primitive that left some nodes for others."""

    resource: str
    sources: tuple[str, ...]
    """The nodes it left; empty when it did not run before."""
    targets: tuple[str, ...]
    """The nodes it came to; empty when it only stopped."""

    def __str__(self) -> str:
        if not self.targets:
            return f"{self.resource} stopped on {', '.join(self.sources)}"
        if not self.sources:
            return f"{self.resource} started on {', '.join(self.targets)}"
        return f"{self.resource} {', '.join(self.sources)} -> {', '.join(self.targets)}"


@dataclass(frozen=True, slots=True)
class Progress:
    """What a node's change has done so far, and what it still has to do."""

    node: str
    is_standby: bool
    """Where it is going: to standby, or back online."""
    is_settled: bool
    """The cluster has nothing more to do."""
    stopping: tuple[str, ...]
    """The primitives that are stopping or demoting, on any node."""
    starting: tuple[str, ...]
    """The primitives that are starting, promoting or migrating, on any node."""
    left: tuple[str, ...]
    """What still runs on the node, with why it cannot be moved where that is known."""
    moved: tuple[Move, ...]
    """What runs elsewhere than before, stopped, or started."""

    @property
    def is_stuck(self) -> bool:
        """The cluster settled, yet something runs on the node that should have left it."""
        return self.is_settled and self.is_standby and bool(self.left)

    @property
    def sentence(self) -> str:
        """All of it in one line, what is still to come first."""
        goal = "standby" if self.is_standby else "online"
        if self.is_stuck:
            return f"{self.node} is in standby, but still runs {_list(self.left)}."
        moves = _list(tuple(map(str, self.moved))) or "nothing moved"
        if self.is_settled:
            return f"{self.node} is {goal}, settled: {moves}."
        parts = [
            *([f"stopping {_list(self.stopping)}"] if self.stopping else []),
            *([f"starting {_list(self.starting)}"] if self.starting else []),
            *([f"{len(self.left)} left on it: {_list(self.left)}"] if self._is_draining else []),
            moves,
        ]
        return f"{self.node} is going {goal}: {'; '.join(parts)}."

    @property
    def _is_draining(self) -> bool:
        return self.is_standby and bool(self.left)


def progress(before: Cluster, now: Cluster, node: str, *, is_settled: bool) -> Progress:
    """Return how far ``node`` is since its standby was set or lifted.

    Args:
        before: The cluster as it was when the command was given.
        now: The cluster as it is.
        node: The node's name.
        is_settled: Whether the cluster has nothing more to do, as ``crm_resource --wait`` says.
    """
    seen = now.node(node)
    return Progress(
        node=node,
        is_standby=seen is not None and seen.is_standby,
        is_settled=is_settled,
        stopping=_in_roles(now, _STOPPING),
        starting=_in_roles(now, _STARTING),
        left=tuple(_left(now, node)),
        moved=tuple(_moves(placements(before), placements(now))),
    )


def _in_roles(cluster: Cluster, wanted: frozenset[str]) -> tuple[str, ...]:
    found = (each for top in cluster.resources for each in primitives(top))
    return tuple(dict.fromkeys(each.id for each in found if each.role in wanted))


def _left(cluster: Cluster, node: str) -> Iterator[str]:
    reasons = ("blocked", "unmanaged", "maintenance")
    for each in cluster.running_on(node):
        why = next((flag for flag in each.flags if flag in reasons), "")
        yield f"{each.id} ({why})" if why else each.id


def _moves(before: Placements, now: Placements) -> Iterator[Move]:
    for resource, nodes in now.items():
        was = before.get(resource, {})
        sources = tuple(node for node in was if node not in nodes)
        targets = tuple(node for node in nodes if node not in was)
        if sources or targets:
            yield Move(resource, sources, targets)


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(names)
