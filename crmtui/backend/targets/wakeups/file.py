"""Wake-ups that need no cluster: a timer, and the change of a local file."""

from __future__ import annotations

import select
import time
from typing import TYPE_CHECKING

from crmtui.backend.process.waker import Waker

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.backend.process.target import Wakeup

POLL_SECONDS = 2.0
"""Seconds between two snapshots of a cluster that cannot be followed; crm_mon redraws as often."""


class PollWakeup:
    """Timer that wakes the watch every two seconds."""

    way = f"polling every {POLL_SECONDS:g} s"
    is_over = False

    def __init__(self) -> None:
        self._interrupt = Waker()

    def wait(self, seconds: float) -> bool:
        """Wait two seconds, but at most ``seconds``."""
        ready, _, _ = select.select([self._interrupt], [], [], min(seconds, POLL_SECONDS))
        if ready:
            self._interrupt.clear()
            return False
        return seconds >= POLL_SECONDS

    def interrupt(self) -> None:
        """Make a ``wait`` in another thread return at once."""
        self._interrupt.set()

    def vouches(self) -> bool:
        """Return False: a timer proves nothing about the cluster."""
        return False

    def instead(self) -> Wakeup:
        """Return a timer, which misses nothing."""
        return PollWakeup()

    def close(self) -> None:
        """Let go of the pipe."""
        self._interrupt.close()


class FileWakeup:
    """Wake-up by one local file, as a sandbox's CIB, from its inode, size and time."""

    way = "following the CIB file"
    is_over = False
    _SECONDS = 0.1

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = self._identity()
        self._interrupt = Waker()

    def _identity(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat()
        except FileNotFoundError:  # missing for an instant, while the tools replace it
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns

    def wait(self, seconds: float) -> bool:
        """Wait until the file differs from the last call, at most ``seconds``."""
        deadline = time.monotonic() + seconds
        while True:
            now = self._identity()
            if now is not None and now != self._seen:
                self._seen = now
                return True
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            if select.select([self._interrupt], [], [], min(left, self._SECONDS))[0]:
                self._interrupt.clear()
                return False

    def interrupt(self) -> None:
        """Make a ``wait`` in another thread return at once."""
        self._interrupt.set()

    def vouches(self) -> bool:
        """Return True: the file itself proves that nothing changed."""
        return True

    def instead(self) -> Wakeup:
        """Return a timer, which misses nothing."""
        return PollWakeup()

    def close(self) -> None:
        """Let go of the pipe."""
        self._interrupt.close()
