"""Undo of one change of the configuration, while later changes of other objects stay.

Objects that the change touched return to their old state; all others stay as they are now. An object
is compared as a whole: a resource with its members, a constraint, a node. Each property and each
default is compared by itself, since the cluster writes some of them on its own.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from crmtui.cib.diff import ConfigurationDifference, differences
from crmtui.cib.document import Cib
from crmtui.text import plain_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from crmtui.cib.version import CibVersion

_PAIRWISE = frozenset(("crm_config", "rsc_defaults", "op_defaults"))

Key = tuple[str, ...]
"""Place of an object: its section, its id, and for a property or default its name."""


@dataclass(frozen=True, slots=True)
class ConfigurationMoment:
    """Configuration of one moment. It keeps no tree, since a hundred of them are kept in memory."""

    text: str = field(repr=False)
    """XML of the whole CIB, or of one without status."""
    version: CibVersion
    when: str
    """Time of the last write, as Pacemaker prints it, else the time it was noticed; may be empty."""
    who: str
    """``by root via crm_resource on n1``; empty where the CIB does not say."""

    @classmethod
    def of(cls, cib: Cib) -> ConfigurationMoment:
        """Return the moment of ``cib``."""
        return cls(cib.text, cib.version, cib.last_written, cib.changed_by)


@dataclass(frozen=True, slots=True)
class ConfigurationChange:
    """Change of the configuration, by crmtui or by others."""

    before: ConfigurationMoment
    after: ConfigurationMoment
    differences: tuple[ConfigurationDifference, ...]
    """Differences that the change made, one short line each."""
    undoes: ConfigurationChange | None = field(default=None, repr=False)
    """Change that this one undid; None unless this one is an undo of crmtui."""

    @classmethod
    def between(cls, before: Cib, after: Cib) -> ConfigurationChange:
        """Return the change from one CIB to the next."""
        found = differences(before.configuration, after.configuration)
        return cls(ConfigurationMoment.of(before), ConfigurationMoment.of(after), found)


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Reason against an undo: later changes touched the same objects."""

    objects: tuple[str, ...]

    def __str__(self) -> str:
        names = ", ".join(self.objects)
        return f"A later change touched the same: {names}."


def inverted(change: ConfigurationChange, now: Cib) -> str | Overtaken:
    """Return the CIB ``now`` without ``change``, as text with the next version.

    Args:
        change: Change to undo.
        now: Whole present CIB.
    """
    was, became = (_units(Cib.parse(each.text)) for each in (change.before, change.after))
    present = _units(now)
    touched = [
        key
        for key in dict.fromkeys((*was, *became))
        if _text(was.get(key)) != _text(became.get(key))
    ]
    overtaken = [key for key in touched if _text(present.get(key)) != _text(became.get(key))]
    if overtaken:
        return Overtaken(tuple(dict.fromkeys(_name(key, was, became) for key in overtaken)))
    wanted = copy.deepcopy(now.as_written)
    configuration = _configuration(wanted)
    for key in touched:
        _put(configuration, key, was.get(key), list(was))
    wanted.set("epoch", str(now.version.epoch + 1))
    wanted.set("num_updates", "0")
    return ElementTree.tostring(wanted, encoding="unicode")


def _units(cib: Cib) -> Mapping[Key, Element]:
    return dict(_walk(_configuration(cib.as_written)))


def _configuration(cib: Element) -> Element:
    found = cib.find("configuration")
    assert found is not None, "no Cib is without one"
    return found


def _walk(configuration: Element) -> Iterator[tuple[Key, Element]]:
    for section in configuration:
        for child in section:
            name = child.get("id", "")
            if section.tag in _PAIRWISE and child.find("rule") is None:
                for pair in child.iterfind("nvpair"):
                    yield (section.tag, name, pair.get("name", "")), pair
            else:
                yield (section.tag, name), child


def _text(element: Element | None) -> str:
    if element is None:
        return ""
    return ElementTree.canonicalize(
        ElementTree.tostring(element, encoding="unicode"), strip_text=True
    )


def _name(key: Key, *units: Mapping[Key, Element]) -> str:
    known = next((each[key] for each in units if key in each), None)
    return plain_line((known.get("uname") if known is not None else None) or key[-1])


def _put(configuration: Element, key: Key, element: Element | None, order: list[Key]) -> None:
    """Replace the object ``key`` of ``configuration`` by ``element``; None removes the object."""
    holder = _holder(configuration, key)
    old = dict(_walk(configuration)).get(key)
    if old is not None:
        at = list(holder).index(old)
        holder.remove(old)
    else:
        at = _place(holder, key, order)
    if element is not None:
        holder.insert(at, copy.deepcopy(element))


def _holder(configuration: Element, key: Key) -> Element:
    holder = configuration.find(key[0])
    if holder is None:
        holder = ElementTree.SubElement(configuration, key[0])
    if len(key) < 3:
        return holder
    tag = "cluster_property_set" if key[0] == "crm_config" else "meta_attributes"
    for found in holder:
        if found.get("id") == key[1]:
            return found
    return ElementTree.SubElement(holder, tag, {"id": key[1]})


def _place(holder: Element, key: Key, order: list[Key]) -> int:
    """Return the index for ``key`` in ``holder``: behind its old predecessor, if that is still there."""
    names = [child.get("name" if len(key) > 2 else "id", "") for child in holder]
    for before in reversed(order[: order.index(key)] if key in order else []):
        if before[:-1] == key[:-1] and before[-1] in names:
            return names.index(before[-1]) + 1
    return 0 if key in order else len(names)
