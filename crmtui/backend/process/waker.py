"""What makes a waiting thread look up."""

from __future__ import annotations

import os


class Waker:
    """A pipe that makes a ``select`` return."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def fileno(self) -> int:
        """Return what to select on."""
        return self._read

    def set(self) -> None:
        """Make a select return, in any thread."""
        os.write(self._write, b"!")

    def clear(self) -> None:
        """Forget what was set."""
        os.read(self._read, 4096)

    def close(self) -> None:
        """Let go of the pipe."""
        os.close(self._read)
        os.close(self._write)
