"""Watch of a cluster: a snapshot at the start, then one after each change, one at a time."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from crmtui.backend.process.parallel import FEED, Tools
from crmtui.backend.watch.snapshot import Snapshot, take_snapshot
from crmtui.cluster.configuration_clock import ConfigurationClock
from crmtui.cluster.crm_mon.incremental import CrmMonReader
from crmtui.cluster.freshness import Freshness, freshness_of
from crmtui.errors import ClusterUnavailable, CrmtuiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.backend.process.target import Target, Wakeup
    from crmtui.cluster.model import Cluster

_FIRST_RETRY = 1.0
_LAST_RETRY = 30.0
_IDLE_SECONDS = 60.0
"""Seconds without a sign of change until a snapshot, unless the wake-up proves that nothing changed."""
_GAP_SECONDS = 0.1
"""Seconds between two snapshots at least, so that many changes do not start too many processes."""
_STOP_SECONDS = 2.0


class Watch:
    """Thread that takes snapshots of a target and delivers them to a listener.

    The watch may start before it has a listener: the first snapshot is taken while a screen is loaded.

    Args:
        target: Target with the cluster.
        tools: Programs of the first snapshot, if it has begun already.
        idle_seconds: Seconds without a sign of change until a snapshot, unless the wake-up proves that
            nothing changed.
    """

    def __init__(
        self, target: Target, tools: Tools | None = None, *, idle_seconds: float = _IDLE_SECONDS
    ) -> None:
        self._target = target
        self._idle_seconds = idle_seconds
        self._listener: Callable[[Snapshot | CrmtuiError], None] | None = None
        self._undelivered: Snapshot | CrmtuiError | None = None
        self._delivering = threading.Lock()
        self._first = threading.Event()
        self._stopping = threading.Event()
        self._asked = threading.Event()
        self._wakeup: Wakeup | None = None
        self._swapping = threading.Lock()
        self._retry = _FIRST_RETRY
        self._last: Cluster | None = None
        self._last_change = ConfigurationClock()
        self._was_woken = True
        self._command = FEED
        self._reader = CrmMonReader()
        self._tools = tools or Tools(target)
        self._misses = 0
        self._seen: float | None = None
        self._trouble = ""
        self._began: float | None = None
        self._thread = threading.Thread(target=self._run, name="crmtui watch", daemon=True)

    @property
    def way(self) -> str:
        """Method of noticing changes, for the status line."""
        return self._wakeup.way if self._wakeup is not None else "not following"

    def freshness(self) -> Freshness:
        """Return the freshness of the last snapshot; any thread may call this."""
        return freshness_of(
            time.monotonic(), seen=self._seen, trouble=self._trouble, began=self._began
        )

    def start(self) -> None:
        """Start the thread, which takes a snapshot at once; a second call does nothing."""
        if self._thread.ident is None:
            self._thread.start()

    def first(self, seconds: float) -> Snapshot | CrmtuiError | None:
        """Return the first snapshot or error; None if there is none within ``seconds``.

        A later listener still gets it.
        """
        self._first.wait(seconds)
        with self._delivering:
            return self._undelivered

    def listen(self, listener: Callable[[Snapshot | CrmtuiError], None]) -> None:
        """Deliver each snapshot to ``listener``, and at once the last one without a listener.

        Args:
            listener: Called from the watch's thread with each snapshot or error. After an error the
                watch tries again after 1 s, 2 s … 30 s, or sooner after a sign of change.
        """
        with self._delivering:
            self._listener, last, self._undelivered = listener, self._undelivered, None
        if last is not None:
            listener(last)

    def _deliver(self, news: Snapshot | CrmtuiError) -> None:
        with self._delivering:
            listener = self._listener
            if listener is None:
                self._undelivered = news
                self._first.set()
        if listener is not None:
            listener(news)

    def refresh(self) -> None:
        """Take a snapshot now, even without a change."""
        self._asked.set()
        with self._swapping:
            if self._wakeup is not None:
                self._wakeup.interrupt()

    def feed(self, command: tuple[str, ...]) -> None:
        """Take the feed's text from another crm_mon command, and take a snapshot at once."""
        self._command = command
        self.refresh()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._stopping.set()
        self._tools.stop()  # a program that hangs would delay the quit, and outlive crmtui
        self.refresh()
        if self._thread.is_alive():
            self._thread.join(_STOP_SECONDS)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._asked.clear()
            started = time.monotonic()
            if self._snapshot():
                # Requests made meanwhile can wait for the gap, too.
                self._stopping.wait(max(0.0, started + _GAP_SECONDS - time.monotonic()))
                self._await_change()
            else:
                self._await_recovery()
        self._forget_wakeup()

    def _snapshot(self) -> bool:
        self._began = time.monotonic()
        is_first = self._tools.has_begun
        try:
            # The search for a wake-up takes a while, and must not delay a first snapshot under way.
            if not is_first and (self._wakeup is None or self._wakeup.is_over):
                self._forget_wakeup()
                self._wakeup = self._open_wakeup()
            snapshot = take_snapshot(
                self._target, self._before(), self._command, self._reader, self._tools
            )
        except CrmtuiError as error:
            return self._fail(error)
        except Exception as error:  # noqa: BLE001 - a watch that ends would leave a stale picture
            return self._fail(ClusterUnavailable(f"No snapshot of the cluster: {error!r}."))
        if self._trouble:
            # A wake-up that follows the old daemons would miss the end of the new ones.
            self._forget_wakeup()
            self._misses = 0
        if self._trouble or is_first:
            # One more snapshot shows changes from the time without a wake-up.
            self._asked.set()
        self._retry = _FIRST_RETRY
        self._seen, self._trouble, self._began = self._began, "", None
        self._check_wakeup(snapshot.cluster)
        self._last_change.may_be_other(snapshot.cluster)
        self._deliver(snapshot)
        return True

    def _before(self) -> Cluster | None:
        """Return the last cluster, without its time of change if properties may have changed since."""
        last = self._last
        return replace(last, last_change="") if last and self._last_change.is_open else last

    def _fail(self, error: CrmtuiError) -> bool:
        self._tools.drop()
        self._trouble, self._began = error.what, None
        self._deliver(error)
        return False

    def _open_wakeup(self) -> Wakeup:
        wakeup = self._target.wakeup()
        for _ in range(self._misses):
            wakeup = _instead_of(wakeup)
        return wakeup

    def _check_wakeup(self, cluster: Cluster) -> None:
        """Replace the wake-up by the next best one after a change that it missed.

        A readable log may get no lines, as on a full disk.
        """
        seen = replace(cluster, last_updated="")
        if not self._was_woken and seen != self._last and self._wakeup is not None:
            self._misses += 1
            with self._swapping:
                self._wakeup = _instead_of(self._wakeup)
        self._last = seen

    def _await_change(self) -> None:
        while not (self._stopping.is_set() or self._asked.is_set()):
            until = time.monotonic() + self._idle_seconds
            self._was_woken = self._wakeup is None or self._wakeup.wait(self._idle_seconds)
            if self._was_woken:
                return
            if time.monotonic() >= until:
                if self._wakeup is None or not self._wakeup.vouches():
                    return
                self._seen = time.monotonic()
        self._was_woken = True

    def _await_recovery(self) -> None:
        """Wait longer each time, but at most until a sign of change."""
        self._was_woken = True
        until = time.monotonic() + self._retry
        self._retry = min(self._retry * 2, _LAST_RETRY)
        # At least a second, since a cluster that starts or stops gives many signs at once.
        self._asked.wait(_FIRST_RETRY)
        wakeup = self._wakeup
        if wakeup is None or wakeup.is_over:
            self._asked.wait(max(0.0, until - time.monotonic()))
        elif not self._asked.is_set():
            wakeup.wait(max(0.0, until - time.monotonic()))

    def _forget_wakeup(self) -> None:
        with self._swapping:
            wakeup, self._wakeup = self._wakeup, None
        if wakeup is not None:
            wakeup.close()


def _instead_of(wakeup: Wakeup) -> Wakeup:
    other = wakeup.instead()
    wakeup.close()
    return other
