"""Which processes crm has started, so that a slow one can be interrupted and crm itself spared."""

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
    """Return what the crm that runs in process ``pid`` or below it has started, parents first.

    Wrappers between ``pid`` and crm (``nsenter``, ``sudo``) are not among them, nor is crm. Nothing
    is found where crm runs on another machine (source: proc(5), stat and cmdline).
    """
    children: dict[int, list[int]] = defaultdict(list)
    for child, parent in _parents():
        children[parent].append(child)
    crm = next((found for found in _below(pid, children) if _runs_crm(found)), None)
    return () if crm is None else tuple(_below(crm, children))[1:]


def process_and_below(pid: int) -> tuple[int, ...]:
    """Return process ``pid`` and all that it has started on this machine, parents first."""
    children: dict[int, list[int]] = defaultdict(list)
    for child, parent in _parents():
        children[parent].append(child)
    return tuple(_below(pid, children))


def interrupt(pid: int, number: signal.Signals) -> bool:
    """Send ``number`` to all that crm has started; say whether there was something to reach.

    Args:
        pid: The process of crm, or of what brings crm to its target.
        number: The signal.
    """
    reached = False
    for child in started_by_crm(pid):
        try:
            os.kill(child, number)
        except (ProcessLookupError, PermissionError):  # it has ended, or it is another user's
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
    """Say whether the process is crm, not a wrapper that was told to run it."""
    try:
        arguments = (Path("/proc") / str(pid) / "cmdline").read_bytes().split(b"\0")
    except OSError:  # it has ended meanwhile
        return False
    names = [Path(argument.decode(errors="replace")).name for argument in arguments]
    if _PYTHON.match(names[0]):
        names = [name for name in names[1:] if not name.startswith("-")]
    return names[:1] == ["crm"]
