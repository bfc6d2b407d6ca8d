"""A folder for the life of a process, swept up by a later one when that life ended early."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crmtui.ownership import open_private
from crmtui.paths import runtime_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class PrivateFolder:
    """A folder (0700) that is locked as long as its maker lives."""

    path: Path
    _lock: int

    @classmethod
    def make(cls, kind: str) -> PrivateFolder:
        """Make a new folder, and remove those of this ``kind`` whose makers are gone."""
        base = runtime_dir()
        for old in base.glob(f"{kind}-*"):
            _sweep(old)
        path = Path(tempfile.mkdtemp(prefix=f"{kind}-", dir=base))
        lock = open_private(path / _LOCK, os.O_CREAT | os.O_RDWR)
        fcntl.flock(lock, fcntl.LOCK_EX)
        return cls(path, lock)

    @contextmanager
    def naming_itself(self) -> Iterator[None]:
        """Name this folder where there is no room in it: the error of a write names no file.

        Raises:
            OSError: Anything went wrong within.
        """
        try:
            yield
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            raise OSError(error.errno, error.strerror, str(self.path)) from error

    def close(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)


def _sweep(folder: Path) -> None:
    if folder.is_symlink():  # none of ours, and what it leads to is somebody's
        return
    try:
        lock = open_private(folder / _LOCK, os.O_RDWR)
    except OSError:  # being made, being removed, or another user's: not ours to sweep
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    else:
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)
