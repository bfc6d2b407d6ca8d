"""What a form has to know of a cluster, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crmtui.cib.objects import RESOURCES, Configuration

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crmtui.cib.agents import Parameter
    from crmtui.cib.objects import ConfigurationObject


@dataclass(frozen=True, slots=True)
class Facts:
    """The cluster that something is configured on."""

    configuration: Configuration = field(default_factory=Configuration)
    nodes: tuple[str, ...] = ()
    meta: Mapping[str, tuple[Parameter, ...]] = field(default_factory=dict)
    """The meta attributes there are: of a ``primitive``, a ``group``, a ``clone``; ``op`` for what
    an operation takes."""
    properties: tuple[Parameter, ...] = ()
    """The cluster properties, as this Pacemaker documents them."""
    here: str = ""
    """The node whose programs answered; empty where none did, as for a CIB file."""
    cib: str = ""
    """The CIB as XML, which says more than ``configuration``; empty when it is not known."""

    def ids(self) -> frozenset[str]:
        """Return all ids that are taken."""
        return frozenset(self.configuration.objects)

    def groups(self) -> tuple[str, ...]:
        """Return the groups."""
        return tuple(known.id for known in self.configuration.of_kind("group"))

    def placed(self) -> tuple[str, ...]:
        """Return the resources that constraints are made for: those that no other one holds."""
        return tuple(known.id for known in self.configuration.resources() if not known.parent)

    def loose(self) -> tuple[str, ...]:
        """Return the primitives that no group, clone or bundle holds."""
        return tuple(
            known.id for known in self.configuration.of_kind("primitive") if not known.parent
        )

    def constrainable(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return what a constraint would name for these resources: the clone for what it holds."""
        return tuple(dict.fromkeys(self._outer(known) for known in map(self._known, ids) if known))

    def _known(self, id: str) -> ConfigurationObject | None:  # noqa: A002 - Pacemaker's word
        found = self.configuration.objects.get(id)
        return found if found is not None and found.kind in RESOURCES else None

    def _outer(self, known: ConfigurationObject) -> str:
        parent = self._known(known.parent)
        return known.id if parent is None or parent.kind == "group" else self._outer(parent)
