"""Runs of the scheduler on a CIB file, until nothing is left to do."""

from __future__ import annotations

from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from crmtui.backend.process.cancellation import Cancellation
from crmtui.backend.process.run import end, finish, found, kill, start
from crmtui.errors import CibUnreadable
from crmtui.forecast.simulation import Simulation, chained, parse

if TYPE_CHECKING:
    from crmtui.backend.process.run import Child, Completed
    from crmtui.backend.scheduler.cib_copy import Copy

TRANSITIONS = 10
"""Transitions in a row at most; a scheduler that needs more goes in circles."""


_NUMBERS = count(1)


class SchedulerRuns:
    """Simulation under way on one file of a copy.

    Each transition writes its own file, since a cancelled one may still write on a host behind ssh.

    Args:
        copy: Copy with the file.
        file: Name of a CIB file in the folder of the copy.
        timeout: Seconds that each transition may take.
        cancellation: Cancellation of the simulation.
    """

    def __init__(
        self, copy: Copy, file: str, timeout: float, cancellation: Cancellation | None = None
    ) -> None:
        self._copy = copy
        self.file = f"{copy.folder}/{file}"
        """Path of the CIB after the last transition."""
        self._timeout = timeout
        self._cancellation = cancellation or Cancellation()
        self._child: Child | None = self._start()

    def _start(self) -> Child:
        before, self.file = self.file, f"{self._copy.folder}/after-{next(_NUMBERS)}.xml"
        files = ("-x", before, "-O", self.file)
        return start(self._copy, ("crm_simulate", "-S", *files, "--output-as=xml"))

    def outcome(self) -> Simulation:
        """Return the outcome once the cluster in the file has nothing left to do.

        Raises:
            ProgramMissing: crm_simulate is not installed.
            ClusterUnavailable: A transition takes too long.
            Cancelled: The simulation was cancelled.
            CibUnreadable: The scheduler cannot work on this CIB.
        """
        transitions: list[Simulation] = []
        while len(transitions) < TRANSITIONS:
            done = self._transition()
            if not done.output.strip():
                raise CibUnreadable(
                    f"crm_simulate ended with status {done.status} and printed nothing.",
                    hint=done.errors.strip()[-300:] or "Check the CIB: crm_verify -L -V",
                )
            last = transitions[-1].work if transitions else None
            transitions.append(parse(done.output))
            if transitions[-1].is_settled or transitions[-1].work == last:
                break
        return chained(transitions)

    def _transition(self) -> Completed:
        child = self._child = self._child or self._start()
        try:
            with self._cancellation.ending(partial(kill, child)):
                return found(finish(child, "crm_simulate", self._timeout), "crm_simulate")
        finally:
            self.cancel()

    def cancel(self) -> None:
        """End the program at work, if any."""
        if self._child is not None:
            end(self._child)
            self._child = None
