"""The objects of the configuration: what ids there are, of what kind, and what holds what.

This is the little that completion and forms need to know, not the CIB itself: the state of the
cluster is in ``crmtui.cluster.model``.
"""

from __future__ import annotations

import shlex
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from crmtui.cluster.text import plain_line
from crmtui.errors import CibUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
"""The elements of the CIB that are objects to crm, and its word for each (crmsh's cib_cli_map)."""

RESOURCES = frozenset({"primitive", "group", "clone", "ms", "bundle"})
"""The kinds that are resources."""

_SECTIONS = MappingProxyType(
    {"instance_attributes": "params", "meta_attributes": "meta", "utilization": "utilization"}
)
_CONSTRAINTS = ("location", "colocation", "order", "rsc_ticket")
_DEFAULTS = ("rsc_defaults", "op_defaults")
_ALIASES = MappingProxyType(
    {"resource": "primitive", "master": "ms", "collocation": "colocation", "rm": "delete"}
)
_SETTINGS = frozenset({"params", "meta", "attributes", "utilization", "operations", "op"})


@dataclass(frozen=True, slots=True)
class Setting:
    """One name with its value on an object."""

    section: str
    """``params``, ``meta``, ``utilization``; for a node's attributes and properties ``params``."""
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ConfigurationObject:
    """One object of the configuration, as ``crm configure show ID`` would show it."""

    id: str
    """A node's is its name."""
    kind: str
    """crm's word: ``primitive``, ``ms``, ``rsc_template`` …, one of the values of ``KINDS``."""
    agent: str = ""
    """``class:provider:type`` of a primitive or a template, as far as it is its own."""
    template: str = ""
    """The resource template a primitive is made of."""
    members: tuple[str, ...] = ()
    """What it holds (group, clone, bundle) or names (constraint, tag), in order."""
    parent: str = ""
    """The resource that holds it."""
    settings: tuple[Setting, ...] = ()


@dataclass(frozen=True, slots=True)
class Configuration:
    """The objects of a configuration, in its order."""

    objects: Mapping[str, ConfigurationObject] = field(default_factory=dict)

    def of_kind(self, *kinds: str) -> tuple[ConfigurationObject, ...]:
        """Return the objects of these kinds."""
        return tuple(known for known in self.objects.values() if known.kind in kinds)

    def resources(self) -> tuple[ConfigurationObject, ...]:
        """Return everything that is a resource, collections included."""
        return self.of_kind(*RESOURCES)

    def agent_of(self, id: str) -> str:  # noqa: A002 - an object's id is Pacemaker's word
        """Return the agent of a primitive or template, that of its template where it has none."""
        known = self.objects.get(id)
        if known is None:
            return ""
        template = self.objects.get(known.template)
        return known.agent or (template.agent if template else "")


def parse(xml: str) -> Configuration:
    """Read the objects of a CIB, as ``cibadmin --query`` prints it.

    Raises:
        CibUnreadable: It is empty, broken or no CIB.
    """
    if "<!DOCTYPE" in xml:
        raise CibUnreadable("The CIB declares a document type, so it was not read.")
    try:
        root = ET.fromstring(xml.strip())
    except (ET.ParseError, ValueError) as error:
        raise CibUnreadable(f"The CIB is no XML: {error}.") from error
    configuration = root if root.tag == "configuration" else root.find("configuration")
    if configuration is None:
        raise CibUnreadable("There is no configuration in the CIB.")
    found: dict[str, ConfigurationObject] = {}
    for section in configuration:
        _collect(section, "", found)
    return Configuration(MappingProxyType(found))


def _collect(element: ET.Element, parent: str, found: dict[str, ConfigurationObject]) -> None:
    kind = KINDS.get(element.tag)
    if kind is None and element.tag in _DEFAULTS:
        kind = element.tag
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


def _object(element: ET.Element, kind: str, parent: str) -> ConfigurationObject:
    name = _attribute(element, "uname" if kind == "node" else "id")
    if not name and kind in (*_DEFAULTS, "fencing_topology") and len(element):
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
    )


def _members(element: ET.Element, kind: str) -> tuple[str, ...]:
    if kind in RESOURCES:
        held = (child for child in element if KINDS.get(child.tag) in RESOURCES)
        return tuple(_attribute(child, "id") for child in held)
    if kind in _CONSTRAINTS:
        names = ("rsc", "with-rsc", "first", "then")
        direct = [_attribute(element, name) for name in names if element.get(name)]
        return tuple(direct) + tuple(_attribute(ref, "id") for ref in element.iter("resource_ref"))
    if kind == "tag":
        return tuple(_attribute(ref, "id") for ref in element.iter("obj_ref"))
    return ()


