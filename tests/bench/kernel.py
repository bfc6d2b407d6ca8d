"""Counts of the kernel for a process and its descendants, from /proc (see proc(5))."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_STAT_PARENT, _STAT_CHILDREN_FAULTS, _STAT_TIMES = 1, 8, slice(11, 15)
"""Fields of /proc/PID/stat, counted from behind the name in brackets."""
_STAT_IDLE = slice(3, 5)
"""Field of the first line of /proc/stat: time in which nothing ran, or disks were waited for."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Of a process and its descendants, up to one moment."""

    seconds: float
    """CPU time, that of children that were waited for included."""
    processes: frozenset[int]
    buried: int
    """Page faults of children that were waited for: every process makes some."""
    megabytes: float
    """Memory that the process itself holds, without its descendants."""

    def started_since(self, before: Usage) -> int:
        """Return how many processes were started since; those that have ended count as one."""
        return len(self.processes - before.processes) + (self.buried != before.buried)


def usage(pid: int) -> Usage:
    """Look at the process ``pid`` and its descendants now."""
    stats = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stats[int(folder.name)] = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
    family = {pid}
    while more := {
        each
        for each, stat in stats.items()
        if int(stat[_STAT_PARENT]) in family and each not in family
    }:
        family |= more
    ticks = sum(int(field) for each in family for field in stats[each][_STAT_TIMES])
    buried = sum(int(stats[each][_STAT_CHILDREN_FAULTS]) for each in family)
    resident = next(
        line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if "VmRSS" in line
    )
    return Usage(ticks / _TICK, frozenset(family), buried, int(resident.split()[1]) / 1024)


def busy_share(seconds: float) -> float:
    """Return which share of all processors was used in the ``seconds`` from now."""
    before = _processor_times()
    time.sleep(seconds)
    after = _processor_times()
    spent = [late - early for early, late in zip(before, after, strict=True)]
    return 1 - sum(spent[_STAT_IDLE]) / sum(spent)


def _processor_times() -> list[int]:
    return [int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
