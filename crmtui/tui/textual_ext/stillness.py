"""Holds painting back for a moment, so that a short command is one picture and not four."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from crmtui.tui.textual_ext.paint_batch import release

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.timer import Timer

_SECONDS = 0.04
"""The longest that painting waits: most of crm's commands take less, and nobody sees the difference."""


class Stillness:
    """Keeps a screen as it is from a line's start until its end, or until that takes too long.

    To paint takes as long as many a command, and a processor that crm could use.

    Args:
        screen: What is to be still.
    """

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._held = ExitStack()
        self._timer: Timer | None = None

    def begin(self) -> None:
        """Paint nothing from now on."""
        if self._timer is None:
            self._timer = self._screen.set_timer(_SECONDS, self.end)
            self._held.enter_context(self._screen.app.batch_update())

    def end(self) -> None:
        """Paint what was held back."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
            held, self._held = self._held, ExitStack()
            release(self._screen, held)
