"""Follows a cluster: a snapshot at the start, then one after each change, one at a time."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from crmtui.backend.process.parallel import FEED, Tools
from crmtui.backend.watch.snapshot import Snapshot, take_snapshot
from crmtui.cluster.configuration_clock import ConfigurationClock
from crmtui.cluster.crm_mon.incremental import CrmMonReader
from crmtui.cluster.freshness import Freshness, sight
from crmtui.errors import ClusterUnavailable, CrmtuiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.backend.process.target import Target, Wakeup
    from crmtui.cluster.model import Cluster

_FIRST_RETRY = 1.0
_LAST_RETRY = 30.0
_IDLE_SECONDS = 60.0
"""After so long without a word of a change a look is taken, unless it is sure that there was none."""
_GAP_SECONDS = 0.1
"""The least time between two snapshots, so that a storm of changes does not become one of processes."""
_STOP_SECONDS = 2.0


class Watch:
    """A thread that takes snapshots of a target and hands them on.

    It may be started before anybody listens: the first look then goes on while a screen is loaded.

    Args:
        target: What to look at.
        tools: What looks, where the first look has begun already.
        idle_seconds: After how long without a word of a change a look is taken, where it is not sure
            that there was none.
    """

    def __init__(
        self, target: Target, tools: Tools | None = None, *, idle_seconds: float = _IDLE_SECONDS
    ) -> None:
        self._target = target
        self._idle_seconds = idle_seconds
        self._tell: Callable[[Snapshot | CrmtuiError], None] | None = None
        self._untold: Snapshot | CrmtuiError | None = None
        self._telling = threading.Lock()
        self._first = threading.Event()
        self._stopping = threading.Event()
        self._asked = threading.Event()
        self._wakeup: Wakeup | None = None
        self._swapping = threading.Lock()
        self._retry = _FIRST_RETRY
        self._last: Cluster | None = None
        self._last_change = ConfigurationClock()
        self._was_told = True
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
        """How it knows of changes, for the status line."""
        return self._wakeup.way if self._wakeup is not None else "not following"

    def sight(self) -> Freshness:
        """Return how well the cluster is seen at this moment; may be asked from any thread."""
        return sight(time.monotonic(), seen=self._seen, trouble=self._trouble, began=self._began)

    def start(self) -> None:
        """Begin with a snapshot at once; nothing happens when it has begun already."""
        if self._thread.ident is None:
            self._thread.start()

    def first(self, seconds: float) -> Snapshot | CrmtuiError | None:
        """Return what is seen first, before anybody listens; None if that takes too long.

        Who listens afterwards hears it all the same.
        """
        self._first.wait(seconds)
        with self._telling:
            return self._untold

    def listen(self, tell: Callable[[Snapshot | CrmtuiError], None]) -> None:
        """Hear what is seen from now on, and at once the last thing that was.

        Args:
            tell: Called from the watch's thread with each snapshot, or with the reason why one
                could not be taken; then the watch tries again after 1 s, 2 s … 30 s, or sooner
                when the cluster stirs.
        """
        with self._telling:
            self._tell, untold, self._untold = tell, self._untold, None
        if untold is not None:
            tell(untold)

    def _told(self, news: Snapshot | CrmtuiError) -> None:
        with self._telling:
            tell = self._tell
            if tell is None:
                self._untold = news
                self._first.set()
        if tell is not None:
            tell(news)

    def look(self) -> None:
        """Take a snapshot now, changed or not."""
        self._asked.set()
        with self._swapping:
            if self._wakeup is not None:
                self._wakeup.interrupt()

    def feed(self, command: tuple[str, ...]) -> None:
        """Take the feed's text from ``command``, a crm_mon, from now on, and look at once."""
        self._command = command
        self.look()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._stopping.set()
        self._tools.stop()  # one that hangs would hold up who leaves, and outlive the program
        self.look()
        if self._thread.is_alive():
            self._thread.join(_STOP_SECONDS)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._asked.clear()
            started = time.monotonic()
            if self._snapshot():
                # What is asked for meanwhile may wait so long.
                self._stopping.wait(max(0.0, started + _GAP_SECONDS - time.monotonic()))
                self._await_change()
            else:
                self._await_recovery()
        self._forget_wakeup()

    def _snapshot(self) -> bool:
        self._began = time.monotonic()
        is_first = self._tools.has_begun
        try:
            # A first look that goes on already is not held up by what there is to find out for that.
            if not is_first and (self._wakeup is None or self._wakeup.is_over):
                self._forget_wakeup()
                self._wakeup = self._open_wakeup()
            snapshot = take_snapshot(
                self._target, self._before(), self._command, self._reader, self._tools
            )
        except CrmtuiError as error:
            return self._fail(error)
        except Exception as error:  # noqa: BLE001 - a watch that ends would leave a stale picture
            return self._fail(ClusterUnavailable(f"The cluster cannot be looked at: {error!r}."))
        if self._trouble:
            # Daemons that were down are others now: what followed the old ones misses their death.
            self._forget_wakeup()
            self._misses = 0
        if self._trouble or is_first:
            # What changed before anything could tell of it is seen by looking once more.
            self._asked.set()
        self._retry = _FIRST_RETRY
        self._seen, self._trouble, self._began = self._began, "", None
        self._doubt(snapshot.cluster)
        self._last_change.may_be_other(snapshot.cluster)
        self._told(snapshot)
        return True

    def _before(self) -> Cluster | None:
        """Return the look before; without its last change where that does not vouch for properties."""
        last = self._last
        return replace(last, last_change="") if last and self._last_change.is_open else last

    def _fail(self, error: CrmtuiError) -> bool:
        self._tools.drop()
        self._trouble, self._began = error.what, None
        self._told(error)
        return False

    def _open_wakeup(self) -> Wakeup:
        wakeup = self._target.wakeup()
        for _ in range(self._misses):
            wakeup = _instead_of(wakeup)
        return wakeup

    def _doubt(self, cluster: Cluster) -> None:
        """Change over to the next best way when there was a change that nothing told of.

        A log may be there and readable, and yet be written to by nobody.
        """
        seen = replace(cluster, last_updated="")
        if not self._was_told and seen != self._last and self._wakeup is not None:
            self._misses += 1
            with self._swapping:
                self._wakeup = _instead_of(self._wakeup)
        self._last = seen

    def _await_change(self) -> None:
        while not (self._stopping.is_set() or self._asked.is_set()):
            until = time.monotonic() + self._idle_seconds
            self._was_told = self._wakeup is None or self._wakeup.wait(self._idle_seconds)
            if self._was_told:
                return
            if time.monotonic() >= until:
                if self._wakeup is None or not self._wakeup.vouches():
                    return
                self._seen = time.monotonic()
        self._was_told = True

    def _await_recovery(self) -> None:
        """Wait longer each time, but no longer than until the cluster stirs."""
        self._was_told = True
        until = time.monotonic() + self._retry
        self._retry = min(self._retry * 2, _LAST_RETRY)
        # A cluster that comes up or goes down says much in a moment.
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
    better = wakeup.instead()
    wakeup.close()
    return better
