"""Whereabouts of a resource in crm_mon's words, as they are and as the scheduler would have them."""

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
"""What is said of where a resource is; crm_mon's other flags say what is in it, or done to it."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Places of a resource, or of all that it holds."""

    places: tuple[tuple[str, str, str], ...]
    """For each node its name, what the resource does there, and the flags."""
    flags: str = ""
    """Those of a resource that is nowhere."""

    @classmethod
    def of(cls, world: World, names: Collection[str]) -> Whereabouts:
        """Return where the primitives ``names`` are in ``world``."""
        found = [each for each in world.walk() if each.kind == "primitive" and each.id in names]
        places = tuple(
            (node.name, _doing(there, len(names)), _flagged(there))
            for node in world.nodes
            if (there := [each for each in found if node.name in each.nodes])
        )
        return cls(places, "" if places else _flagged(found))

    @property
    def now(self) -> str:
        """What it does, as a predicate: ``runs on alpha``."""
        return self._told("runs", "is") or f"does not run{self.flags}"

    @property
    def then(self) -> str:
        """The same behind ``would``: ``run on alpha``."""
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
    """Return what the parts that are on one node do, with the verbs left open."""
    other = next((each.role for each in there if each.role not in _RUNNING), "")
    if other:
        return f"{{is_}} {other}"
    if any("UNCLEAN" in each.flags for each in there):
        return "{is_}"  # nobody knows if it runs
    return "{runs}" if len({each.id for each in there}) == total else "{runs} in part"


def _flagged(found: Iterable[Resource]) -> str:
    flags = dict.fromkeys(flag for each in found for flag in _told_of(each))
    return f" ({', '.join(flags)})" if flags else ""


def _told_of(resource: Resource) -> Iterator[str]:
    return (each for each in resource.flags if each in _FLAGS or each.startswith("LOCKED"))
