"""The history of the command line, kept between runs and shared by screen and shell."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from crmtui.paths import open_private, state_dir

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def open_history(path: Path | None = None, *, mask: Callable[[str], str]) -> History:
    """Return the history in ``path``, by default the user's own; only its owner may read it.

    Args:
        path: The file.
        mask: Takes the secrets out of a line before it is remembered, in memory and on disk.

    Where the file cannot be written, as on a full disk or a read-only root, the history lasts as
    long as the run.
    """
    try:
        path = path or state_dir() / "history"
        os.close(open_private(path, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC))
        path.chmod(0o600)
    except OSError:
        return _PassingHistory(mask)
    return _SafeHistory(str(path), mask)


class _PassingHistory(InMemoryHistory):
    """A history that lasts as long as the run."""

    def __init__(self, mask: Callable[[str], str]) -> None:
        super().__init__()
        self._mask = mask

    def append_string(self, string: str) -> None:
        """Remember ``string`` without its secrets."""
        super().append_string(self._mask(string))


class _SafeHistory(FileHistory):
    """A file history that goes on in memory when the disk is full."""

    def __init__(self, path: str, mask: Callable[[str], str]) -> None:
        super().__init__(path)
        self._mask = mask

    def append_string(self, string: str) -> None:
        """Remember ``string`` without its secrets."""
        super().append_string(self._mask(string))

    def store_string(self, string: str) -> None:
        """Append ``string`` to the file, if it can be."""
        try:
            super().store_string(string)
        except OSError:
            return  # it is in memory all the same: this run has it
