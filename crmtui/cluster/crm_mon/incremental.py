"""Reader of successive snapshots of crm_mon, which parses only the text that differs from the last one.

A large cluster changes in a few places from snapshot to snapshot. crm_mon prints one XML element a
line, so the text of each resource, and of each node's history, is easy to compare. Text in another
layout is parsed as a whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crmtui.cib.xml import root
from crmtui.cluster.crm_mon import nodes, operations, parse, resources
from crmtui.cluster.crm_mon.resources import Context
from crmtui.errors import CibUnreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.cluster.model import Cluster, FailCount, Resource, Run

_SECTIONS = ("resources", "node_history")
_NEXT = re.compile(r"\n(?=    <[^/])")
"""Start of the next element of a section."""


@dataclass(frozen=True, slots=True)
class _History:
    """History of one node."""

    runs: tuple[Run, ...]
    failcounts: tuple[FailCount, ...]
    probes: Mapping[str, Mapping[str, str]]


class CrmMonReader:
    """Makes clusters of crm_mon's XML; unchanged parts are the same objects as in the last snapshot."""

    def __init__(self) -> None:
        self._context = Context()
        self._resources: dict[str, tuple[Resource, ...]] = {}
        self._histories: dict[str, _History] = {}

    def read(self, xml: str) -> Cluster:
        """Return the cluster that ``xml`` describes, as ``crm_mon.parse`` does.

        Raises:
            ClusterUnavailable: crm_mon is not connected.
            PermissionRefused: This user may not read the CIB.
            CibUnreadable: The XML is broken or empty, or crm_mon could not read the CIB.
        """
        sections, rest = _apart(xml)
        if not sections or "<resources>" in rest or "<node_history>" in rest:
            return parse.parse(xml)
        cluster = parse.parse(rest)
        try:
            return self._together(cluster, sections)
        except CibUnreadable:
            return parse.parse(xml)

    def _together(self, cluster: Cluster, sections: Mapping[str, str]) -> Cluster:
        histories = self._read_histories(sections.get("node_history", ""))
        probes: dict[str, dict[str, str]] = {}
        for history in histories:
            for resource, why in history.probes.items():
                probes.setdefault(resource, {}).update(why)
        context = resources.context(cluster.nodes, probes)
        found = self._read_resources(sections.get("resources", ""), context)
        return replace(
            cluster,
            nodes=nodes.placed(cluster.nodes, found),
            resources=found,
            failcounts=tuple(each for history in histories for each in history.failcounts),
            history=tuple(each for history in histories for each in history.runs),
        )

    def _read_histories(self, section: str) -> list[_History]:
        pieces = _NEXT.split(section) if section else []
        self._histories = {piece: self._histories.get(piece) or _history(piece) for piece in pieces}
        return [self._histories[piece] for piece in pieces]

    def _read_resources(self, section: str, context: Context) -> tuple[Resource, ...]:
        if context != self._context:
            self._context, self._resources = context, {}
        pieces = _NEXT.split(section) if section else []
        self._resources = {
            piece: self._resources.get(piece) or _resources(piece, context) for piece in pieces
        }
        return tuple(each for piece in pieces for each in self._resources[piece])


def _apart(xml: str) -> tuple[dict[str, str], str]:
    """Return the inside of each section with the expected layout, and the rest of the XML."""
    sections = {}
    for name in _SECTIONS:
        before, begin, behind = xml.partition(f"\n  <{name}>\n")
        inside, end, after = behind.partition(f"\n  </{name}>\n")
        if begin and end:
            sections[name] = inside
            xml = f"{before}\n{after}"
    return sections, xml


def _history(piece: str) -> _History:
    section = root(f"<node_history>{piece}</node_history>", "crm_mon")
    return _History(
        operations.runs(section), operations.failcounts(section), operations.failed_probes(section)
    )


def _resources(piece: str, context: Context) -> tuple[Resource, ...]:
    return resources.parse(root(f"<resources>{piece}</resources>", "crm_mon"), context)
