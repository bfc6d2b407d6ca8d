"""Problems: the nodes and resources to look at in the view of problems only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.cluster.crm_mon.reuse import kept

if TYPE_CHECKING:
    from crmtui.cluster.model import Cluster


@dataclass(frozen=True, slots=True)
class Problems:
    """Objects with a problem that their state does not show."""

    nodes: frozenset[str] = frozenset()
    resources: frozenset[str] = frozenset()


@kept
def problems(cluster: Cluster) -> Problems:
    """Return the objects with failed actions, fail counts, fencing or attributes that need a look."""
    failed = {each.resource for each in cluster.failures}
    failed |= {each.resource for each in cluster.failcounts}
    nodes = {each.target for each in cluster.fencing if each.status != "success"}
    nodes |= {
        each.node
        for each in cluster.attributes
        if each.expected is not None and each.value != each.expected
    }
    return Problems(frozenset(nodes), frozenset(name.partition(":")[0] for name in failed))
