"""History of the command line, kept between runs and shared by open screens and shells."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from crmtui.ownership import open_private
from crmtui.paths import state_dir
from crmtui.text import without_strays

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterable


def open_history(path: Path | None = None, *, mask: Callable[[str], str]) -> History:
    """Return the history in ``path``, by default the user's own; only its owner may read it.

    Args:
        path: The file.
        mask: Removes the secrets from a line before it is remembered, in memory and on disk.

    If the file cannot be written, as on a full disk or a read-only root, the history lasts as long as
    the run.
    """
    try:
        path = path or state_dir() / "history"
        os.close(open_private(path, os.O_CREAT | os.O_WRONLY))
    except OSError:
        return _PassingHistory(mask)
    return SharedHistory(str(path), mask)


def is_stale(history: History) -> bool:
    """Say whether another program has written to the history since it was read."""
    return isinstance(history, SharedHistory) and history.is_stale


class _PassingHistory(InMemoryHistory):
    """History that lasts as long as the run."""

    def __init__(self, mask: Callable[[str], str]) -> None:
        super().__init__()
        self._mask = mask

    def append_string(self, string: str) -> None:
        """Remember ``string`` without its secrets, and with marks for bytes that are not UTF-8."""
        super().append_string(self._mask(without_strays(string)[0]))


class SharedHistory(FileHistory):
    """History in a file that other programs write, too; it goes on in memory on a full disk."""

    def __init__(self, path: str, mask: Callable[[str], str]) -> None:
        super().__init__(path)
        self._path = Path(path)
        self._mask = mask
        self._unwritten: list[str] = []
        self._read: tuple[int, int] | None = None
        """Size and time of the file when it was last read, or written by this run."""

    @property
    def is_stale(self) -> bool:
        """True if another program has written to the file since it was read."""
        return self._loaded and self._state() != self._read

    def _state(self) -> tuple[int, int] | None:
        try:
            now = self._path.stat()
        except OSError:
            return self._read  # a missing or unreadable file has no news
        return now.st_size, now.st_mtime_ns

    async def load(self) -> AsyncGenerator[str, None]:
        """Yield the remembered lines, the newest first, with those that other programs added."""
        self._loaded = self._loaded and not self.is_stale
        async for item in super().load():
            yield item

    def load_history_strings(self) -> Iterable[str]:
        """Read the file."""
        self._read = self._state()
        yield from reversed(self._unwritten)
        try:
            yield from super().load_history_strings()
        except OSError:
            return  # while the file cannot be read, the lines of this run remain

    def append_string(self, string: str) -> None:
        """Remember ``string`` without its secrets, and with marks for bytes that are not UTF-8."""
        super().append_string(self._mask(without_strays(string)[0]))

    def store_string(self, string: str) -> None:
        """Append ``string`` to the file, if that is possible."""
        is_stale = self.is_stale
        try:
            super().store_string(string)
        except OSError:
            self._unwritten.append(string)  # it stays in memory for this run
        if not is_stale:
            self._read = self._state()
