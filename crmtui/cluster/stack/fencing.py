"""Fencing: the devices, the order in which they are tried, and the nodes that they cover.

``pacemaker-fenced(7)`` defines the nodes that a device covers: ``pcmk_host_check``,
``pcmk_host_list`` and ``pcmk_host_map``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crmtui.cib.xml import number, words
from crmtui.cluster import devices as fence_devices

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from crmtui.cib.objects import Configuration, ConfigurationObject
    from crmtui.cluster.model import Cluster, FenceEvent

Check = Literal["static-list", "dynamic-list", "status", "none"]
"""Method by which a device knows its nodes: a list in its parameters, a list from the device, a
question for each node, or none: the device is taken to fence every node.
"""

_SEPARATORS = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class Device:
    """A fencing device."""

    id: str
    agent: str
    check: Check
    hosts: tuple[str, ...]
    """Nodes that its parameters name."""
    runs_on: tuple[str, ...]
    """Nodes on which its monitor runs; other nodes may use the device too."""
    is_disabled: bool
    is_failed: bool

    @property
    def is_usable(self) -> bool:
        """True if the fencer would use the device."""
        return not self.is_disabled

    def covers(self, node: str) -> bool | None:
        """Return true if the device can fence ``node``; None where only the device knows."""
        if self.check == "none":
            return True
        return node in self.hosts if self.check == "static-list" else None


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the fencing topology: all its devices have to succeed."""

    target: str
    """Name of the node, ``~PATTERN`` for a regular expression, or ``ATTRIBUTE=VALUE``."""
    index: int
    """Number of the level; levels are tried from 1 upwards."""
    devices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NodeFencing:
    """Fencing of one node."""

    node: str
    devices: tuple[str, ...]
    """Devices that can fence the node, by topology or else all that cover it."""
    levels: tuple[Level, ...]
    """Levels of the topology for the node, in order."""
    is_certain: bool
    """True if the fencer answered, or the parameters are conclusive."""
    last: FenceEvent | None = None
    """Newest entry of the fencing history for the node."""


@dataclass(frozen=True, slots=True)
class Fencing:
    """Fencing of the whole cluster."""

    is_enabled: bool
    has_watchdog: bool
    """True if nodes fence themselves by a hardware watchdog (diskless SBD)."""
    devices: tuple[Device, ...]
    levels: tuple[Level, ...]
    nodes: tuple[NodeFencing, ...]
    troubles: tuple[str, ...]
    """Reasons why fencing is off or cannot work, one sentence each, the worst first."""


def levels(cib: Element) -> tuple[Level, ...]:
    """Return the fencing topology in a CIB, by target and index."""
    found = [
        Level(_target(own), number(own, "index"), _split(own.get("devices", "")))
        for own in map(words, cib.iter("fencing-level"))
    ]
    return tuple(sorted(found, key=lambda level: (level.target, level.index)))


def _target(own: Mapping[str, str]) -> str:
    if own.get("target-attribute"):
        return f"{own['target-attribute']}={own.get('target-value', '')}"
    return own.get("target") or f"~{own.get('target-pattern', '')}"


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in _SEPARATORS.split(text) if part)


def fencing(
    cluster: Cluster,
    configuration: Configuration,
    topology: tuple[Level, ...],
    registered: Mapping[str, tuple[str, ...]],
) -> Fencing:
    """Return the fencing of ``cluster``.

    Args:
        cluster: The cluster.
        configuration: Devices with their parameters, and the attributes of nodes.
        topology: Levels of ``levels``.
        registered: Devices that the fencer named, for each node that it was asked about.
    """
    found = tuple(
        _device(each, cluster)
        for each in configuration.of_kind("primitive")
        if configuration.agent_of(each.id).startswith("stonith:")
    )
    nodes = tuple(
        _of_node(node.name, found, topology, configuration, cluster, registered)
        for node in cluster.nodes
        if node.kind != "guest"  # a guest is fenced by stopping its resource
    )
    return Fencing(
        is_enabled=cluster.is_fencing_enabled,
        has_watchdog=fence_devices.has_watchdog(cluster),
        devices=found,
        levels=topology,
        nodes=nodes,
        troubles=tuple(_troubles(cluster, found, topology, nodes)),
    )


def _device(known: ConfigurationObject, cluster: Cluster) -> Device:
    params = {pair.name: pair.value for pair in known.settings if pair.section == "params"}
    listed = _split(params.get("pcmk_host_list", ""))
    mapped = tuple(part.partition(":")[0] for part in params.get("pcmk_host_map", "").split(";"))
    hosts = tuple(host.strip() for host in (*listed, *mapped) if host.strip())
    runs = [each for each in cluster.walk() if each.kind == "primitive" and each.id == known.id]
    return Device(
        id=known.id,
        agent=known.agent,
        check=_check(params.get("pcmk_host_check", ""), hosts),
        hosts=tuple(dict.fromkeys(hosts)),
        runs_on=tuple(dict.fromkeys(node for each in runs for node in each.nodes)),
        is_disabled=bool(runs) and all("disabled" in each.flags for each in runs),
        is_failed=any(each.is_failed for each in runs),
    )


def _check(chosen: str, hosts: tuple[str, ...]) -> Check:
    checks: dict[str, Check] = {
        "static-list": "static-list",
        "dynamic-list": "dynamic-list",
        "status": "status",
        "none": "none",
    }
    return checks.get(chosen, "static-list" if hosts else "dynamic-list")


def _of_node(
    node: str,
    devices: tuple[Device, ...],
    topology: tuple[Level, ...],
    configuration: Configuration,
    cluster: Cluster,
    registered: Mapping[str, tuple[str, ...]],
) -> NodeFencing:
    own = tuple(level for level in topology if _is_for(level, node, configuration))
    named = tuple(dict.fromkeys(name for level in own for name in level.devices))
    candidates = [device for device in devices if not own or device.id in named]
    if node in registered:
        able = registered[node]
    else:
        able = tuple(d.id for d in devices if d.is_usable and d.covers(node) is not False)
    ids = tuple(name for name in named if name in able) if own else able
    is_certain = node in registered or all(d.covers(node) is not None for d in candidates)
    last = next((event for event in cluster.fencing if event.target == node), None)
    return NodeFencing(node, ids, own, is_certain, last)


def _is_for(level: Level, node: str, configuration: Configuration) -> bool:
    if level.target.startswith("~"):
        try:
            return re.search(level.target[1:], node) is not None
        except re.error:  # Pacemaker's own patterns are POSIX's
            return False
    name, equals, value = level.target.partition("=")
    if equals:
        known = configuration.objects.get(node)
        pairs = known.settings if known is not None else ()
        return any(pair.name == name and pair.value == value for pair in pairs)
    return level.target == node


def _troubles(
    cluster: Cluster,
    devices: tuple[Device, ...],
    topology: tuple[Level, ...],
    nodes: tuple[NodeFencing, ...],
) -> Iterator[str]:
    off = fence_devices.fencing_off(cluster)
    if off:
        yield off
    known = {device.id for device in devices}
    for level in topology:
        for name in level.devices:
            if name not in known:
                yield f"Level {level.index} of {level.target} names {name}, which is no device."
    for device in devices:
        if device.is_disabled:
            yield f"The device {device.id} is disabled."
        elif device.is_failed:
            yield f"The device {device.id} has failed."
    if devices and not fence_devices.has_watchdog(cluster):
        for node in nodes:
            if not node.devices:
                yield f"{node.node} cannot be fenced: no device covers it."
