"""Facts behind a page: the picture of the cluster, its CIB, and output of tools."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.cib.agents import AgentMetadata
    from crmtui.cib.document import Cib
    from crmtui.cib.scores import Scores
    from crmtui.cluster.model import Cluster
    from crmtui.cluster.stack import ClusterStack


@dataclass(frozen=True, slots=True)
class PageFacts:
    """All facts known when a page is made; None stands for one not asked for yet."""

    cluster: Cluster
    cib: Cib | None = None
    scores: Scores | None = None
    agents: Mapping[str, AgentMetadata] = field(default_factory=dict)
    """Documentation of agents, by ``class:provider:type``."""
    meta_help: Mapping[str, str] = field(default_factory=dict)
    """Help in one line for each meta attribute, by its name."""
    stack: ClusterStack | None = None
    """State of quorum, members, links, daemons, properties and fencing."""
    troubles: tuple[str, ...] = ()
    """Reasons why a fact could not be found out, as sentences."""
