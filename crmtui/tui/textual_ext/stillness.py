"""Stillness: holds painting back for a moment, so that a short command is one picture, not four."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from crmtui.tui.textual_ext.paint_batch import release

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.timer import Timer

_SECONDS = 0.04
"""Longest wait in seconds: most of crm's commands take less, and the delay is invisible."""


class Stillness:
    """Keeps a screen unchanged from a line's start until its end, or until a timeout.

    Painting takes as long as many commands, and processor time that crm could use.

    Args:
        screen: Screen to keep unchanged.
    """

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._held = ExitStack()
        self._timer: Timer | None = None

    def begin(self) -> None:
        """Start to hold painting back."""
        if self._timer is None:
            self._timer = self._screen.set_timer(_SECONDS, self.end)
            self._held.enter_context(self._screen.app.batch_update())

    def end(self) -> None:
        """Paint everything that was held back."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
            held, self._held = self._held, ExitStack()
            release(self._screen, held)
