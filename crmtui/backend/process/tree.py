"""Processes that crm has started, so that Ctrl-C reaches a slow one and not crm itself."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import signal
    from collections.abc import Iterator

_PYTHON = re.compile(r"python[0-9.]*$")


def started_by_crm(pid: int) -> tuple[int, ...]:
    """Return the processes below crm, parents first.

    crm and the wrappers around it (``nsenter``, ``sudo``) are not among them. A crm on another machine
    has none here (source: proc(5), stat and cmdline).

    Args:
        pid: Process of crm, or of a wrapper around it.
    """
    children: dict[int, list[int]] = defaultdict(list)
    for child, parent in _parents():
        children[parent].append(child)
    crm = next((found for found in _below(pid, children) if _runs_crm(found)), None)
    return () if crm is None else tuple(_below(crm, children))[1:]


def process_and_below(pid: int) -> tuple[int, ...]:
    """Return process ``pid`` and all processes below it on this machine, parents first."""
    children: dict[int, list[int]] = defaultdict(list)
    for child, parent in _parents():
        children[parent].append(child)
    return tuple(_below(pid, children))


def interrupt(pid: int, number: signal.Signals) -> bool:
    """Send a signal to the processes below crm; return True if it reached one.

    Args:
        pid: Process of crm, or of the way to it.
        number: Signal to send.
    """
    reached = False
    for child in started_by_crm(pid):
        try:
            os.kill(child, number)
        except (ProcessLookupError, PermissionError):  # ended, or another user's
            continue
        reached = True
    return reached


def _below(pid: int, children: dict[int, list[int]]) -> Iterator[int]:
    waiting = [pid]
    for parent in waiting:
        yield parent
        waiting.extend(children.get(parent, ()))


def _parents() -> Iterator[tuple[int, int]]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text(errors="replace")
            except OSError:  # it has ended meanwhile
                continue
            # The second field is a name in brackets and may hold blanks and brackets.
            yield int(entry.name), int(stat.rpartition(")")[2].split()[1])


def _runs_crm(pid: int) -> bool:
    """Return True if the process is crm, and not a wrapper with crm among its arguments."""
    try:
        arguments = (Path("/proc") / str(pid) / "cmdline").read_bytes().split(b"\0")
    except OSError:  # it has ended meanwhile
        return False
    names = [Path(argument.decode(errors="replace")).name for argument in arguments]
    if _PYTHON.match(names[0]):
        names = [name for name in names[1:] if not name.startswith("-")]
    return names[:1] == ["crm"]
