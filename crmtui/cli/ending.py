"""End of the screen from outside: by a signal, a lost terminal, or a dead thread."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from crmtui.cli.splash_terminal import SplashTerminal
    from crmtui.tui.app import CrmtuiApp

_ENDING = (signal.SIGTERM, signal.SIGHUP)
_FORCE_SECONDS = 5.0
"""Seconds for an orderly end; closing everything takes 2 at most."""


class Ending:
    """Ends the program in order, or by force if that hangs.

    The handlers are Python's, not the event loop's: they run even while the main thread waits for
    something outside of the loop.
    """

    def __init__(self) -> None:
        self._app: CrmtuiApp | None = None
        self._splash_terminal: SplashTerminal | None = None
        self._phase: Literal["loading", "running", "over"] = "loading"
        self._is_forced = False
        self._report: Callable[[str], object] = str

    def heed(self) -> None:
        """Handle signals and dying threads from here on, to the end of the program."""
        for number in _ENDING:
            signal.signal(number, self._end)
        signal.signal(signal.SIGINT, self._interrupt)

    def run(self, app: CrmtuiApp, splash_terminal: SplashTerminal) -> int | None:
        """Run ``app`` and return its exit status.

        Args:
            app: The screen.
            splash_terminal: Keeper of the terminal's earlier state.

        Raises:
            BaseException: A defect has ended it.
        """
        # Imported here, behind the first picture: when something hangs, that may be an import.
        from crmtui.cli.crash import report_stuck

        self._report = report_stuck
        self._app, self._splash_terminal, self._phase = app, splash_terminal, "running"
        threading.excepthook = self._thread_died
        try:
            status = app.run()
        finally:
            self._phase = "over"
        if app.defect is not None:
            raise app.defect
        return status

    def _force(self, status: int) -> None:
        """End the program with ``status`` after a few seconds, unless it ends by itself."""
        if self._is_forced:
            return
        self._is_forced = True
        threading.Thread(
            target=self._wait_and_end, args=(status,), name="crmtui last resort", daemon=True
        ).start()

    def _wait_and_end(self, status: int) -> None:
        threading.Event().wait(_FORCE_SECONDS)  # an orderly end also ends this thread
        try:
            self._report(f"crmtui was told to end (status {status}) and did not.")
            if self._app is not None and self._splash_terminal is not None:
                self._app.give_back()
                self._splash_terminal.restore_modes()
        finally:
            # As after a kill: crm hangs up with its terminal, and the journal is unlocked.
            os._exit(status)

    def _end(self, number: int, _frame: FrameType | None) -> None:
        self._force(128 + number)
        self._leave(128 + number)

    def _interrupt(self, number: int, _frame: FrameType | None) -> None:
        # On the screen Ctrl-C is a key, so this signal comes from elsewhere. After the screen it is too
        # late: the closing would be left half-way.
        if self._phase == "loading":
            raise KeyboardInterrupt
        self._leave(128 + number)

    def _leave(self, status: int) -> None:
        if self._phase == "loading":
            sys.exit(status)
        if self._phase == "running" and self._app is not None:
            self._app.end(status)

    def _thread_died(self, died: threading.ExceptHookArgs) -> None:
        if self._phase != "running" or self._app is None:
            threading.__excepthook__(died)
        elif isinstance(died.exc_value, Exception):
            self._app.die(died.exc_value)
