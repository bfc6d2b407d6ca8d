"""Membership of Corosync and the links between nodes, from ``corosync-cmapctl``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.text import plain_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEYS = ("nodelist.", "quorum.", "runtime.members.", "runtime.totem.pg.mrp.srp.members.", "totem.")
"""Prefixes of the keys to read from the map; the fourth is that of Corosync 2."""
LINK_KEYS = ("stats.knet.node",)
"""Prefixes of the keys to read from the map of statistics."""

_VALUE = re.compile(r"(?P<key>\S+) \((?P<type>\w+)\) = ?(?P<value>.*)")
_LISTED = re.compile(r"nodelist\.node\.(?P<position>\d+)\.(?P<name>\w+)")
_SEEN = re.compile(r"runtime\.(?:totem\.pg\.mrp\.srp\.)?members\.(?P<id>\d+)\.(?P<name>\w+)")
_LINK = re.compile(r"stats\.knet\.node(?P<id>\d+)\.link(?P<link>\d+)\.(?P<name>\w+)")
_ADDRESS = re.compile(r"ring(?P<link>\d+)_addr")
_NO_LATENCY = (0, 4294967295)


@dataclass(frozen=True, slots=True)
class Link:
    """A link, in Corosync 2 a ring, from the node that answered to another one."""

    number: int
    address: str
    """Address of the other node."""
    is_connected: bool | None = None
    """True if the link is up; None where the transport does not tell (udp, udpu)."""
    is_enabled: bool = True
    latency: int | None = None
    """Average latency in microseconds."""
    times_down: int = 0
    """Number of losses since Corosync started; knet counts the start itself as one."""


@dataclass(frozen=True, slots=True)
class CorosyncNode:
    """A node of ``corosync.conf``, or a member that is not listed there."""

    id: int
    name: str
    is_local: bool
    status: str
    """``joined`` or ``left``; ``unknown`` for a node that Corosync has never seen."""
    links: tuple[Link, ...] = ()
    joined: int = 0
    """Number of joins since Corosync started."""

    @property
    def is_member(self) -> bool:
        """True if the node is in the membership now."""
        return self.status == "joined"


@dataclass(frozen=True, slots=True)
class Membership:
    """Knowledge of one node's Corosync about all nodes."""

    transport: str
    cluster_name: str
    is_encrypted: bool
    nodes: tuple[CorosyncNode, ...]

    @property
    def troubles(self) -> tuple[str, ...]:
        """Problems of members and links, one sentence each."""
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
    """Return the membership from Corosync's maps.

    Args:
        keys: Output of ``corosync-cmapctl`` for ``KEYS``.
        statistics: Output of ``corosync-cmapctl -m stats`` for ``LINK_KEYS``; may be empty.
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
        # The statistics list unconfigured links, too, as disabled.
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
