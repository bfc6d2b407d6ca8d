"""Attributes that are set somewhere in the cluster: their names and values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.completion.candidate_source import CandidateRequest, SourceItem
from crmtui.completion.word_candidates import values_of
from crmtui.crmsh import command_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cib.objects import ConfigurationObject


def node_attributes(request: CandidateRequest) -> dict[str, list[tuple[str, str]]]:
    """Return the names of attributes that nodes have, each with node and value."""
    found: dict[str, list[tuple[str, str]]] = {}
    for node in request.knowledge.configuration().of_kind("node"):
        for setting in node.settings:
            if setting.section == "params":
                found.setdefault(setting.name, []).append((node.id, setting.value))
    cluster = request.knowledge.cluster()
    for attribute in cluster.attributes if cluster else ():
        pair = (attribute.node, attribute.value)
        if pair not in found.setdefault(attribute.name, []):
            found[attribute.name].append(pair)
    return found


def described(pairs: list[tuple[str, str]]) -> str:
    """Return the value of an attribute on each node, in one line."""
    return "now " + ", ".join(f"{value} on {node}" for node, value in pairs[:3])


def names_with_values(
    section: str, known: dict[str, list[tuple[str, str]]], used: tuple[str, ...], equals: str
) -> Iterator[SourceItem]:
    """Yield the names that are set already, then those in a section of ``names.txt``.

    Args:
        section: The section.
        known: The names that are set already, with holder and value.
        used: Names not to offer.
        equals: The sign behind a name: ``=``, or nothing.
    """
    rows = command_table.names(section)
    for name in dict.fromkeys((*known, *rows)):
        if name not in used:
            help_ = rows[name].help if name in rows else ""
            now = described(known[name]) if name in known else ""
            meta = ", ".join(text for text in (help_, now) if text)
            yield SourceItem(
                f"{name}{equals}", meta, name, is_final=not equals, is_raw=bool(equals)
            )


def values_now(
    section: str, known: dict[str, list[tuple[str, str]]], name: str
) -> Iterator[SourceItem]:
    """Yield a name's values in a section of ``names.txt``, then those that are set now."""
    yield from values_of(section, name)
    for holder, value in known.get(name, ()):
        yield SourceItem(value, f"now on {holder}")


def capacities(request: CandidateRequest) -> dict[str, list[tuple[str, str]]]:
    """Return the names in the utilization of nodes and resources, with holder and value."""
    found: dict[str, list[tuple[str, str]]] = {}
    for known in request.knowledge.configuration().objects.values():
        for name, value in set_on(known, "utilization"):
            found.setdefault(name, []).append((known.id, value))
    return found


def set_on(known: ConfigurationObject | None, section: str) -> list[tuple[str, str]]:
    """Return the names and values in one section of an object."""
    settings = known.settings if known else ()
    return [(s.name, s.value) for s in settings if s.section == section]
