"""Wake-up by the redraws of a console ``crm_mon``, which subscribes to the cluster."""

from __future__ import annotations

import os
import pty
import select
import time
from typing import TYPE_CHECKING

from crmtui.backend.process.run import BOUND, kill, launch
from crmtui.backend.process.waker import Waker
from crmtui.backend.targets.wakeups.file import PollWakeup
from crmtui.errors import CrmtuiError

if TYPE_CHECKING:
    from crmtui.backend.process.target import Target, Wakeup

_CRM_MON = ("crm_mon", "-i", "1")
"""Command for fast redraws. With -i 1 crm_mon draws at once after a change, but 2 s later if it drew
within the last second (source: Pacemaker, ``refresh_after_event`` in ``tools/crm_mon.c``)."""
_QUIET_SECONDS = 0.05
"""Seconds without output after which a drawing, which comes in several pieces, is complete."""


class RedrawWakeup:
    """Wake-up by a console crm_mon in a hidden terminal.

    Its first line has a clock, so each drawing differs from the one before.

    Raises:
        CrmtuiError: crm_mon could not be started.
    """

    way = "crm_mon redraws"

    def __init__(self, target: Target) -> None:
        self.is_over = False
        self._interrupt = Waker()
        invocation = target.invocation([*BOUND, *_CRM_MON], {"TERM": "xterm"})
        self._screen, inside = pty.openpty()
        try:
            self._child = launch(invocation, "crm_mon", stdin=inside, stdout=inside, stderr=inside)
        except CrmtuiError:
            os.close(self._screen)
            self._interrupt.close()
            raise
        finally:
            os.close(inside)

    def wait(self, seconds: float) -> bool:
        """Wait for a drawing, at most ``seconds``."""
        watched: list[int | Waker] = [self._screen, self._interrupt]
        ready, _, _ = select.select(watched, [], [], seconds)
        if self._interrupt in ready:
            self._interrupt.clear()
            return False
        if not ready:
            return False
        deadline = time.monotonic() + 1.0
        while self._read() and time.monotonic() < deadline:
            if not select.select([self._screen], [], [], _QUIET_SECONDS)[0]:
                break
        return True

    def _read(self) -> bool:
        try:
            drawn = os.read(self._screen, 65536)
        except OSError:  # EIO: crm_mon has ended
            drawn = b""
        self.is_over = not drawn
        return bool(drawn)

    def interrupt(self) -> None:
        """Make a ``wait`` in another thread return at once."""
        self._interrupt.set()

    def vouches(self) -> bool:
        """Return True while crm_mon runs: it would have drawn a change."""
        return not self.is_over and self._child.poll() is None

    def take(self) -> bool:
        """Read the drawn text without waiting; return True if there was any."""
        return bool(select.select([self._screen], [], [], 0)[0]) and self._read()

    def fileno(self) -> int:
        """Return the file descriptor for ``select``."""
        return self._screen

    def instead(self) -> Wakeup:
        """Return a timer."""
        return PollWakeup()

    def close(self) -> None:
        """End crm_mon, here and on the target."""
        kill(self._child)
        self._child.wait()
        os.close(self._screen)
        self._interrupt.close()
