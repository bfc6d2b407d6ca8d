"""Target that is a node of a lab: programs run inside its container."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.backend.process.target import Invocation, TargetKind, Wakeup
from crmtui.errors import LabFailed
from crmtui.lab.power import init_process

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.lab.lab_plan import PlannedNode

_ENVIRONMENT: Mapping[str, str] = {
    "HOME": "/root",
    "LC_ALL": "C.UTF-8",
    "LOGNAME": "root",
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "SHELL": "/bin/bash",
    "USER": "root",
}
"""Environment of root on a node; nothing of the host's environment goes in."""


@dataclass(frozen=True, slots=True)
class LabTarget:
    """Node of a lab, which may be off."""

    node: PlannedNode

    @property
    def kind(self) -> TargetKind:
        """The badge on the screen."""
        return "lab"

    @property
    def name(self) -> str:
        """The node's name."""
        return self.node.name

    def invocation(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Invocation:
        """Return the invocation of ``argv`` inside the node.

        A program that enters the container from outside outlives nsenter unless told to die with it.

        Raises:
            LabFailed: The node is off.
        """
        pid = init_process(self.node)
        if pid is None:
            raise LabFailed(
                f"{self.name} is off.", hint=f"Switch it on: crmtui lab boot {self.name}"
            )
        enter = (
            shutil.which("nsenter") or "nsenter",
            "-t",
            str(pid),
            *("-m", "-u", "-i", "-p", "-n", "-C", "-r", "-w"),
        )
        inside = ("setpriv", "--pdeathsig", "KILL", "--", *argv)
        return Invocation((*enter, "--", *inside), {**_ENVIRONMENT, **(env or {})})

    def wakeup(self) -> Wakeup:
        """Return a follower of the node's Pacemaker log."""
        # Imported here: the first look goes on while this is loaded.
        from crmtui.backend.targets.wakeups.pacemaker_log import open_wakeup

        return open_wakeup(self)

    def after_command(self) -> None:
        """Do nothing: a real cluster moves by itself."""

    def close(self) -> None:
        """Do nothing: the lab outlives the screens on it."""
