"""Writer of a terminal: never makes whoever paints wait, and notices when the terminal is gone."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_WAITING = 1 << 20
"""Characters that may wait for a terminal that does not read, some 50 whole screens."""
_LAST_SECONDS = 1.0
"""For so long the end of the picture is waited for; a terminal that stands still gets none."""


class TerminalWriter(threading.Thread):
    """Writes what is painted, in the order in which it comes.

    A terminal that stands still (Ctrl-S, a slow line, a frozen tmux) takes nothing. What is painted
    meanwhile is dropped once too much waits, and painted anew when the terminal goes on.

    Args:
        file: The terminal.
        gone: Called from the thread, once, when the terminal takes nothing any more for ever.
        behind: Called from the thread when the terminal goes on after something was dropped.
    """

    def __init__(self, file: TextIO, gone: Callable[[], None], behind: Callable[[], None]) -> None:
        super().__init__(daemon=True, name="crmtui terminal output")
        self._file = file
        self._gone = gone
        self._behind = behind
        self._changed = threading.Condition()
        self._waiting: list[str] = []
        self._size = 0
        self._is_behind = False
        self._is_over = False

    @property
    def is_behind(self) -> bool:
        """Whether something was dropped since the terminal took something last."""
        return self._is_behind

    def write(self, text: str) -> None:
        """Leave ``text`` to be written; returns at once."""
        with self._changed:
            if self._is_over:
                return
            if self._size > _MOST_WAITING:
                self._is_behind = True
                return
            self._waiting.append(text)
            self._size += len(text)
            self._changed.notify()

    def isatty(self) -> bool:
        """Return True: what is behind it is a terminal."""
        return True

    def fileno(self) -> int:
        """Return the descriptor of the terminal."""
        return self._file.fileno()

    def flush(self) -> None:
        """Do nothing: the thread writes as soon as it can."""

    def run(self) -> None:
        """Write until it is stopped, or the terminal is gone."""
        encoding, fd = self._file.encoding or "utf-8", self._file.fileno()
        while (text := self._next()) is not None:
            # Not by way of the file: a thread that is stuck would hold its lock at the end.
            data = memoryview(text.encode(encoding, "replace"))
            try:
                while data:
                    data = data[os.write(fd, data) :]
            except OSError:
                with self._changed:
                    self._is_over = True
                    self._waiting.clear()
                self._gone()
                return

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

    def stop(self) -> None:
        """Let the thread write what waits, and end; a terminal that stands still is not waited for."""
        with self._changed:
            self._is_over = True
            self._changed.notify()
        self.join(_LAST_SECONDS)
