"""Whereabouts of a resource in crm_mon's words, now and after the scheduler's plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.cluster.roles import ON_PURPOSE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from crmtui.cluster.model import Resource
    from crmtui.forecast.model import World

_RUNNING = frozenset(("Started", "Promoted", "Unpromoted"))
_FLAGS = ON_PURPOSE | {"blocked", "failure ignored", "ORPHANED", "UNCLEAN"}
"""Flags about the place of a resource; crm_mon's other flags are about its content or treatment."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Places of a resource, or of all that it holds."""

    places: tuple[tuple[str, str, str], ...]
    """For each node its name, the resource's activity there, and the flags."""
    flags: str = ""
    """Flags of a resource without a node."""

    @classmethod
    def of(cls, world: World, names: Collection[str]) -> Whereabouts:
        """Return the whereabouts of the primitives ``names`` in ``world``."""
        found = [each for each in world.walk() if each.kind == "primitive" and each.id in names]
        places = tuple(
            (node.name, _doing(there, len(names)), _flagged(there))
            for node in world.nodes
            if (there := [each for each in found if node.name in each.nodes])
        )
        return cls(places, "" if places else _flagged(found))

    @property
    def now(self) -> str:
        """Present activity as a predicate: ``runs on alpha``."""
        return self._told("runs", "is") or f"does not run{self.flags}"

    @property
    def then(self) -> str:
        """The same after ``would``: ``run on alpha``."""
        return self._told("run", "be") or "not run"

    def _told(self, runs: str, is_: str) -> str:
        told: dict[tuple[str, str], list[str]] = {}
        for node, doing, flags in self.places:
            told.setdefault((doing, flags), []).append(node)
        return " and ".join(
            f"{doing.format(runs=runs, is_=is_)} on {', '.join(nodes)}{flags}"
            for (doing, flags), nodes in told.items()
        )


def _doing(there: list[Resource], total: int) -> str:
    """Return the activity of the parts on one node, with the verbs left open."""
    other = next((each.role for each in there if each.role not in _RUNNING), "")
    if other:
        return f"{{is_}} {other}"
    if any("UNCLEAN" in each.flags for each in there):
        return "{is_}"  # unknown if it runs
    return "{runs}" if len({each.id for each in there}) == total else "{runs} in part"


def _flagged(found: Iterable[Resource]) -> str:
    flags = dict.fromkeys(flag for each in found for flag in _told_of(each))
    return f" ({', '.join(flags)})" if flags else ""


def _told_of(resource: Resource) -> Iterator[str]:
    return (each for each in resource.flags if each in _FLAGS or each.startswith("LOCKED"))
