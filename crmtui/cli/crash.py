"""Crash report: the defect that ended crmtui, for its developers."""

from __future__ import annotations

import os
import platform
import sys
import time
import traceback

from crmtui import __version__


def report_defect() -> str:
    """Save the exception being handled; return the file, or the exception's last line without one."""
    return _written(traceback.format_exc())


def report_stuck(why: str) -> str:
    """Save the present stacks of all threads; return the file.

    Args:
        why: Reason for ending the program by force, as a sentence.
    """
    stacks = [
        "".join([f"Thread {thread}:\n", *traceback.format_stack(frame)])
        for thread, frame in sys._current_frames().items()
    ]
    return _written("\n".join([*stacks, why]))


def _written(text: str) -> str:
    from crmtui.ownership import open_private
    from crmtui.paths import state_dir

    where = f"crmtui {__version__}, Python {platform.python_version()}"
    told = f"{where}, {time.strftime('%Y-%m-%d %H:%M:%S')}\n{text}"
    try:
        path = state_dir() / "crash.log"
        flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC
        opened = os.fdopen(open_private(path, flags), "w", encoding="utf-8", errors="replace")
        with opened as file:
            file.write(told)
    except OSError:
        return told.strip().splitlines()[-1]
    return str(path)
