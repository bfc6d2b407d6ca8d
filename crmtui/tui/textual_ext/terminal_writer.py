"""Writer of a terminal: never makes whoever paints wait, and notices when the terminal is gone."""

from __future__ import annotations

import os
import select
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_WAITING = 1 << 16
"""Characters that may wait for a slow terminal, some three whole screens: it is to show what is now."""


class TerminalWriter(threading.Thread):
    """Writes what is painted, in the order in which it comes.

    A terminal that stands still (Ctrl-S, a slow line, a frozen tmux) takes nothing. What is painted
    meanwhile is dropped once too much waits, and painted anew when the terminal goes on.

    Args:
        fd: The terminal, open for writing.
        gone: Called from the thread, once, when the terminal takes nothing any more for ever.
        behind: Called from the thread when the terminal goes on after something was dropped.
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
        """Leave ``text`` to be written; returns at once.

        Args:
            text: What to write.
            must: Whether it is written however much waits: no later picture makes up for it.
        """
        with self._changed:
            if self._is_over:
                return
            self._largest = max(self._largest, len(text))
            # What belongs to a picture comes behind it, and without it the terminal shows none of it.
            if self._size > _MOST_WAITING + 2 * self._largest and not must:
                self._is_behind = True
                return
            self._waiting.append(text)
            self._size += len(text)
            self._changed.notify()

    def drop(self) -> None:
        """Forget what waits: it would only hold up what comes now."""
        with self._changed:
            self._waiting.clear()
            self._size, self._is_behind = 0, False

    def run(self) -> None:
        """Write until it is stopped, or the terminal is gone."""
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
        # Not by way of a file: a thread that is stuck would hold its lock at the end.
        while data:
            try:
                data = data[os.write(self._fd, data) :]
            except BlockingIOError:  # another program has made the terminal non-blocking
                select.select([], [self._fd], [])

    def _next(self) -> str | None:
        """Return what waits, all of it; None when there will be no more."""
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
        """Let the thread write what waits, and end; a terminal that stands still is not waited for.

        Args:
            seconds: How long it has.
        """
        with self._changed:
            self._is_over = True
            self._changed.notify()
        self.join(seconds)
