"""Private folder for the life of a process; a later process removes it after a crash."""

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
    """Folder (0700) with a lock that its process holds."""

    path: Path
    _lock: int

    @classmethod
    def make(cls, kind: str) -> PrivateFolder:
        """Make a new folder, and remove those of this ``kind`` whose processes have ended."""
        base = runtime_dir()
        for old in base.glob(f"{kind}-*"):
            _sweep(old)
        path = Path(tempfile.mkdtemp(prefix=f"{kind}-", dir=base))
        lock = open_private(path / _LOCK, os.O_CREAT | os.O_RDWR)
        fcntl.flock(lock, fcntl.LOCK_EX)
        return cls(path, lock)

    @contextmanager
    def naming_itself(self) -> Iterator[None]:
        """Add the folder to errors about a full disk, since the error of a write has no file.

        Raises:
            OSError: A file operation in the block failed.
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
    if folder.is_symlink():  # not ours, and it may lead to a folder of another user
        return
    try:
        lock = open_private(folder / _LOCK, os.O_RDWR)
    except OSError:  # just made, just removed, or another user's
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    else:
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)
