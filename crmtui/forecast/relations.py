"""Relations of resources in a CIB: the dependencies of a resource, direct and indirect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

RESOURCES = frozenset(("primitive", "group", "clone", "master", "bundle"))


@dataclass(frozen=True, slots=True)
class Relations:
    """Resources of a CIB with their holders and constraints."""

    cib: Element
    resources: Mapping[str, Element]
    parents: Mapping[str, str]

    @classmethod
    def of(cls, cib: Element) -> Relations:
        """Return the relations of a CIB."""
        resources: dict[str, Element] = {}
        parents: dict[str, str] = {}

        def visit(element: Element, parent: str) -> None:
            for child in element:
                if child.tag in RESOURCES:
                    name = child.get("id", "")
                    resources[name] = child
                    if parent:
                        parents[name] = parent
                    visit(child, name)

        section = cib.find("configuration/resources")
        if section is not None:
            visit(section, "")
        return cls(cib, resources, parents)

    def chain(self, name: str) -> tuple[str, ...]:
        """Return a resource and its holders, outermost last."""
        found = [name]
        while found[-1] in self.parents:
            found.append(self.parents[found[-1]])
        return tuple(found)

    def within(self, name: str) -> Iterator[str]:
        """Yield a resource and all of its members."""
        yield name
        for other, parent in self.parents.items():
            if parent == name:
                yield from self.within(other)

    def needed(self, name: str) -> tuple[str, ...]:
        """Return all resources that ``name`` needs to run, itself and its holders first.

        These are the earlier members of its group, its colocation partners, the resources ordered
        before it, and the needs of all of these.
        """
        found: dict[str, None] = dict.fromkeys(self.chain(name))
        waiting = list(found)
        while waiting:
            for other in self._directly(waiting.pop(0)):
                for each in (*self.within(other), *self.chain(other)):
                    if each not in found:
                        found[each] = None
                        waiting.append(each)
        return tuple(found)

    def _directly(self, name: str) -> Iterator[str]:
        parent = self.resources.get(self.parents.get(name, ""))
        if parent is not None and parent.tag == "group":
            for member in parent.iterfind("primitive"):
                if member.get("id") == name:
                    break
                yield member.get("id", "")
        for constraint in self.constraints("rsc_colocation", "rsc_order"):
            yield from self._before(constraint, name)

    def _before(self, constraint: Element, name: str) -> Iterator[str]:
        is_order = constraint.tag == "rsc_order"
        dependent, needed = ("then", "first") if is_order else ("rsc", "with-rsc")
        if constraint.get(dependent) == name:
            yield constraint.get(needed, "")
        named = [each.get("id", "") for each in constraint.iter("resource_ref")]
        if name in named:  # sets: any other named resource may be a dependency
            yield from (each for each in named if each != name)

    def constraints(self, *tags: str) -> Iterator[Element]:
        """Yield the constraints with these tags."""
        section = self.cib.find("configuration/constraints")
        if section is not None:
            yield from (each for each in section if each.tag in tags)

    def property(self, name: str) -> str | None:
        """Return the value of a cluster property; None where it is unset."""
        path = f"configuration/crm_config/cluster_property_set/nvpair[@name='{name}']"
        found = self.cib.find(path)
        return None if found is None else found.get("value", "")

    def meta(self, name: str, attribute: str) -> str | None:
        """Return a meta attribute set on the resource itself; None where it is unset."""
        found = self.resources[name].find(f"meta_attributes/nvpair[@name='{attribute}']")
        return None if found is None else found.get("value", "")
