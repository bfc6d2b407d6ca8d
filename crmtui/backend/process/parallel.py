"""The programs that a look at a cluster takes, run at the same time.

Little is loaded for it: the first look goes on while all else is.
"""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from crmtui.backend.process.cibadmin import QUERY_PROPERTIES
from crmtui.backend.process.run import TIMEOUT, Completed, end, finish, kill, start
from crmtui.cluster.feed_options import FeedOptions
from crmtui.errors import CrmtuiError

if TYPE_CHECKING:
    from crmtui.backend.process.run import Child
    from crmtui.backend.process.target import Target

    Programs = tuple[tuple[str, ...], ...]

XML = ("crm_mon", "--output-as=xml")
FEED = FeedOptions().command
"""The command whose text the feed shows unless another is asked for."""


class Tools:
    """Programs that run on a target at the same time, since each takes some 20 ms.

    Args:
        target: Where they run.
    """

    def __init__(self, target: Target) -> None:
        self._target = target
        self._running: list[Child] = []
        self._begun: Programs = ()
        self._is_stopped = False

    @property
    def has_begun(self) -> bool:
        """Whether programs are at work whose answer nobody has asked for yet."""
        return bool(self._begun)

    @property
    def running(self) -> tuple[Child, ...]:
        """The programs that are at work."""
        return tuple(self._running)

    def begin(self) -> None:
        """Start what the first look takes; a ``run`` of just that hears it to its end."""
        # What cannot be started now is started again by who runs it, and hears why it cannot be.
        with contextlib.suppress(CrmtuiError):
            self._start((XML, FEED, QUERY_PROPERTIES))
            self._begun = (XML, FEED, QUERY_PROPERTIES)

    def _start(self, argvs: Programs) -> None:
        self.drop()
        for argv in argvs:
            self._running.append(start(self._target, argv))

    def run(self, *argvs: tuple[str, ...]) -> list[Completed]:
        """Run programs to their ends; none outlives this."""
        done: list[Completed] = []
        deadline = time.monotonic() + TIMEOUT
        try:
            if self._begun != argvs:
                self._start(argvs)
            if self._is_stopped:
                self.stop()
            for child, argv in zip(self._running, argvs, strict=True):
                done.append(finish(child, argv[0], max(0.1, deadline - time.monotonic())))
        finally:
            del self._running[: len(done)]
            self.drop()
        return done

    def drop(self) -> None:
        """End what has begun: its answer is of no use any more."""
        self._begun = ()
        for child in self._running:
            end(child)
        self._running = []

    def stop(self) -> None:
        """Let no program run any longer, also from another thread: it may hang."""
        self._is_stopped = True
        for child in self.running:
            kill(child)
