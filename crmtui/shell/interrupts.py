"""Ctrl-C between two prompts: noted when pressed, and acted on in its turn."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType


class CtrlC:
    """Record of a Ctrl-C that was pressed while a line ran.

    An exception would come in the middle of printing or asking, and leave that half done.

    Args:
        wake: Called when it is pressed, from a signal handler.
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._was_pressed = False

    @contextmanager
    def heeded(self) -> Iterator[None]:
        """Note Ctrl-C from here on, in the main thread."""
        before = signal.signal(signal.SIGINT, self._note)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    @contextmanager
    def calling(self, wake: Callable[[], None]) -> Iterator[None]:
        """Call ``wake`` instead while the program waits for something else."""
        before, self._wake = self._wake, wake
        try:
            yield
        finally:
            self._wake = before

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self._was_pressed = True
        self._wake()

    def take(self) -> bool:
        """Return True if it was pressed since the last call."""
        was_pressed, self._was_pressed = self._was_pressed, False
        return was_pressed
