"""Follows a cluster: a snapshot at the start, then one after each change, one at a time."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from crmtui.crm.snapshot import Snapshot, cluster_name, take_snapshot
from crmtui.errors import CrmtuiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.crm.target import Target, Wakeup

_FIRST_RETRY = 1.0
_LAST_RETRY = 30.0
_IDLE_SECONDS = 3600.0
"""How long a wait for a change may take; it ends on a change or an interrupt."""
_GAP_SECONDS = 0.1
"""The least time between two snapshots, so that a storm of changes does not become one of processes."""


class Watch:
    """A thread that takes snapshots of a target and hands them on.

    Args:
        target: What to look at.
        seen: Called from the thread with each snapshot.
        lost: Called from the thread when a snapshot could not be taken, with the reason; the watch
            goes on by itself and tries again after 1 s, 2 s … 30 s.
    """

    def __init__(
        self,
        target: Target,
        seen: Callable[[Snapshot], None],
        lost: Callable[[CrmtuiError], None],
    ) -> None:
        self._target = target
        self._seen = seen
        self._lost = lost
        self._stopping = threading.Event()
        self._asked = threading.Event()
        self._wakeup: Wakeup | None = None
        self._swapping = threading.Lock()
        self._retry = _FIRST_RETRY
        self._name: str | None = None
        self._thread = threading.Thread(target=self._run, name="crmtui watch", daemon=True)

    @property
    def way(self) -> str:
        """How it knows of changes, for the status line."""
        return self._wakeup.way if self._wakeup is not None else "not following"

    def start(self) -> None:
        """Begin with a snapshot at once."""
        self._thread.start()

    def look(self) -> None:
        """Take a snapshot now, changed or not."""
        self._asked.set()
        with self._swapping:
            if self._wakeup is not None:
                self._wakeup.interrupt()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._stopping.set()
        self.look()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._asked.clear()
            started = time.monotonic()
            if self._snapshot():
                self._stopping.wait(max(0.0, started + _GAP_SECONDS - time.monotonic()))
                self._await_change()
            else:
                self._asked.wait(self._retry)
                self._retry = min(self._retry * 2, _LAST_RETRY)
        self._forget_wakeup()

    def _snapshot(self) -> bool:
        try:
            if self._wakeup is None or self._wakeup.is_over:
                self._forget_wakeup()
                self._wakeup = self._target.wakeup()
            if self._name is None:
                self._name = cluster_name(self._target) or None
            snapshot = take_snapshot(self._target, self._name or "")
        except CrmtuiError as error:
            self._forget_wakeup()
            self._lost(error)
            return False
        self._retry = _FIRST_RETRY
        self._seen(snapshot)
        return True

    def _await_change(self) -> None:
        while not (self._stopping.is_set() or self._asked.is_set()):
            if self._wakeup is None or self._wakeup.wait(_IDLE_SECONDS):
                return

    def _forget_wakeup(self) -> None:
        with self._swapping:
            wakeup, self._wakeup = self._wakeup, None
        if wakeup is not None:
            wakeup.close()
