"""Values of the cluster in the words of ``crm_mon``, for lines and headers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.cluster.roles import is_running, is_transitional, primitives

if TYPE_CHECKING:
    from crmtui.cluster.model import Cluster, Failure, Resource


def state(resource: Resource) -> str:
    """Return its role, nodes and flags as one line: ``FAILED Promoted n1 (UNCLEAN, blocked)``."""
    nodes = " ".join(resource.nodes)
    where = f"[ {nodes} ]" if len(resource.nodes) > 1 else nodes
    flags = f"({', '.join(resource.flags)})" if resource.flags else ""
    return " ".join(filter(None, (resource.role, where, flags)))


def failure(failed: Failure) -> str:
    """Return a failed action as one line: ``10s-interval monitor of db on n2: not running``."""
    return f"{failed.operation} of {failed.resource} on {failed.node}: {outcome(failed)}"


def outcome(failed: Failure) -> str:
    """Return how a failed action ended, with the agent's reason: ``Timed Out (gave up)``.

    An action that came to its end ended with its exit status, any other with how it was stopped.
    """
    is_complete = failed.status.lower() in ("complete", "done", "")
    ended = (failed.exit if is_complete else failed.status) or "unknown"
    return f"{ended} ({failed.reason})" if failed.reason else ended


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of a cluster is up."""

    nodes_online: int
    nodes: int
    """All but the nodes of bundles, which come and go with their replicas."""
    resources_running: int
    resources: int
    """Primitives, each instance counted; a running clone's stopped instances are not missed."""
    resources_disabled: int
    """As crm_mon counts them."""
    resources_blocked: int

    @property
    def nodes_words(self) -> str:
        """``2/3 nodes online``."""
        return f"{self.nodes_online}/{self.nodes} {_plural(self.nodes, 'node')} online"

    @property
    def resources_words(self) -> str:
        """``7/9 resources running, 1 disabled, 1 blocked``."""
        total = f"{self.resources_running}/{self.resources} {_plural(self.resources, 'resource')}"
        rest = ((self.resources_disabled, "disabled"), (self.resources_blocked, "blocked"))
        return ", ".join([f"{total} running", *(f"{n} {word}" for n, word in rest if n)])


def count(cluster: Cluster) -> Counts:
    """Return how much of ``cluster`` is up."""
    bundled = {
        each.id for top in cluster.walk() if top.kind == "bundle" for each in primitives(top)
    }
    nodes = [node for node in cluster.nodes if node.resource not in bundled]
    wanted = [each for top in cluster.resources for each in _wanted(top)]
    return Counts(
        nodes_online=sum(node.is_online and not node.is_pending for node in nodes),
        nodes=len(nodes),
        resources_running=sum(bool(each.nodes) for each in wanted),
        resources=len(wanted),
        resources_disabled=cluster.resources_disabled,
        resources_blocked=cluster.resources_blocked,
    )


def _wanted(resource: Resource) -> list[Resource]:
    if resource.kind != "clone" or not resource.children:
        return list(primitives(resource))
    up = [child for child in resource.children if is_running(child) or is_transitional(child)]
    return [each for child in up or resource.children[:1] for each in primitives(child)]


def _plural(number: int, noun: str) -> str:
    return noun if number == 1 else f"{noun}s"
