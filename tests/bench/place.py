"""Place of the measurement: a lab of three nodes with a few resources, and the programs on it."""

from __future__ import annotations

import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crmtui.backend.process.run import run
from crmtui.backend.watch.settled import is_settled
from tests.bench.installing import INSTALLED, install
from tests.bench.recording import Recording, terminal_environment

if TYPE_CHECKING:
    from crmtui.backend.process.run import Completed
    from crmtui.backend.process.target import Target

ROOT = Path(__file__).parents[2]
NODES = ("n1", "n2", "n3")
IDLE_NODE = "n3"
"""Nothing may run there, so its standby moves nothing."""
RESOURCES = ("address", "web", "database", "backup")
_CONFIGURATION = """\
primitive address ocf:pacemaker:Dummy op monitor interval=60s
primitive web ocf:pacemaker:Dummy op monitor interval=60s
group webservice address web
primitive database ocf:pacemaker:Stateful op monitor interval=60s role=Promoted \
op monitor interval=61s role=Unpromoted
clone database-clone database meta promotable=true
primitive backup ocf:pacemaker:Dummy op monitor interval=60s
location webservice-off-n3 webservice -inf: n3
location database-off-n3 database-clone -inf: n3
location backup-off-n3 backup -inf: n3
property stonith-enabled=false
"""
_SETTLING_SECONDS = 60.0
_PACE = 0.3

_OPEN = """\
import sys
from crmtui.cli.open_screen import (run_screen)
from crmtui.lab.lab import (Lab)
run_screen(Lab(sys.argv[1]).target(sys.argv[2]))
"""
"""The same as ``crmtui`` on a node, but from outside: on that node of a lab."""


@dataclass(frozen=True, slots=True)
class Place:
    """A node of a lab that is measured on."""

    lab: str
    target: Target

    def crmtui(self) -> Recording:
        """Start crmtui on it."""
        environment = terminal_environment() | {"PYTHONPATH": str(ROOT)}
        return Recording((sys.executable, "-c", _OPEN, self.lab, self.target.name), environment)

    def installed_crmtui(self) -> Recording:
        """Start crmtui in it, as an administrator does there."""
        return self.program(*INSTALLED)

    def program(self, *argv: str) -> Recording:
        """Start another program on it, in a terminal."""
        invocation = self.target.invocation(argv, {"TERM": "xterm-256color"})
        return Recording(invocation.argv, invocation.env)

    def run(self, *argv: str) -> Completed:
        """Run a program on it to its end."""
        return run(self.target, argv, timeout=60.0)

    def settle(self) -> None:
        """Wait until the cluster has nothing left to do."""
        deadline = time.monotonic() + _SETTLING_SECONDS
        while not is_settled(self.target):
            if time.monotonic() > deadline:
                raise TimeoutError("the cluster does not settle")
            pause(_PACE)

    def furnish(self) -> None:
        """Give the cluster the resources that are measured on, and the node crmtui."""
        if "webservice" not in self.run("crm_mon", "-1", "-r").output:
            # crm reads no configuration from its arguments, and the file has to lie in the node.
            load = ("sh", "-c", 'printf %s "$1" | crm configure load update -', "load")
            done = self.run(*load, _CONFIGURATION)
            if done.status != 0:
                raise RuntimeError(f"crm took no configuration: {done.output}{done.errors}")
        self.run("crm_standby", "-N", IDLE_NODE, "-D")
        self.settle()
        install(self.target)

    def versions(self) -> str:
        """Return what Pacemaker and crmsh call themselves there."""
        said = self.run("crmadmin", "--version").output + self.run("crm", "--version").output
        pacemaker = re.search(r"Pacemaker (\S+)", said)
        crmsh = re.search(r"^crm (\S+)", said, re.MULTILINE)
        if pacemaker is None or crmsh is None:
            raise RuntimeError(f"versions expected: {said}")
        return f"Pacemaker {pacemaker[1]}, crmsh {crmsh[1]}"


def pause(seconds: float) -> None:
    """Let some time pass between two looks or two changes."""
    time.sleep(seconds)
