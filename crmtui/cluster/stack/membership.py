"""Corosync's members and the links to them, as ``corosync-cmapctl`` has them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.text import plain_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEYS = ("nodelist.", "quorum.", "runtime.members.", "runtime.totem.pg.mrp.srp.members.", "totem.")
"""The keys of the map that are read, by how they begin; the fourth is that of Corosync 2."""
LINK_KEYS = ("stats.knet.node",)
"""The keys of the map of statistics that are read."""

_VALUE = re.compile(r"(?P<key>\S+) \((?P<type>\w+)\) = ?(?P<value>.*)")
_LISTED = re.compile(r"nodelist\.node\.(?P<position>\d+)\.(?P<name>\w+)")
_SEEN = re.compile(r"runtime\.(?:totem\.pg\.mrp\.srp\.)?members\.(?P<id>\d+)\.(?P<name>\w+)")
_LINK = re.compile(r"stats\.knet\.node(?P<id>\d+)\.link(?P<link>\d+)\.(?P<name>\w+)")
_ADDRESS = re.compile(r"ring(?P<link>\d+)_addr")
_NO_LATENCY = (0, 4294967295)


@dataclass(frozen=True, slots=True)
class Link:
    """A link, in Corosync 2 a ring, from the node that was asked to another one."""

    number: int
    address: str
    """Of the other node."""
    is_connected: bool | None = None
    """None where the transport does not say (udp, udpu)."""
    is_enabled: bool = True
    latency: int | None = None
    """Average, in microseconds."""
    times_down: int = 0
    """How often it was lost since Corosync started; knet counts the start itself as once."""


@dataclass(frozen=True, slots=True)
class CorosyncNode:
    """A node of ``corosync.conf``, or one that is a member without being there."""

    id: int
    name: str
    is_local: bool
    status: str
    """``joined`` or ``left``; ``unknown`` where Corosync has never seen it."""
    links: tuple[Link, ...] = ()
    joined: int = 0
    """How often it joined since Corosync started."""

    @property
    def is_member(self) -> bool:
        """Whether it is in the membership now."""
        return self.status == "joined"


@dataclass(frozen=True, slots=True)
class Membership:
    """What one node's Corosync knows of all nodes."""

    transport: str
    cluster_name: str
    is_encrypted: bool
    nodes: tuple[CorosyncNode, ...]

    @property
    def troubles(self) -> tuple[str, ...]:
        """What is not well with members and links, one sentence each."""
        return tuple(self._troubles())

    def _troubles(self) -> Iterator[str]:
        for node in self.nodes:
            lost = [link for link in node.links if link.is_connected is False]
            if not node.is_member:
                yield f"{node.name} is not a member of the Corosync cluster."
            elif lost and len(lost) == len(node.links):
                yield f"Every link to {node.name} is down."
            else:
                for link in lost:
                    yield f"Link {link.number} to {node.name} ({link.address}) is down."
        if any(not node.is_local and len(node.links) == 1 for node in self.nodes):
            yield "There is only one link between the nodes: if it fails, the cluster splits."


def parse(keys: str, statistics: str) -> Membership:
    """Return what the map says.

    Args:
        keys: What ``corosync-cmapctl`` printed of ``KEYS``.
        statistics: What ``corosync-cmapctl -m stats`` printed of ``LINK_KEYS``; may be empty.
    """
    values, states = _values(keys), _values(statistics)
    listed = _grouped(values, _LISTED, "position")
    seen = _grouped(values, _SEEN, "id")
    links = _links(states)
    local = values.get("nodelist.local_node_pos", "")
    ids: dict[int, dict[str, str]] = {}
    is_local: dict[int, bool] = {}
    for position, own in listed.items():
        number = _number(own.get("nodeid", ""))
        ids[number], is_local[number] = own, str(position) == local
    for number in seen:
        ids.setdefault(number, {})
    return Membership(
        transport=values.get("totem.transport", "knet"),
        cluster_name=values.get("totem.cluster_name", ""),
        is_encrypted=values.get("totem.crypto_cipher", "none") != "none",
        nodes=tuple(
            CorosyncNode(
                id=number,
                name=own.get("name") or own.get("ring0_addr") or str(number),
                is_local=is_local.get(number, False),
                status=seen.get(number, {}).get("status", "unknown"),
                links=tuple(_links_to(own, links.get(number, {}))),
                joined=_number(seen.get(number, {}).get("join_count", "")),
            )
            for number, own in ids.items()
        ),
    )


def _values(text: str) -> dict[str, str]:
    matches = (_VALUE.match(plain_line(line)) for line in text.splitlines())
    return {match["key"]: match["value"] for match in matches if match}


def _grouped(
    values: Mapping[str, str], pattern: re.Pattern[str], by: str
) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for key, value in values.items():
        match = pattern.fullmatch(key)
        if match:
            found.setdefault(int(match[by]), {})[match["name"]] = value
    return found


def _links(states: Mapping[str, str]) -> dict[int, dict[int, dict[str, str]]]:
    found: dict[int, dict[int, dict[str, str]]] = {}
    for key, value in states.items():
        match = _LINK.fullmatch(key)
        if match:
            node = found.setdefault(int(match["id"]), {})
            node.setdefault(int(match["link"]), {})[match["name"]] = value
    return found


def _links_to(own: Mapping[str, str], states: Mapping[int, Mapping[str, str]]) -> Iterator[Link]:
    addresses = {
        int(match["link"]): value
        for name, value in own.items()
        if (match := _ADDRESS.fullmatch(name))
    }
    for number in sorted({*addresses, *states} if addresses else states):
        state = states.get(number, {})
        # A link that nobody configured is there in the statistics, disabled.
        if number not in addresses and state.get("enabled") != "1":
            continue
        connected, latency = state.get("connected"), _number(state.get("latency_ave", ""))
        yield Link(
            number=number,
            address=addresses.get(number, ""),
            is_connected=None if connected is None else connected == "1",
            is_enabled=state.get("enabled", "1") == "1",
            latency=None if latency in _NO_LATENCY else latency,
            times_down=_number(state.get("down_count", "")),
        )


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdecimal() else 0
