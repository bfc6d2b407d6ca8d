"""Writer of a terminal: never makes the painter wait, and notices when the terminal is gone."""

from __future__ import annotations

import os
import select
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_WAITING = 1 << 16
"""Characters that may wait for a slow terminal, some three whole screens: old pictures are useless."""


class TerminalWriter(threading.Thread):
    """Writes the output in its order.

    A terminal that stands still (Ctrl-S, a slow line, a frozen tmux) takes nothing. Once too much
    waits, new output is dropped, and painted anew when the terminal goes on.

    Args:
        fd: File descriptor of the terminal, open for writing.
        gone: Called in the thread, once, when the terminal is gone for good.
        behind: Called in the thread when the terminal goes on after output was dropped.
    """

    def __init__(self, fd: int, gone: Callable[[], None], behind: Callable[[], None]) -> None:
        super().__init__(daemon=True, name="crmtui terminal output")
        self._fd = fd
        self._gone = gone
        self._behind = behind
        self._changed = threading.Condition()
        self._waiting: list[str] = []
        self._size = 0
        self._largest = 0
        """Characters of the largest piece: a whole picture of a large screen is one."""
        self._is_behind = False
        self._is_over = False

    def write(self, text: str, *, must: bool = False) -> None:
        """Queue ``text`` for writing; returns at once.

        Args:
            text: Text to write.
            must: Writes the text however much waits, because no later picture replaces it.
        """
        with self._changed:
            if self._is_over:
                return
            self._largest = max(self._largest, len(text))
            # The end of a picture comes in later pieces; without it the terminal shows none of the
            # picture.
            if self._size > _MOST_WAITING + 2 * self._largest and not must:
                self._is_behind = True
                return
            self._waiting.append(text)
            self._size += len(text)
            self._changed.notify()

    def drop(self) -> None:
        """Drop the waiting output: it would only delay the next."""
        with self._changed:
            self._waiting.clear()
            self._size, self._is_behind = 0, False

    def run(self) -> None:
        """Write until stopped, or until the terminal is gone."""
        while (text := self._next()) is not None:
            try:
                self._put(text.encode(errors="replace"))
            except OSError:
                with self._changed:
                    self._is_over = True
                    self._waiting.clear()
                self._gone()
                return

    def _put(self, data: bytes) -> None:
        # Not a file object: a stuck thread would hold its lock at the end.
        while data:
            try:
                data = data[os.write(self._fd, data) :]
            except BlockingIOError:  # another program has made the terminal non-blocking
                select.select([], [self._fd], [])

    def _next(self) -> str | None:
        """Return all waiting output; None at the end."""
        with self._changed:
            if self._is_behind and not self._waiting:
                self._is_behind = False
                self._behind()
            self._changed.wait_for(lambda: bool(self._waiting) or self._is_over)
            if not self._waiting:
                return None
            text = "".join(self._waiting)
            self._waiting.clear()
            self._size = 0
            return text

    def stop(self, seconds: float) -> None:
        """Let the thread write the waiting output, and end, even at a terminal that stands still.

        Args:
            seconds: Longest time for the rest, in seconds.
        """
        with self._changed:
            self._is_over = True
            self._changed.notify()
        self.join(seconds)
