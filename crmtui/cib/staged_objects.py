"""Objects of the configuration as they will be after the commit of the staged lines."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from crmtui.cib.objects import (
    CONSTRAINTS,
    KINDS,
    RESOURCES,
    SECTIONS,
    Configuration,
    ConfigurationObject,
    NvPair,
    Operation,
)
from crmtui.crmsh.command_table import name_of
from crmtui.crmsh.words import texts
from crmtui.text import plain_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_SETTINGS = frozenset({"params", "meta", "attributes", "utilization", "operations", "op"})


def with_staged(configuration: Configuration, lines: Iterable[str]) -> Configuration:
    """Return the configuration with staged ``configure`` lines applied.

    Args:
        configuration: Committed configuration.
        lines: Lines typed in the ``configure`` level, in order. Unknown lines change nothing, as crm
            reports their errors.
    """
    objects = dict(configuration.objects)
    for line in lines:
        words = _split(line)
        if words:
            _stage(objects, name_of("configure", words[0]), words[1:])
    return Configuration(MappingProxyType(objects), configuration.replaceable)


def created(line: str) -> str:
    """Return the id of the object that a ``configure`` line creates; empty for none."""
    command, *words = _split(line) or [""]
    kind = name_of("configure", command)
    is_new = kind in KINDS.values() and kind not in ("property", "fencing_topology", "node")
    return _id_of(words[0]) if is_new and words else ""


def _id_of(word: str) -> str:
    return word.removeprefix("$").removeprefix("id=").rstrip(":")


def _split(line: str) -> list[str]:
    return list(texts(plain_line(line)))


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
    name = _id_of(name)
    end = next((at for at, word in enumerate(rest) if word in _SETTINGS or "=" in word), len(rest))
    heads = rest[:end]
    if kind == "node":
        name = name.split(":")[0]
    agent = heads[0] if heads and kind in ("primitive", "rsc_template") else ""
    template = agent[1:] if agent.startswith("@") else ""
    members = _staged_members(kind, heads)
    parent = objects[name].parent if name in objects else ""
    objects[name] = ConfigurationObject(
        name,
        kind,
        "" if template else agent,
        template,
        members,
        parent,
        settings=tuple(_staged_settings(kind, rest[end:])),
        operations=tuple(_staged_operations(rest[end:])),
        ticket=heads[0].rstrip(":") if kind == "rsc_ticket" and heads else "",
        sets=tuple(_staged_sets(rest[end:])),
    )
    if kind != "tag" and kind not in CONSTRAINTS:
        _adopt(objects, name, members)
        _refer(objects, dict.fromkeys(members, name))


def _staged_members(kind: str, heads: list[str]) -> tuple[str, ...]:
    if kind in ("group", "tag"):
        return tuple(heads)
    if kind in ("clone", "ms") or (kind == "location" and heads[:1] != ["{"]):
        return tuple(heads[:1])
    if kind not in CONSTRAINTS:
        return ()
    # A word that ends with a colon is a score, a kind or a ticket; a resource may have :ROLE.
    named = (word.strip("()[]{}") for word in heads if not word.endswith(":"))
    return tuple(name.partition(":")[0] for name in named if name)


def _staged_sets(words: list[str]) -> Iterator[tuple[str, str]]:
    section = "params"
    for word in words:
        if word.lower() in _SETTINGS:
            section = "params" if word.lower() == "attributes" else word.lower()
        elif word.startswith("$id="):
            yield section, word.removeprefix("$id=")


def _staged_settings(kind: str, words: list[str]) -> Iterator[NvPair]:
    if kind not in ("node", "primitive", "rsc_template", "group", "clone", "ms"):
        return
    section = "params"
    for word in words:
        name, equals, value = word.partition("=")
        if word.lower() in _SETTINGS:
            section = "params" if word.lower() == "attributes" else word.lower()
        elif equals and name and section in SECTIONS.values() and not name.startswith("$"):
            yield NvPair(section, name, value)


def _staged_operations(words: list[str]) -> Iterator[Operation]:
    begins = [at for at, word in enumerate(words) if word.lower() in _SETTINGS]
    for at, end in pairwise([*begins, len(words)]):
        if words[at].lower() == "op" and at + 1 < end:
            pairs = [word.partition("=")[::2] for word in words[at + 2 : end] if "=" in word]
            interval = next((value for name, value in pairs if name == "interval"), "")
            others = tuple(pair for pair in pairs if pair[0] != "interval")
            yield Operation(words[at + 1], interval, others)


def _adopt(objects: dict[str, ConfigurationObject], parent: str, members: Iterable[str]) -> None:
    held = frozenset(members)
    for name, known in objects.items():
        if name in held:
            objects[name] = replace(known, parent=parent)
        elif known.parent == parent:
            objects[name] = replace(known, parent="")


def _refer(objects: dict[str, ConfigurationObject], heirs: Mapping[str, str]) -> None:
    """Replace resources in constraints by their heirs: a group or clone stands for its members."""
    for name, known in objects.items():
        if known.kind in CONSTRAINTS and not heirs.keys().isdisjoint(known.members):
            members = tuple(heirs.get(member, member) for member in known.members)
            objects[name] = replace(known, members=members)


def _delete(objects: dict[str, ConfigurationObject], name: str) -> None:
    """Delete an object as crm does.

    Members of a deleted group or clone stay, and its first member replaces it in constraints. A
    constraint without such an heir goes too. A group or tag goes with its last member.
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
        # Sets have more than two resources and lose one; a pair cannot do without either.
        if not members or (holder.kind in CONSTRAINTS and len(members) < 2):
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
