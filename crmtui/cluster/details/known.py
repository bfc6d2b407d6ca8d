"""Known facts behind a page: the picture of the cluster, its CIB, and output of tools."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crmtui.cib import constraints
from crmtui.cib import objects as objects
from crmtui.cib.version import CibVersion
from crmtui.cib.xml import root

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

    from crmtui.cib.agents import AgentMetadata
    from crmtui.cib.constraints import Constraint
    from crmtui.cib.objects import Configuration, ConfigurationObject
    from crmtui.cib.scores import Scores
    from crmtui.cluster.model import Cluster
    from crmtui.cluster.stack import ClusterStack


@dataclass(frozen=True, slots=True)
class Cib:
    """A parsed CIB, with the values that pages need."""

    root: Element = field(repr=False)
    configuration: Configuration = field(repr=False)
    constraints: tuple[Constraint, ...] = field(repr=False)

    @property
    def changed_by(self) -> str:
        """Author of the last change, with tool and node: ``root with crm_resource on n1``; or empty."""
        parts = (("", "update-user"), ("with ", "update-client"), ("on ", "update-origin"))
        said = (before + self.root.get(name, "") for before, name in parts if self.root.get(name))
        return " ".join(said)

    @property
    def version(self) -> CibVersion:
        """Version of the CIB."""
        return CibVersion.of(self.root)

    def holders(self, name: str) -> tuple[ConfigurationObject, ...]:
        """Return the holders of the resource ``name``, innermost first."""
        found: list[ConfigurationObject] = []
        known = self.configuration.objects.get(name)
        while known is not None and known.parent and known.parent not in {f.id for f in found}:
            known = self.configuration.objects.get(known.parent)
            if known is not None:
                found.append(known)
        return tuple(found)


def parse(xml: str) -> Cib:
    """Return the parsed CIB from the output of ``cibadmin --query``.

    Raises:
        CibUnreadable: The text is empty, broken or no CIB.
    """
    configuration = objects.parse(xml)
    element = root(xml, "cibadmin")
    return Cib(element, configuration, constraints.parse(element))


@dataclass(frozen=True, slots=True)
class Known:
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
