"""Daemons of a node: services by systemd, and Pacemaker's parts by ``ps``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from crmtui.text import plain_line

UNITS = (
    "corosync", "pacemaker", "pacemaker_remote", "sbd", "pcsd", "corosync-qdevice",
    "corosync-qnetd", "booth@booth", "hawk", "crmsh-ssh",
)  # fmt: skip
"""Services to ask for; the page leaves out those that are not installed."""
UNIT_PROPERTIES = (
    "Id", "Description", "LoadState", "ActiveState", "SubState", "UnitFileState", "Result",
    "NRestarts",
)  # fmt: skip
PARTS = (
    "pacemakerd", "pacemaker-based", "pacemaker-fenced", "pacemaker-execd", "pacemaker-attrd",
    "pacemaker-schedulerd", "pacemaker-controld",
)  # fmt: skip
"""Processes that make up Pacemaker on a full node."""


@dataclass(frozen=True, slots=True)
class Daemon:
    """A service, or a part of one."""

    name: str
    is_running: bool
    state: str
    """State in systemd's words, ``active (running)``; ``running`` or ``not running`` for a part."""
    is_enabled: bool | None = None
    """True if the service starts with the machine; None for a part, or for another word of
    systemd's.
    """
    enabled: str = ""
    """Word of systemd: ``enabled``, ``disabled``, ``static``, ``masked``."""
    description: str = ""
    of: str = ""
    """Name of the service that owns the part; empty for a service."""
    seconds: int | None = None
    """Seconds since the start of a part; None for a service."""
    restarts: int = 0
    """Number of restarts by systemd."""


def parse(units: str, processes: str) -> tuple[Daemon, ...]:
    """Return the installed services, each followed by its parts.

    Args:
        units: Output of ``systemctl show --property=…`` for ``UNITS``.
        processes: Output of ``ps -eo etimes=,args=``.
    """
    running = _running(processes)
    found: list[Daemon] = []
    for block in units.split("\n\n"):
        own = dict(line.partition("=")[::2] for line in map(plain_line, block.splitlines()))
        if own.get("LoadState") not in ("loaded", "masked"):
            continue
        daemon = _service(own)
        found.append(daemon)
        if daemon.name == "pacemaker" and (daemon.is_running or running):
            found.extend(_part(name, running) for name in PARTS)
    return tuple(found)


def _service(own: dict[str, str]) -> Daemon:
    active, enabled = own.get("ActiveState", ""), own.get("UnitFileState", "")
    result = own.get("Result", "success")
    ended = "" if result in ("success", "") else f", {result}"
    restarts = own.get("NRestarts", "")
    return Daemon(
        name=own.get("Id", "").removesuffix(".service"),
        is_running=active in ("active", "reloading"),
        state=f"{active} ({own.get('SubState', '')}{ended})",
        is_enabled={"enabled": True, "disabled": False, "masked": False}.get(enabled),
        enabled=enabled,
        description=own.get("Description", ""),
        restarts=int(restarts) if restarts.isdecimal() else 0,
    )


def _running(processes: str) -> dict[str, int]:
    """Return the seconds since the start of each of Pacemaker's parts."""
    found: dict[str, int] = {}
    for line in map(plain_line, processes.splitlines()):
        seconds, _, arguments = line.partition(" ")
        name = PurePosixPath(arguments.partition(" ")[0]).name
        if name in PARTS and seconds.isdecimal():
            found[name] = int(seconds)
    return found


def _part(name: str, running: dict[str, int]) -> Daemon:
    is_running = name in running
    return Daemon(
        name=name,
        is_running=is_running,
        state="running" if is_running else "not running",
        of="pacemaker",
        seconds=running.get(name),
    )


def troubles(daemons: tuple[Daemon, ...]) -> tuple[str, ...]:
    """Return the problems of the daemons, one sentence each."""
    found = []
    names = {daemon.name: daemon for daemon in daemons}
    for daemon in daemons:
        if daemon.of and not daemon.is_running and names[daemon.of].is_running:
            found.append(f"{daemon.name} is not running, which {daemon.of} needs.")
        elif daemon.state.startswith("failed"):
            found.append(f"{daemon.name} has failed: {daemon.state}.")
    for name in ("corosync", "pacemaker"):
        own = names.get(name)
        if own is not None and own.is_running and own.is_enabled is False:
            found.append(f"{name} is not enabled: after a reboot this node stays out.")
    return tuple(found)
