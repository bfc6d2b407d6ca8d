"""Asking the scheduler: what would it do with a CIB in a file?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.crm.process import end, finish, found, start
from crmtui.errors import CibUnreadable
from crmtui.forecast.simulation import Simulation, chained, parse

if TYPE_CHECKING:
    import subprocess

    from crmtui.crm.copy import Copy

TRANSITIONS = 10
"""After that many in a row the status is taken as it is: the scheduler goes in circles."""


class Simulating:
    """A simulation under way on one file of a copy; its outcome replaces the file.

    Args:
        copy: Where.
        file: The name of a CIB file in its folder.
        timeout: Seconds that each transition may take.
    """

    def __init__(self, copy: Copy, file: str, timeout: float) -> None:
        self._copy = copy
        self._file = f"{copy.folder}/{file}"
        self._timeout = timeout
        self._child: subprocess.Popen[bytes] | None = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        files = ("-x", self._file, "-O", self._file)
        return start(self._copy, ("crm_simulate", "-S", *files, "--output-as=xml"))

    def outcome(self) -> Simulation:
        """Wait until the cluster in the file would have nothing more to do.

        Raises:
            ProgramMissing: There is no crm_simulate.
            ClusterUnavailable: It takes too long.
            CibUnreadable: It cannot work on this CIB.
        """
        transitions: list[Simulation] = []
        while len(transitions) < TRANSITIONS:
            child = self._child or self._start()
            self._child = None
            done = found(finish(child, "crm_simulate", self._timeout), "crm_simulate")
            if not done.output.strip():
                raise CibUnreadable(
                    f"crm_simulate ended with status {done.status} and said nothing.",
                    hint=done.errors.strip()[-300:] or "Check the CIB: crm_verify -L -V",
                )
            transitions.append(parse(done.output))
            if transitions[-1].is_settled:
                break
        return chained(transitions)

    def cancel(self) -> None:
        """End it, whatever it was doing."""
        if self._child is not None:
            end(self._child)
            self._child = None
