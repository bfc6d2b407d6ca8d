"""Waker of a thread that waits in ``select``."""

from __future__ import annotations

import os


class Waker:
    """Pipe that makes a ``select`` return."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def fileno(self) -> int:
        """Return the file descriptor for ``select``."""
        return self._read

    def set(self) -> None:
        """Wake the thread; any thread may call this."""
        os.write(self._write, b"!")

    def clear(self) -> None:
        """Reset the waker."""
        os.read(self._read, 4096)

    def close(self) -> None:
        """Close the pipe."""
        os.close(self._read)
        os.close(self._write)
