"""Which nodes and resources somebody has to look at who looks for what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.cluster.crm_mon.reuse import kept

if TYPE_CHECKING:
    from crmtui.cluster.model import Cluster


@dataclass(frozen=True, slots=True)
class Problems:
    """The objects that something is wrong with although their state is well."""

    nodes: frozenset[str] = frozenset()
    resources: frozenset[str] = frozenset()


@kept
def problems(cluster: Cluster) -> Problems:
    """Return what failed actions, fail counts, fencing and attributes point at."""
    failed = {each.resource for each in cluster.failures}
    failed |= {each.resource for each in cluster.failcounts}
    nodes = {each.target for each in cluster.fencing if each.status != "success"}
    nodes |= {
        each.node
        for each in cluster.attributes
        if each.expected is not None and each.value != each.expected
    }
    return Problems(frozenset(nodes), frozenset(name.partition(":")[0] for name in failed))
