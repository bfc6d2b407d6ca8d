"""Facts about a cluster that a form needs, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crmtui.cib.document import EMPTY_CIB, Cib
from crmtui.cib.objects import RESOURCES, Configuration

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crmtui.cib.agents import Parameter
    from crmtui.cib.objects import ConfigurationObject


@dataclass(frozen=True, slots=True)
class Facts:
    """The cluster that a form configures."""

    configuration: Configuration = field(default_factory=Configuration)
    nodes: tuple[str, ...] = ()
    meta: Mapping[str, tuple[Parameter, ...]] = field(default_factory=dict)
    """Meta attributes of a ``primitive``, a ``group``, a ``clone``; under ``op`` those of an
    operation.
    """
    properties: tuple[Parameter, ...] = ()
    """Cluster properties, as this Pacemaker documents them."""
    here: str = ""
    """Name of the node whose programs answered; empty without a node, as for a CIB file."""
    cib: Cib = EMPTY_CIB
    """The CIB, which says more than ``configuration``, and nothing of what is staged."""

    def ids(self) -> frozenset[str]:
        """Return all ids in use."""
        return frozenset(self.configuration.objects)

    def groups(self) -> tuple[str, ...]:
        """Return the groups."""
        return tuple(known.id for known in self.configuration.of_kind("group"))

    def placed(self) -> tuple[str, ...]:
        """Return the resources that constraints name: those without a holder."""
        return tuple(known.id for known in self.configuration.resources() if not known.parent)

    def loose(self) -> tuple[str, ...]:
        """Return the primitives outside of groups, clones and bundles."""
        return tuple(
            known.id for known in self.configuration.of_kind("primitive") if not known.parent
        )

    def constrainable(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the ids for constraints on these resources: a clone instead of its member."""
        return tuple(dict.fromkeys(self._outer(known) for known in map(self._known, ids) if known))

    def _known(self, id: str) -> ConfigurationObject | None:  # noqa: A002 - Pacemaker's word
        found = self.configuration.objects.get(id)
        return found if found is not None and found.kind in RESOURCES else None

    def _outer(self, known: ConfigurationObject) -> str:
        parent = self._known(known.parent)
        return known.id if parent is None or parent.kind == "group" else self._outer(parent)
