"""Taking back one change of the configuration, whatever has changed since somewhere else.

What a change touched is put back as it was; everything else stays as it is now. Objects are compared
as wholes: a resource with all that it holds, a constraint, a node, but each property and each default
by itself, since the cluster writes some of them without being asked.
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
"""Where an object stands: its section, its id, and for a property or default its name."""


@dataclass(frozen=True, slots=True)
class ConfigurationMoment:
    """Configuration as it was; without a tree, since a hundred of them are remembered."""

    text: str = field(repr=False)
    """The whole CIB, or one without status."""
    version: CibVersion
    when: str
    """When it was last written, as Pacemaker prints it, or when that was noticed; empty where neither
    is known."""
    who: str
    """``by root via crm_resource on n1``; empty where the CIB does not say."""

    @classmethod
    def of(cls, cib: Cib) -> ConfigurationMoment:
        """Return what is remembered of ``cib``."""
        return cls(cib.text, cib.version, cib.last_written, cib.changed_by)


@dataclass(frozen=True, slots=True)
class ConfigurationChange:
    """One change of the configuration, ours or not."""

    before: ConfigurationMoment
    after: ConfigurationMoment
    differences: tuple[ConfigurationDifference, ...]
    """What became different, in short lines."""
    undoes: ConfigurationChange | None = field(default=None, repr=False)
    """The change that this one took back, if it is ours and did so."""

    @classmethod
    def between(cls, before: Cib, after: Cib) -> ConfigurationChange:
        """Return the change from one CIB to the next."""
        found = differences(before.configuration, after.configuration)
        return cls(ConfigurationMoment.of(before), ConfigurationMoment.of(after), found)


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A change that cannot be taken back, since later ones touched the same objects."""

    objects: tuple[str, ...]

    def __str__(self) -> str:
        names = ", ".join(self.objects)
        return f"A later change touched the same: {names}."


def inverted(change: ConfigurationChange, now: Cib) -> str | Overtaken:
    """Return the CIB ``now`` with ``change`` taken back, as text with the next version.

    Args:
        change: What is taken back.
        now: The whole CIB as it is.
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
    """Make the object ``key`` of ``configuration`` what ``element`` is; None removes it."""
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
    """Return where ``key`` goes among what is in ``holder``: behind what it stood behind."""
    names = [child.get("name" if len(key) > 2 else "id", "") for child in holder]
    for before in reversed(order[: order.index(key)] if key in order else []):
        if before[:-1] == key[:-1] and before[-1] in names:
            return names.index(before[-1]) + 1
    return 0 if key in order else len(names)
