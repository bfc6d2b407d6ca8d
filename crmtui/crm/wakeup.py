"""What wakes the watch when the cluster changes.

Pacemaker writes ``… pacemaker-based … Diff: +++ A.B.C`` to its log on every node within milliseconds
of each change of the CIB, configuration and status alike (seen on 2.1.5 and 3.0.0), so following that
log beats crm_mon's own 2 s timer and costs no process while nothing happens.
"""

from __future__ import annotations

import os
import select
import signal
import time
from typing import TYPE_CHECKING, Protocol

from crmtui.crm.process import run, start
from crmtui.errors import ProgramMissing

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.crm.target import Target, Wakeup

LOG = "/var/log/pacemaker/pacemaker.log"
POLL_SECONDS = 2.0
"""How often a cluster is looked at that cannot be followed; as often as crm_mon redraws."""

_DIFF = b"Diff: +++"
_NOISE = (b"throttle_", b"digest")
"""What daemons write that have nothing to tell."""
_BOUND = ("setpriv", "--pdeathsig", "KILL", "--")
"""Ends what follows when we are killed: it would wait for a line that may never come."""
_TAIL_SECONDS = "0.02"
"""How often tail looks where the kernel does not tell it of changes: it polls overlay file systems."""


class _Readable(Protocol):
    def fileno(self) -> int: ...


class _Interrupt:
    """A pipe that makes a ``select`` return."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def fileno(self) -> int:
        return self._read

    def set(self) -> None:
        os.write(self._write, b"!")

    def clear(self) -> None:
        os.read(self._read, 4096)

    def close(self) -> None:
        os.close(self._read)
        os.close(self._write)


class PollWakeup:
    """Says every two seconds that something may have changed."""

    way = f"polling every {POLL_SECONDS:g} s"
    is_over = False

    def __init__(self) -> None:
        self._interrupt = _Interrupt()

    def wait(self, seconds: float) -> bool:
        """Wait two seconds, at most ``seconds``."""
        ready, _, _ = select.select([self._interrupt], [], [], min(seconds, POLL_SECONDS))
        if ready:
            self._interrupt.clear()
            return False
        return seconds >= POLL_SECONDS

    def interrupt(self) -> None:
        """Make a ``wait`` in another thread return at once."""
        self._interrupt.set()

    def close(self) -> None:
        """Let go of the pipe."""
        self._interrupt.close()


class FileWakeup:
    """Watches one file of this machine, as a sandbox's CIB, by its inode, size and time."""

    way = "following the CIB file"
    is_over = False
    _SECONDS = 0.1

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = self._look()
        self._interrupt = _Interrupt()

    def _look(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat()
        except FileNotFoundError:  # for an instant, while the tools replace it
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns

    def wait(self, seconds: float) -> bool:
        """Wait until the file is another one than at the last call."""
        deadline = time.monotonic() + seconds
        while True:
            now = self._look()
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

    def close(self) -> None:
        """Let go of the pipe."""
        self._interrupt.close()


class LogWakeup:
    """Follows Pacemaker's log on the target, rotation included.

    A change of the CIB wakes at once; any other line after a second, since daemons that stop or die
    say so in the log but change no CIB any more.
    """

    way = "following pacemaker.log"
    _OTHER_LINES_SECONDS = 1.0

    def __init__(self, target: Target, log: str = LOG) -> None:
        self._interrupt = _Interrupt()
        self._due: float | None = None
        self._partial = b""
        self.is_over = False
        follow = ["tail", "-n0", "-s", _TAIL_SECONDS, "-F", log]
        self._tail = start(target, [*_BOUND, *follow], keeps_errors=False)
        assert self._tail.stdout is not None
        self._lines = self._tail.stdout

    def wait(self, seconds: float) -> bool:
        """Wait for a line that may mean a change, at most ``seconds``."""
        deadline = time.monotonic() + seconds
        while True:
            until = deadline if self._due is None else min(deadline, self._due)
            left = max(0.0, until - time.monotonic())
            watched: list[_Readable] = [self._lines, self._interrupt]
            ready, _, _ = select.select(watched, [], [], left)
            if self._interrupt in ready:
                self._interrupt.clear()
                return False
            if self._lines in ready:
                if self._changed(os.read(self._lines.fileno(), 65536)):
                    self._due = None
                    return True
            elif self._due is not None and time.monotonic() >= self._due:
                self._due = None
                return True
            elif time.monotonic() >= deadline:
                return False

    def _changed(self, chunk: bytes) -> bool:
        if not chunk:  # tail is gone, and with it most likely its node
            self.is_over = True
            return True
        seen = self._partial + chunk
        self._partial = seen[seen.rfind(b"\n") + 1 :][-4096:]
        if _DIFF in seen:
            self._partial = b""
            return True
        if self._due is None and not all(_is_noise(line) for line in seen.splitlines()):
            self._due = time.monotonic() + self._OTHER_LINES_SECONDS
        return False

    def interrupt(self) -> None:
        """Make a ``wait`` in another thread return at once."""
        self._interrupt.set()

    def close(self) -> None:
        """End tail and whatever runs it on the target."""
        try:
            os.killpg(self._tail.pid, signal.SIGKILL)
        except ProcessLookupError:
            self.is_over = True
        self._tail.wait()
        self._lines.close()
        self._interrupt.close()


def _is_noise(line: bytes) -> bool:
    return any(word in line for word in _NOISE)


def open_wakeup(target: Target) -> Wakeup:
    """Return the fastest wake-up that works on ``target``."""
    try:
        is_readable = run(target, [*_BOUND, "test", "-r", LOG]).status == 0
    except ProgramMissing:
        return PollWakeup()
    return LogWakeup(target) if is_readable else PollWakeup()
