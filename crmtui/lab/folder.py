"""Folder of a lab with its nodes' disks: a tmpfs, and a lock beside it.

/run/crmtui-lab/          private to root
    NAME.lock             held by the program that changes the lab
    NAME/                 the tmpfs; unmounting it removes all the lab's files
        plan.json
        n1/               log  root  upper  work
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crmtui.lab.host import call
from crmtui.lab.lab_plan import LabPlan, loads
from crmtui.ownership import open_private

if TYPE_CHECKING:
    from collections.abc import Iterator

_BASE = Path("/run/crmtui-lab")


@dataclass(frozen=True, slots=True)
class LabFolder:
    """Folder of the lab called ``lab``."""

    lab: str

    @property
    def path(self) -> Path:
        """The mount point of the tmpfs."""
        return _BASE / self.lab

    def node(self, name: str) -> Path:
        """Return the folder of a node's disk."""
        return self.path / name

    @contextlib.contextmanager
    def locked(self) -> Iterator[int]:
        """Hold the lab's lock, waiting for it; the value is its descriptor.

        A child that gets the descriptor holds the lock as long as it keeps it, even after this program.
        """
        path = _BASE / f"{self.lab}.lock"
        while True:
            try:
                # mkdir may find the folder, and no longer find it when it checks that it is one.
                _BASE.mkdir(mode=0o700, exist_ok=True)
                lock = open_private(path, os.O_CREAT | os.O_RDWR)
            except (FileExistsError, FileNotFoundError):  # the last lab is being taken down
                continue
            try:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if not _is_still(lock, path):  # the lab was taken down during the wait
                    continue
                yield lock
                return
            finally:
                os.close(lock)

    def load(self) -> LabPlan | None:
        """Return the plan of the lab that is up, or None."""
        try:
            return loads((self.path / "plan.json").read_text())
        except FileNotFoundError:
            return None

    def make(self, plan: LabPlan) -> None:
        """Mount the tmpfs and keep ``plan`` in it; an earlier half-made one is removed."""
        self.unmount()
        self.path.mkdir(mode=0o700, exist_ok=True)
        call("mount", "-t", "tmpfs", "-o", "mode=0700", "tmpfs", str(self.path))
        unfinished = self.path / "plan.json.unfinished"
        unfinished.write_text(plan.dumps())
        unfinished.rename(self.path / "plan.json")

    def unmount(self) -> None:
        """Unmount the tmpfs and drop its files, even while a program has one open."""
        while self._is_mounted():
            call("umount", "--lazy", str(self.path))

    def _is_mounted(self) -> bool:
        mounts = Path("/proc/self/mountinfo").read_text().splitlines()
        return any(line.split()[4] == str(self.path) for line in mounts)

    def remove(self) -> None:
        """Remove the empty folder and the lock; after the last lab, also the folder of labs.

        Needs the lock: the next program that waits for it then sees that the lab is gone.
        """
        self.unmount()
        with contextlib.suppress(FileNotFoundError):
            self.path.rmdir()
        (_BASE / f"{self.lab}.lock").unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # the folder of another lab is in it
            _BASE.rmdir()


def _is_still(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
