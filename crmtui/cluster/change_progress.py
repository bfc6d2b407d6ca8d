"""How far the cluster is with a change, for the line that waits with the user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.cluster.placement import Placements, has_failed, placements, started
from crmtui.cluster.roles import primitives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cluster.model import Cluster

LATE_SECONDS = 60.0
"""After so long a cluster that still moves is said to."""
_OPERATIONS = {
    "Stopping": "stop",
    "Demoting": "demote",
    "Starting": "start",
    "Promoting": "promote",
    "Migrating": "migrate",
}
"""The operation that a role under way stands for."""
_TURNS = frozenset(("Promoted", "Unpromoted"))


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
        return f"{self.resource} {', '.join(self.sources)} → {', '.join(self.targets)}"


@dataclass(frozen=True, slots=True)
class Turn:
    """An instance that was promoted, demoted or failed where it is."""

    resource: str
    node: str
    role: str

    def __str__(self) -> str:
        return f"{self.resource} {self.role} on {self.node}"


@dataclass(frozen=True, slots=True)
class Progress:
    """What a change has done so far, and what the cluster still has to do."""

    line: str
    """What was run, in one line."""
    nodes: tuple[str, ...]
    """The nodes that it sent to standby or took out of it; empty where it did neither."""
    is_standby: bool
    """Where those are going: to standby, or back online."""
    is_settled: bool
    """The cluster has nothing more to do."""
    pending: tuple[str, ...]
    """What is under way: ``web stop on n1``."""
    left: tuple[str, ...]
    """What still runs on those nodes, with why it cannot be moved where that is known."""
    moved: tuple[Move | Turn, ...]
    """What runs elsewhere than before, stopped, started, or has another role."""
    seconds: float = 0.0
    """How long it has taken."""

    @property
    def is_stuck(self) -> bool:
        """The cluster settled, yet something runs on a node that it should have left."""
        return self.is_settled and self.is_standby and bool(self.left)

    @property
    def is_late(self) -> bool:
        """The cluster still moves after a time in which most services are elsewhere."""
        return not self.is_settled and self.seconds >= LATE_SECONDS

    @property
    def is_quiet(self) -> bool:
        """Nothing has moved, and nothing is under way."""
        return not (self.pending or self.moved or self._is_draining)

    @property
    def sentence(self) -> str:
        """All of it in one line, what is still to come first."""
        if self.is_stuck:
            return f"{self._subject} in standby, but still {self._runs} {_list(self.left)}."
        nothing = "nothing moved" if self.is_settled else "nothing has moved yet"
        moves = _list(tuple(map(str, self.moved))) or nothing
        if self.is_settled:
            title = f"{self._subject} {self._goal}" if self.nodes else self.line
            return f"{title}, settled: {moves}."
        pending = _list(self.pending) or "nothing is under way, nor done"
        if self.is_late:
            return f"{self.line}: still moving after {self.seconds:.0f} s: {pending}."
        title = f"{self._subject} going {self._goal}" if self.nodes else self.line
        parts = [
            *([pending] if self.pending else []),
            *([f"{len(self.left)} left on it: {_list(self.left)}"] if self._is_draining else []),
            moves,
        ]
        return f"{title}: {'; '.join(parts)}."

    @property
    def _goal(self) -> str:
        return "standby" if self.is_standby else "online"

    @property
    def _subject(self) -> str:
        return f"{_list(self.nodes)} {'is' if len(self.nodes) == 1 else 'are'}"

    @property
    def _runs(self) -> str:
        return "runs" if len(self.nodes) == 1 else "run"

    @property
    def _is_draining(self) -> bool:
        return self.is_standby and bool(self.left)


def progress(
    before: Cluster,
    now: Cluster,
    line: str,
    nodes: tuple[str, ...] = (),
    *,
    is_settled: bool,
    seconds: float = 0.0,
) -> Progress:
    """Return how far the cluster is with what ``line`` asked of it.

    Args:
        before: The cluster as it was when the line was run.
        now: The cluster as it is.
        line: What was run.
        nodes: The nodes whose standby was set or lifted by it.
        is_settled: Whether the cluster has nothing more to do, as ``crm_resource --wait`` says.
        seconds: How long ago it was run.
    """
    seen = [now.node(name) for name in nodes]
    is_standby = any(node is not None and node.is_standby for node in seen)
    return Progress(
        line=line,
        nodes=nodes,
        is_standby=is_standby,
        is_settled=is_settled,
        pending=tuple(dict.fromkeys(_pending(now))),
        left=tuple(each for name in nodes for each in _left(now, name)),
        moved=tuple(_moves(placements(before), placements(now))),
        seconds=seconds,
    )


def _pending(cluster: Cluster) -> Iterator[str]:
    for top in cluster.resources:
        for each in primitives(top):
            if operation := _OPERATIONS.get(each.role):
                where = f" on {', '.join(each.nodes)}" if each.nodes else ""
                yield f"{each.id} {operation}{where}"


def _left(cluster: Cluster, node: str) -> Iterator[str]:
    reasons = ("blocked", "unmanaged", "maintenance")
    for each in cluster.running_on(node):
        why = next((flag for flag in each.flags if flag in reasons), "")
        yield f"{each.id} ({why})" if why else each.id


def _moves(before: Placements, now: Placements) -> Iterator[Move | Turn]:
    for resource, nodes in started(before, now).items():
        was = before.get(resource, {})
        sources = tuple(node for node in was if node not in now[resource])
        come = tuple(node for node in nodes if node not in was)
        targets = tuple(node for node in come if not has_failed(nodes[node]))
        if sources or targets:
            yield Move(resource, sources, targets)
        for node, roles in nodes.items():
            if has_failed(roles) and not has_failed(was.get(node, ())):
                yield Turn(resource, node, "FAILED")
            role = next((each for each in roles if each in _TURNS), "")
            if role and node in was and role not in was[node]:
                yield Turn(resource, node, role)


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(names)