def _settings(element: ET.Element) -> tuple[Setting, ...]:
    return tuple(
        Setting(section, _attribute(pair, "name"), plain_line(pair.get("value", "")))
        for holder in (element, *element)
        for section in (_SECTIONS.get(holder.tag, "params"),)
        for pair in holder.findall("nvpair")
        if pair.get("name")
    )


def _attribute(element: ET.Element, name: str) -> str:
    return plain_line(element.get(name, ""))


def with_staged(configuration: Configuration, lines: Iterable[str]) -> Configuration:
    """Return the configuration as ``configure`` lines that were not yet committed would leave it.

    Args:
        configuration: What is committed.
        lines: What was typed in the ``configure`` level, in order. Lines that are not understood
            change nothing: crm will say what is wrong with them.
    """
    objects = dict(configuration.objects)
    for line in lines:
        words = _split(line)
        if words:
            command = _ALIASES.get(words[0], words[0])
            _stage(objects, command, words[1:])
    return Configuration(MappingProxyType(objects))


def _split(line: str) -> list[str]:
    try:
        return shlex.split(plain_line(line), comments=line.lstrip().startswith("#"))
    except ValueError:
        return line.split()


def _stage(objects: dict[str, ConfigurationObject], command: str, words: list[str]) -> None:
    if command == "delete":
        for name in words:
            _delete(objects, name)
    elif command == "rename" and len(words) == 2:
        _rename(objects, *words)
    elif command == "modgroup" and len(words) >= 3:
        _modify_group(objects, *words)
    elif command == "erase":
        kept = {name: known for name, known in objects.items() if known.kind == "node"}
        objects.clear()
        objects.update({} if words == ["nodes"] else kept)
    elif command in KINDS.values() and command not in ("property", "fencing_topology") and words:
        _add(objects, command, words)


def _add(objects: dict[str, ConfigurationObject], kind: str, words: list[str]) -> None:
    name, *rest = words
    end = next((at for at, word in enumerate(rest) if word in _SETTINGS or "=" in word), len(rest))
    heads = rest[:end]
    if kind == "node":
        name = name.split(":")[0]
    agent = heads[0] if heads and kind in ("primitive", "rsc_template") else ""
    template = agent[1:] if agent.startswith("@") else ""
    is_holding = kind in ("group", "clone", "ms", "tag")
    members = tuple(heads[:1] if kind in ("clone", "ms") else heads) if is_holding else ()
    parent = objects[name].parent if name in objects else ""
    objects[name] = ConfigurationObject(
        name, kind, "" if template else agent, template, members, parent
    )
    if kind != "tag":
        _adopt(objects, name, members)
        _refer(objects, dict.fromkeys(members, name))


def _adopt(objects: dict[str, ConfigurationObject], parent: str, members: Iterable[str]) -> None:
    held = frozenset(members)
    for name, known in objects.items():
        if name in held:
            objects[name] = replace(known, parent=parent)
        elif known.parent == parent:
            objects[name] = replace(known, parent="")


def _refer(objects: dict[str, ConfigurationObject], heirs: Mapping[str, str]) -> None:
    """Let constraints name the heirs: a group or clone takes the place of what it holds."""
    for name, known in objects.items():
        if known.kind in _CONSTRAINTS and not heirs.keys().isdisjoint(known.members):
            members = tuple(heirs.get(member, member) for member in known.members)
            objects[name] = replace(known, members=members)


def _delete(objects: dict[str, ConfigurationObject], name: str) -> None:
    """Delete an object as crm does.

    What a group or clone held stays, and the first of it takes its place in constraints; without
    an heir a constraint goes too. A group or tag goes with its last member.
    """
    known = objects.pop(name, None)
    if known is None:
        return
    _adopt(objects, name, ())
    if known.kind in RESOURCES and known.members:
        _refer(objects, {name: known.members[0]})
    for other, holder in tuple(objects.items()):
        if name not in holder.members:
            continue
        members = tuple(member for member in holder.members if member != name)
        objects[other] = replace(holder, members=members)
        if not members or holder.kind in _CONSTRAINTS:
            _delete(objects, other)


def _rename(objects: dict[str, ConfigurationObject], old: str, new: str) -> None:
    if old not in objects or new in objects:
        return
    renamed = {
        new if name == old else name: replace(
            known,
            id=new if name == old else name,
            members=tuple(new if member == old else member for member in known.members),
            parent=new if known.parent == old else known.parent,
        )
        for name, known in objects.items()
    }
    objects.clear()
    objects.update(renamed)


def _modify_group(
    objects: dict[str, ConfigurationObject], group: str, verb: str, member: str, *place: str
) -> None:
    known = objects.get(group)
    if known is None or known.kind != "group":
        return
    members = [other for other in known.members if other != member]
    if verb == "add":
        at = len(members)
        if len(place) == 2 and place[1] in members:
            at = members.index(place[1]) + (place[0] == "after")
        members.insert(at, member)
    objects[group] = replace(known, members=tuple(members))
    _adopt(objects, group, members)
