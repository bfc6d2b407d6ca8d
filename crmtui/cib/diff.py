"""Differences between two configurations, one short line each.

``~ webip params ip=10.0.0.1 → 10.0.0.2``, ``+ primitive mail ocf:heartbeat:IPaddr2``. A line masks
secret values: it tells that a secret changed, and not the secret.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.cib.objects import KINDS, SECTIONS
from crmtui.cib.secrets import MASK, is_secret
from crmtui.text import plain_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_HOLDERS = frozenset({"primitive", "group", "clone", "master", "bundle", "template"})
_DEFAULTS = frozenset({"rsc_defaults", "op_defaults"})


@dataclass(frozen=True, slots=True)
class ConfigurationDifference:
    """Difference in one object."""

    sign: str
    """``+`` for added, ``-`` for removed, ``~`` for changed."""
    object: str
    """Id of the object; for a node its name."""
    words: str

    def __str__(self) -> str:
        return f"{self.sign} {self.words}"


@dataclass(frozen=True, slots=True)
class _Object:
    title: str
    leaves: dict[tuple[str, str], tuple[str, str]]
    """Label and value of each leaf, by its section or tag, and its name or id."""


def differences(old: Element, new: Element) -> tuple[ConfigurationDifference, ...]:
    """Return the differences from ``old`` to ``new``, in the order of ``new``, removed objects last."""
    before, after = dict(_objects(old)), dict(_objects(new))
    found: list[ConfigurationDifference] = []
    for name, now in after.items():
        was = before.get(name)
        if was is None:
            found.append(ConfigurationDifference("+", name, _whole(now)))
        else:
            found.extend(_changed(name, was, now))
    for name, was in before.items():
        if name not in after:
            found.append(ConfigurationDifference("-", name, was.title))
    return tuple(found)


def _whole(made: _Object) -> str:
    values = " ".join(_pair(label, value) for label, value in made.leaves.values() if value)
    return f"{made.title} {values}".rstrip()


def _changed(name: str, was: _Object, now: _Object) -> Iterator[ConfigurationDifference]:
    for key, (label, value) in now.leaves.items():
        before = was.leaves.get(key)
        if before is None:
            yield ConfigurationDifference("+", name, f"{name} {_pair(label, value)}")
        elif before != (label, value):
            same = before[0] == label
            then = _hidden(label, before[1]) if same else _pair(*before)
            yield ConfigurationDifference("~", name, f"{name} {_pair(label, then, is_plain=True)} → "
                             f"{_hidden(label, value) if same else _pair(label, value)}")  # fmt: skip
    for key, (label, value) in was.leaves.items():
        if key not in now.leaves:
            yield ConfigurationDifference("-", name, f"{name} {_pair(label, value)}")


def _hidden(label: str, value: str) -> str:
    return MASK if value and is_secret(label.rpartition(" ")[2]) else value


def _pair(label: str, value: str, *, is_plain: bool = False) -> str:
    shown = value if is_plain else _hidden(label, value)
    return f"{label}={shown}" if label and not label.endswith(" ") else f"{label}{shown}"


def _objects(configuration: Element) -> Iterator[tuple[str, _Object]]:
    for section in configuration:
        yield from _within(section)


def _within(element: Element) -> Iterator[tuple[str, _Object]]:
    """Yield every object in ``element``, resources in groups and clones included."""
    kind = KINDS.get(element.tag)
    if element.tag in _DEFAULTS:
        for child in element:
            yield _name(child), _object(child, element.tag)
        return
    if kind is None:
        for child in element:
            yield from _within(child)
        return
    name = _name(element)
    yield name, _object(element, kind)
    if element.tag in _HOLDERS:
        for child in element:
            if child.tag in _HOLDERS:
                yield from _within(child)


def _name(element: Element) -> str:
    return plain_line(element.get("uname") or element.get("id") or element.tag)


def _object(element: Element, kind: str) -> _Object:
    named = (plain_line(element.get(part, "")) for part in ("class", "provider", "type"))
    agent = ":".join(part for part in named if part) if element.get("class") else ""
    title = " ".join(part for part in (kind, _name(element), agent) if part)
    leaves: dict[tuple[str, str], tuple[str, str]] = {}
    hidden = {"id", "uname", "class", "provider", "type"} if agent else {"id", "uname"}
    for attribute, value in element.items():
        if attribute not in hidden:
            leaves["", attribute] = plain_line(attribute), plain_line(value)
    held = [_name(child) for child in element if child.tag in _HOLDERS]
    if held:
        leaves["", "members"] = "members", " ".join(held)
    for child in element:
        if child.tag not in _HOLDERS:
            _collect(child, SECTIONS.get(element.tag, ""), leaves)
    return _Object(title, leaves)


def _collect(
    element: Element, section: str, leaves: dict[tuple[str, str], tuple[str, str]]
) -> None:
    given = {plain_line(name): plain_line(value) for name, value in element.items()}
    id_ = given.pop("id", "")
    if element.tag == "nvpair":
        # Tools invent the ids of pairs, and invent new ones later, so pairs are told apart by name.
        label = f"{section} {given.get('name', '')}".strip()
        leaves[section, given.get("name", id_)] = label, given.get("value", "")
        return
    within = SECTIONS.get(element.tag, section)
    if element.tag not in SECTIONS and element.tag != "operations":
        # The name of an operation needs no label.
        first = given.pop("name", "") if element.tag == "op" else ""
        pairs = (f"{name}={value}" for name, value in given.items())
        words = " ".join(filter(None, (first, *pairs)))
        if words or id_:
            leaves[element.tag, id_ or words] = f"{element.tag} ", words or id_
    for child in element:
        _collect(child, within, leaves)
