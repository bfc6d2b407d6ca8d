"""Objects of the configuration: their ids, kinds, members and settings.

They hold as much as completion and forms need, and not the whole CIB. The state of the cluster is in
``crmtui.cluster.model``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from crmtui.text import plain_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

KINDS = MappingProxyType(
    {
        "node": "node",
        "primitive": "primitive",
        "group": "group",
        "clone": "clone",
        "master": "ms",
        "bundle": "bundle",
        "template": "rsc_template",
        "rsc_location": "location",
        "rsc_colocation": "colocation",
        "rsc_order": "order",
        "rsc_ticket": "rsc_ticket",
        "cluster_property_set": "property",
        "tag": "tag",
        "fencing-topology": "fencing_topology",
        "acl_role": "role",
        "acl_user": "user",
        "acl_target": "acl_target",
        "acl_group": "acl_group",
        "alert": "alert",
    }
)
"""Elements of the CIB that are objects to crm, each with crm's word (crmsh's cib_cli_map)."""

RESOURCES = frozenset({"primitive", "group", "clone", "ms", "bundle"})
"""Kinds of object that are resources."""

SECTIONS = MappingProxyType(
    {"instance_attributes": "params", "meta_attributes": "meta", "utilization": "utilization"}
)
"""Elements that hold names with values, each with crm's word."""
CONSTRAINTS = ("location", "colocation", "order", "rsc_ticket")
"""Kinds of object that constrain resources."""
_DEFAULTS = ("rsc_defaults", "op_defaults")


@dataclass(frozen=True, slots=True)
class NvPair:
    """Name with its value on an object."""

    section: str
    """``params``, ``meta`` or ``utilization``; ``params`` for a node's attributes and properties."""
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Operation:
    """Operation of a primitive or a template, as it is configured."""

    name: str
    interval: str
    """Interval as written: ``10s``; empty if not set."""
    attributes: tuple[tuple[str, str], ...] = ()
    """Names and values, without name, interval and id."""


