"""Progress of the cluster with a change, for the line that waits with the user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.cluster.placement import Placements, has_failed, placements, started
from crmtui.cluster.roles import primitives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cluster.model import Cluster

LATE_SECONDS = 60.0
"""Seconds after which a cluster that still moves counts as late."""
_OPERATIONS = {
    "Stopping": "stop",
    "Demoting": "demote",
    "Starting": "start",
    "Promoting": "promote",
    "Migrating": "migrate",
}
"""Operation behind each role under way."""
_TURNS = frozenset(("Promoted", "Unpromoted"))


@dataclass(frozen=True, slots=True)
class Move:
    """A primitive that left some nodes for others."""

    resource: str
    sources: tuple[str, ...]
    """Nodes that it left; empty when it did not run before."""
    targets: tuple[str, ...]
    """Nodes that it reached; empty when it only stopped."""

    def __str__(self) -> str:
        if not self.targets:
            return f"{self.resource} stopped on {', '.join(self.sources)}"
        if not self.sources:
            return f"{self.resource} started on {', '.join(self.targets)}"
        return f"{self.resource} {', '.join(self.sources)} → {', '.join(self.targets)}"


@dataclass(frozen=True, slots=True)
class Turn:
    """An instance that was promoted, demoted or failed without moving."""

    resource: str
    node: str
    role: str

    def __str__(self) -> str:
        return f"{self.resource} {self.role} on {self.node}"


@dataclass(frozen=True, slots=True)
class Progress:
    """Actions of a change so far, and those that the cluster still has to do."""

    line: str
    """The line that was run."""
    nodes: tuple[str, ...]
    """Nodes that the line sent to standby or back; empty for another line."""
    is_standby: bool
    """True if those nodes go to standby, false if they come back online."""
    is_settled: bool
    """True if the cluster has nothing more to do."""
    pending: tuple[str, ...]
    """Actions under way: ``web stop on n1``."""
    left: tuple[str, ...]
    """Resources still running on those nodes, with the reason why they cannot move where it is
    known.
    """
    moved: tuple[Move | Turn, ...]
    """Resources that moved, stopped, started or changed their role."""
    seconds: float = 0.0
    """Seconds since the line was run."""

    @property
    def is_stuck(self) -> bool:
        """True if the cluster settled, yet something runs on a node that it should have left."""
        return self.is_settled and self.is_standby and bool(self.left)

    @property
    def is_late(self) -> bool:
        """True if the cluster still moves after a time in which most services are elsewhere."""
        return not self.is_settled and self.seconds >= LATE_SECONDS

    @property
    def is_quiet(self) -> bool:
        """True if nothing has moved and nothing is under way."""
        return not (self.pending or self.moved or self._is_draining)

    @property
    def sentence(self) -> str:
        """Everything in one line, the remaining work first."""
        if self.is_stuck:
            return f"{self._subject} in standby, but still {self._runs} {_list(self.left)}."
        nothing = "nothing moved" if self.is_settled else "nothing has moved yet"
        moves = _list(tuple(map(str, self.moved))) or nothing
        if self.is_settled:
            title = f"{self._subject} {self._goal}" if self.nodes else self.line
            return f"{title}, settled: {moves}."
        pending = _list(self.pending) or "no action is under way"
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
    """Return the progress of the cluster with ``line``.

    Args:
        before: The cluster when the line was run.
        now: The present cluster.
        line: The line that was run.
        nodes: Nodes whose standby the line set or lifted.
        is_settled: True if the cluster has nothing more to do, according to ``crm_resource
            --wait``.
        seconds: Seconds since the line was run.
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
