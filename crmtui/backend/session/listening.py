"""Readers of a terminal: an answer may be typed only while a program reads from the terminal.

Without a reader the answer stays in the terminal, and crm's next prompt would run it as a command.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from crmtui.backend.process.tree import process_and_below

if TYPE_CHECKING:
    from collections.abc import Iterator

Listening = Literal["yes", "no", "unknown"]

_TTY_READ = re.compile(r"n_tty_read|wait_woken")
"""Kernel functions that wait for a line of a terminal.

Newer kernels use the second one, and for other waits as well."""
_TERMINALS = frozenset({5, *range(136, 144)})
"""Major numbers of ``/dev/tty`` and of pseudo-terminals (source: the kernel's devices.txt)."""


def listening(pid: int) -> Listening:
    """Find out if process ``pid`` or one of its descendants is blocked in a read from a terminal.

    The kernel tells this only to users who may trace the process (source: proc(5), wchan and syscall).
    So the result is ``unknown`` for another user's processes, and on kernels built without these files.
    """
    found: Listening = "no"
    for process in process_and_below(pid):
        for task in _tasks(process):
            waits = _waits_for_line(task)
            if waits == "yes":
                return "yes"
            found = waits if waits == "unknown" else found
    return found


def _tasks(pid: int) -> Iterator[Path]:
    try:
        yield from (Path("/proc") / str(pid) / "task").iterdir()
    except FileNotFoundError:  # the process has ended meanwhile
        return


def _waits_for_line(task: Path) -> Listening:
    try:
        place = (task / "wchan").read_text()
        call = (task / "syscall").read_text().split()
        if not _TTY_READ.match(place) or len(call) < 2:
            return "no"
        device = (task / "fd" / str(int(call[1], 16))).stat()
    except (FileNotFoundError, ProcessLookupError):  # the task has ended, or closed the file
        return "unknown" if _is_untold(task) else "no"
    except PermissionError:
        return "unknown"
    is_terminal = stat.S_ISCHR(device.st_mode) and os.major(device.st_rdev) in _TERMINALS
    return "yes" if is_terminal else "no"


def _is_untold(task: Path) -> bool:
    """Return True if the task exists, but the kernel has no files about its waits."""
    return task.exists() and not ((task / "wchan").exists() and (task / "syscall").exists())