@dataclass(frozen=True, slots=True)
class ConfigurationObject:
    """Object of the configuration, as ``crm configure show ID`` shows it."""

    id: str
    """Id of the object; for a node its name."""
    kind: str
    """crm's word: ``primitive``, ``ms``, ``rsc_template`` …, one of the values of ``KINDS``."""
    agent: str = ""
    """Own ``class:provider:type`` of a primitive or a template; empty if a template gives it."""
    template: str = ""
    """Resource template of a primitive."""
    members: tuple[str, ...] = ()
    """Members of a group, clone or bundle, or resources in a constraint or tag, in order."""
    parent: str = ""
    """Group, clone or bundle of a resource."""
    settings: tuple[NvPair, ...] = ()
    operations: tuple[Operation, ...] = ()
    ticket: str = ""
    """Ticket of a ``rsc_ticket``."""
    sets: tuple[tuple[str, str], ...] = ()
    """Section and id of each attribute set, to which others can refer by ``$id-ref``."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """Objects of a configuration, in their order."""

    objects: Mapping[str, ConfigurationObject] = field(default_factory=dict)
    replaceable: frozenset[str] = frozenset()
    """Ids of objects that a line staged in spite of its error; a corrected line replaces them."""

    def of_kind(self, *kinds: str) -> tuple[ConfigurationObject, ...]:
        """Return the objects of these kinds."""
        return tuple(known for known in self.objects.values() if known.kind in kinds)

    def resources(self) -> tuple[ConfigurationObject, ...]:
        """Return all resources, groups and clones included."""
        return self.of_kind(*RESOURCES)

    def family(self, id: str) -> tuple[str, ...]:  # noqa: A002 - Pacemaker's word
        """Return a resource with its members, and its groups or clones; the resource itself first.

        A constraint on one of a family affects the others.
        """
        found = [id]
        for name in found:
            found.extend(self.objects[name].members if name in self.objects else ())
        parent = self.objects[id].parent if id in self.objects else ""
        while parent:
            found.append(parent)
            parent = self.objects[parent].parent if parent in self.objects else ""
        return tuple(dict.fromkeys(found))

    def meta(self, id: str, name: str) -> str | None:  # noqa: A002
        """Return the value of a meta attribute for a resource; None if it is not set.

        The resource comes first, then its template, its groups and clones, and ``rsc_defaults``. Rules
        are not evaluated: of several values the first counts.
        """
        holders = (*self._inherits(id), *self.of_kind("rsc_defaults"))
        values = (
            pair.value
            for holder in holders
            for pair in holder.settings
            if pair.section == "meta" and pair.name == name
        )
        return next(values, None)

    def holders(self, id: str) -> tuple[ConfigurationObject, ...]:  # noqa: A002
        """Return the groups, clones and bundles around the resource ``id``, the innermost first."""
        found: list[ConfigurationObject] = []
        known = self.objects.get(id)
        while known is not None and known.parent and known.parent not in {f.id for f in found}:
            known = self.objects.get(known.parent)
            if known is not None:
                found.append(known)
        return tuple(found)

    def _inherits(self, id: str) -> Iterator[ConfigurationObject]:  # noqa: A002
        """Yield a resource and the objects that give it meta attributes, the nearest first."""
        known = self.objects.get(id)
        if known is not None:
            yield known
            if known.template in self.objects:
                yield self.objects[known.template]
            yield from self._inherits(known.parent)

    def agent_of(self, id: str) -> str:  # noqa: A002 - an object's id is Pacemaker's word
        """Return the agent of a primitive or template: its own, or that of its template."""
        known = self.objects.get(id)
        if known is None:
            return ""
        template = self.objects.get(known.template)
        return known.agent or (template.agent if template else "")


def parse(configuration: Element) -> Configuration:
    """Return the objects of a ``<configuration>`` that ``xml.root`` has read."""
    found: dict[str, ConfigurationObject] = {}
    for section in configuration:
        _collect(section, "", found)
    return Configuration(MappingProxyType(found))


def _collect(element: Element, parent: str, found: dict[str, ConfigurationObject]) -> None:
    kind = KINDS.get(element.tag)
    if element.tag in _DEFAULTS:
        # crm treats each list of defaults as an object.
        for child in element:
            known = _object(child, element.tag, parent)
            found[known.id] = known
        return
    if kind is None:
        for child in element:
            _collect(child, parent, found)
        return
    known = _object(element, kind, parent)
    if known.id:
        found[known.id] = known
    if kind in RESOURCES:
        for child in element:
            if KINDS.get(child.tag) in RESOURCES:
                _collect(child, known.id, found)


def _object(element: Element, kind: str, parent: str) -> ConfigurationObject:
    name = _attribute(element, "uname" if kind == "node" else "id")
    if not name and kind == "fencing_topology" and len(element):
        name = kind
    parts = (_attribute(element, part) for part in ("class", "provider", "type"))
    return ConfigurationObject(
        id=name,
        kind=kind,
        agent=":".join(part for part in parts if part) if element.get("class") else "",
        template=_attribute(element, "template"),
        members=_members(element, kind),
        parent=parent,
        settings=_settings(element),
        operations=tuple(_operation(op) for op in element.findall("operations/op")),
        ticket=_attribute(element, "ticket"),
        sets=tuple(
            (SECTIONS.get(child.tag, child.tag), _attribute(child, "id"))
            for child in element
            if (child.tag in SECTIONS or child.tag == "operations") and child.get("id")
        ),
    )


def _operation(element: Element) -> Operation:
    known = ("name", "interval", "id")
    return Operation(
        name=_attribute(element, "name"),
        interval=_attribute(element, "interval"),
        attributes=tuple(
            (plain_line(name), plain_line(value))
            for name, value in element.items()
            if name not in known
        ),
    )


def _members(element: Element, kind: str) -> tuple[str, ...]:
    if kind in RESOURCES:
        held = (child for child in element if KINDS.get(child.tag) in RESOURCES)
        return tuple(_attribute(child, "id") for child in held)
    if kind in CONSTRAINTS:
        names = ("rsc", "with-rsc", "first", "then")
        direct = [_attribute(element, name) for name in names if element.get(name)]
        return tuple(direct) + tuple(_attribute(ref, "id") for ref in element.iter("resource_ref"))
    if kind == "tag":
        return tuple(_attribute(ref, "id") for ref in element.iter("obj_ref"))
    return ()


def _settings(element: Element) -> tuple[NvPair, ...]:
    return tuple(
        NvPair(section, _attribute(pair, "name"), plain_line(pair.get("value", "")))
        for holder in (element, *element)
        for section in (SECTIONS.get(holder.tag, "params"),)
        for pair in holder.findall("nvpair")
        if pair.get("name")
    )


def _attribute(element: Element, name: str) -> str:
    return plain_line(element.get(name, ""))
