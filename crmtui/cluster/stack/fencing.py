"""Fencing: which devices there are, in what order they are tried, and who can be fenced at all.

The rules by which a device covers a node are those of ``pacemaker-fenced(7)``: ``pcmk_host_check``,
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
"""How a device knows whom it can fence: a list in its parameters, a list that it is asked for, a
question for each node, or not at all: it is taken to fence everyone."""

_SEPARATORS = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class Device:
    """A fencing device."""

    id: str
    agent: str
    check: Check
    hosts: tuple[str, ...]
    """Whom its parameters name."""
    runs_on: tuple[str, ...]
    """Where its monitor runs; other nodes may use it too."""
    is_disabled: bool
    is_failed: bool

    @property
    def is_usable(self) -> bool:
        """Whether the fencer would use it."""
        return not self.is_disabled

    def covers(self, node: str) -> bool | None:
        """Say whether it can fence ``node``; None where only the device knows."""
        if self.check == "none":
            return True
        return node in self.hosts if self.check == "static-list" else None


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the fencing topology: all its devices have to succeed."""

    target: str
    """The node, ``~PATTERN`` for nodes by a regular expression, or ``ATTRIBUTE=VALUE``."""
    index: int
    """Levels are tried from 1 upwards."""
    devices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NodeFencing:
    """How one node would be fenced."""

    node: str
    devices: tuple[str, ...]
    """What can fence it, by topology or else any of them."""
    levels: tuple[Level, ...]
    """The levels of the topology that are for it, in order."""
    is_certain: bool
    """Whether the fencer was asked, or the parameters say it all."""
    last: FenceEvent | None = None
    """The newest entry of the history that is about it."""


@dataclass(frozen=True, slots=True)
class Fencing:
    """All of it."""

    is_enabled: bool
    has_watchdog: bool
    """Whether nodes fence themselves by a hardware watchdog (diskless SBD)."""
    devices: tuple[Device, ...]
    levels: tuple[Level, ...]
    nodes: tuple[NodeFencing, ...]
    troubles: tuple[str, ...]
    """Why it is off or cannot work, one sentence each, the worst first."""


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
    """Return how ``cluster`` fences.

    Args:
        cluster: A look at it.
        configuration: Its devices with their parameters, and the attributes of nodes.
        topology: What ``levels`` returned.
        registered: For each node that the fencer was asked about, the devices that it named.
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
