"""Whether somebody reads a terminal: only then something may be typed into it.

What is typed while nobody reads stays in the terminal and is read later by whoever comes next,
which is crm's prompt: an answer would be run as a command.
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
"""Where the kernel waits for a line of a terminal; the second one is in newer kernels, and for
other things, too."""
_TERMINALS = frozenset({5, *range(136, 144)})
"""Major numbers of ``/dev/tty`` and of pseudo-terminals (source: the kernel's devices.txt)."""


def listening(pid: int) -> Listening:
    """Say whether process ``pid`` or one below it is blocked in reading a line of a terminal.

    The kernel tells what a process waits for to who may trace it (source: proc(5), wchan and
    syscall), so of another user's processes, or of kernels built without it, it is unknown.
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
    except FileNotFoundError:  # it has ended meanwhile
        return


def _waits_for_line(task: Path) -> Listening:
    try:
        place = (task / "wchan").read_text()
        call = (task / "syscall").read_text().split()
        if not _TTY_READ.match(place) or len(call) < 2:
            return "no"
        device = (task / "fd" / str(int(call[1], 16))).stat()
    except (FileNotFoundError, ProcessLookupError):  # it ended, or has no such file any more
        return "unknown" if _is_untold(task) else "no"
    except PermissionError:
        return "unknown"
    is_terminal = stat.S_ISCHR(device.st_mode) and os.major(device.st_rdev) in _TERMINALS
    return "yes" if is_terminal else "no"


def _is_untold(task: Path) -> bool:
    """Say whether the kernel does not tell what the task, which is there, waits for."""
    return task.exists() and not ((task / "wchan").exists() and (task / "syscall").exists())
