"""Control groups of a lab, as the list of its processes.

A process inherits its group, which identifies it surely, unlike its id or command line. Each node
has a group of its own in every hierarchy that systemd uses. In a shared group, the nodes' systemds
would kill each other's services.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

from crmtui.errors import LabFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECONDS = 10.0
"""Seconds after which killed processes must be gone."""
_PACE = 0.02


def hierarchies() -> tuple[Path, ...]:
    """Return the mount points of systemd's process trees: cgroup2, v1's ``name=systemd``, or both."""
    found = []
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        fields, _, rest = line.partition(" - ")
        kind, _, options = rest.split(" ", 2)
        if kind == "cgroup2" or (kind == "cgroup" and "name=systemd" in options.split(",")):
            found.append(Path(fields.split()[4]))
    return tuple(dict.fromkeys(found))


def groups(*names: str) -> tuple[Path, ...]:
    """Return the folders of the group ``names[0]/names[1]/…``, one for each hierarchy."""
    return tuple(root.joinpath(*names) for root in hierarchies())


def processes(*names: str) -> frozenset[int]:
    """Return the ids of the processes in a group and the groups below it."""
    return frozenset(_processes(groups(*names)))


def _processes(folders: tuple[Path, ...]) -> Iterator[int]:
    for top in folders:
        for folder, _, files in os.walk(top):
            if "cgroup.procs" in files:
                # A group vanishes at any moment, as when a service in it stops.
                with contextlib.suppress(OSError):
                    yield from map(int, Path(folder, "cgroup.procs").read_text().split())


def kill(*names: str) -> None:
    """Kill all processes in a group and the groups below it, and wait until they are gone.

    Raises:
        LabFailed: A process did not end.
    """
    deadline = time.monotonic() + _SECONDS
    while pids := processes(*names):
        if time.monotonic() > deadline:
            raise LabFailed(f"Killed processes did not end: {', '.join(map(str, sorted(pids)))}.")
        with contextlib.ExitStack() as stack:
            held = dict(_hold(stack, pids))
            # An id that was in the group before and after pidfd_open names the same process.
            for pid in processes(*names) & held.keys():
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(held[pid], signal.SIGKILL)
            wait_for_end(tuple(held.values()), _PACE * 10)


def _hold(stack: contextlib.ExitStack, pids: frozenset[int]) -> Iterator[tuple[int, int]]:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            descriptor = os.pidfd_open(pid)
            stack.callback(os.close, descriptor)
            yield pid, descriptor


def wait_for_end(descriptors: tuple[int, ...], seconds: float) -> bool:
    """Wait until a process behind a pidfd ends, at most ``seconds``; return True if one did."""
    poll = select.poll()
    for descriptor in descriptors:
        poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


def remove(*names: str) -> None:
    """Remove an empty group and the groups below it.

    Raises:
        LabFailed: The group does not stay empty.
    """
    deadline = time.monotonic() + _SECONDS
    while not _removed(groups(*names)):
        if time.monotonic() > deadline:
            raise LabFailed(f"The control group {'/'.join(names)} cannot be removed.")
        wait_for_end((), _PACE)


def _removed(folders: tuple[Path, ...]) -> bool:
    for top in folders:
        for folder, _, _ in os.walk(top, topdown=False):
            try:
                Path(folder).rmdir()
            except FileNotFoundError:
                continue
            except OSError:  # busy: the kernel has not yet forgotten the group's last process
                return False
    return True
