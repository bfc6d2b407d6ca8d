"""Programs of one snapshot, run at the same time.

This module imports little: the first snapshot runs while everything else is imported.
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
"""Default command for the text of the feed."""


class Tools:
    """Programs that run on a target at the same time, since each takes some 20 ms.

    Args:
        target: Target that they run on.
    """

    def __init__(self, target: Target) -> None:
        self._target = target
        self._running: list[Child] = []
        self._begun: Programs = ()
        self._is_stopped = False

    @property
    def has_begun(self) -> bool:
        """True if programs were started whose output has not been read yet."""
        return bool(self._begun)

    @property
    def running(self) -> tuple[Child, ...]:
        """Programs at work."""
        return tuple(self._running)

    def begin(self) -> None:
        """Start the programs of the first snapshot; a ``run`` of the same ones reads their output."""
        # Start errors are ignored here: `run` starts the programs again, and raises the error.
        with contextlib.suppress(CrmtuiError):
            self._start((XML, FEED, QUERY_PROPERTIES))
            self._begun = (XML, FEED, QUERY_PROPERTIES)

    def _start(self, argvs: Programs) -> None:
        self.drop()
        for argv in argvs:
            self._running.append(start(self._target, argv))

    def run(self, *argvs: tuple[str, ...]) -> list[Completed]:
        """Run programs to their ends; none outlives this call."""
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
        """End the programs that were started, and drop their output."""
        self._begun = ()
        for child in self._running:
            end(child)
        self._running = []

    def stop(self) -> None:
        """Kill all programs, as one of them may hang; any thread may call this."""
        self._is_stopped = True
        for child in self.running:
            kill(child)
