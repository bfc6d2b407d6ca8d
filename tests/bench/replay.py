"""The screen on a cluster that is not there: looks that were recorded, told one after the other.

``python -m tests.bench.replay FOLDER SECONDS`` opens it; every ``SECONDS`` there is another look. What
crm_mon and cibadmin printed is read from files, so that what is measured is crmtui and not these: on
a file each reads all of the CIB, up to 80 ms of a processor, which no tool of a live cluster does.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from crmtui.backend.process.cibadmin import QUERY_PROPERTIES, QUERY_VERSION
from crmtui.backend.process.target import Invocation
from crmtui.backend.process.waker import Waker
from crmtui.backend.targets.live import local_environment
from crmtui.cli.open_screen import run_screen
from crmtui.settings import Loaded, Settings
from tests.scale import ScaledCluster

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.backend.process.target import TargetKind, Wakeup

LOOKS = 2
CHANGING = "n2"
"""The node that is online in the first look and in standby in the second."""
_WAKES = "wakes"
_COMMANDS = (
    ("xml", ("crm_mon", "--output-as=xml")),
    ("txt", ("crm_mon", "-1", "-r")),
    ("properties", QUERY_PROPERTIES),
    ("version", QUERY_VERSION),
)


def record(folder: Path, nodes: int, resources: int) -> list[float]:
    """Write two looks at a generated cluster; return how long crm_mon's XML took, in seconds."""
    taken = []
    for turn in range(LOOKS):
        path = folder / f"{turn}.cib"
        standby = (int(CHANGING[1:]),) if turn else ()
        path.write_text(ScaledCluster(nodes, resources, also_standby=standby).cib(), "utf-8")
        environment = {**local_environment(), "CIB_file": str(path)}
        for suffix, command in _COMMANDS:
            for _ in range(5 if suffix == "xml" else 1):
                began = time.monotonic()
                said = subprocess.run(command, env=environment, capture_output=True, check=True)
                if suffix == "xml":
                    taken.append(time.monotonic() - began)
            (folder / f"{turn}.{suffix}").write_bytes(said.stdout)
    return taken


def wakes(folder: Path) -> list[tuple[float, bool]]:
    """Return when each look was called for, and whether the node is in standby in it."""
    lines = (folder / _WAKES).read_text("utf-8").split("\n")[:-1]
    return [(float(at), turn == "1") for at, turn in (line.split() for line in lines)]


class ReplayTarget:
    """Programs on a file, and a crm_mon that reads what was recorded.

    Args:
        folder: Where ``record`` wrote.
        seconds: How long one look stays the newest.
    """

    kind: TargetKind = "sandbox"
    name = "replay"

    def __init__(self, folder: Path, seconds: float) -> None:
        self.folder = folder
        self.seconds = seconds
        self.turn = 0

    def invocation(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Invocation:
        """Return what prints the recorded look, or another program as it stands."""
        cib = {"CIB_file": str(self.folder / "0.cib")}
        suffix = next((suffix for suffix, command in _COMMANDS if tuple(argv) == command), None)
        if suffix is not None:
            argv = ("cat", str(self.folder / f"{self.turn}.{suffix}"))
        return Invocation(tuple(argv), {**local_environment(env), **cib})

    def wakeup(self) -> Wakeup:
        """Return what tells of the next look when it is time."""
        return _Turns(self)

    def after_command(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


class _Turns:
    way = "replaying"
    is_over = False

    def __init__(self, target: ReplayTarget) -> None:
        self._target = target
        self._interrupt = Waker()
        self._next = time.monotonic() + target.seconds

    def wait(self, seconds: float) -> bool:
        left = max(0.0, self._next - time.monotonic())
        if select.select([self._interrupt], [], [], min(left, seconds))[0]:
            self._interrupt.clear()
            return False
        if left > seconds:
            return False
        now = time.monotonic()
        self._next = max(self._next + self._target.seconds, now)
        self._target.turn = (self._target.turn + 1) % LOOKS
        with (self._target.folder / _WAKES).open("a", encoding="utf-8") as log:
            log.write(f"{now} {self._target.turn}\n")
        return True

    def interrupt(self) -> None:
        self._interrupt.set()

    def vouches(self) -> bool:
        """Say that it is sure."""
        return True

    def instead(self) -> Wakeup:
        return self

    def close(self) -> None:
        self._interrupt.close()


if __name__ == "__main__":
    os.environ.pop("CIB_file", None)
    replayed = ReplayTarget(Path(sys.argv[1]), float(sys.argv[2]))
    run_screen(replayed, Loaded(Settings()))
