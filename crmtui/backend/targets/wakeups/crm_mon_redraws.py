"""Wakes the watch whenever a console ``crm_mon``, which subscribes to the cluster, draws anew."""

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
"""With -i 1 it draws at once after a change unless it drew within the last second, else 2 s later
(source: Pacemaker, ``refresh_after_event`` in ``tools/crm_mon.c``)."""
_QUIET_SECONDS = 0.05
"""One drawing comes in several pieces; after so long without another it is complete."""


class RedrawWakeup:
    """Keeps a console crm_mon in a terminal that nobody sees, and wakes when it draws.

    The first line of its screen has a clock, so each drawing differs from the one before.

    Raises:
        CrmtuiError: It could not be started.
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
        except OSError:  # EIO: it has ended
            drawn = b""
        self.is_over = not drawn
        return bool(drawn)

    def interrupt(self) -> None:
        """Make a ``wait`` in another thread return at once."""
        self._interrupt.set()

    def vouches(self) -> bool:
        """Say whether crm_mon is still there: the cluster would have told it."""
        return not self.is_over and self._child.poll() is None

    def take(self) -> bool:
        """Read what was drawn, without waiting; say whether anything was."""
        return bool(select.select([self._screen], [], [], 0)[0]) and self._read()

    def fileno(self) -> int:
        """Return what to select on."""
        return self._screen

    def instead(self) -> Wakeup:
        """Return a timer."""
        return PollWakeup()

    def close(self) -> None:
        """End crm_mon and whatever runs it on the target."""
        kill(self._child)
        self._child.wait()
        os.close(self._screen)
        self._interrupt.close()
