"""The target that is a CIB file as it changes: a private copy, made anew each time it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.backend.targets.wakeups.file import FileWakeup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.backend.process.target import Invocation, Wakeup


class FollowedCib(Sandbox):
    """A private copy of a CIB file, for who only looks: it follows the file.

    Args:
        name: The file, or the name of a shadow CIB.

    Raises:
        TargetInvalid: There is neither.
        PermissionRefused: It may not be read.
        CibUnreadable: It is no CIB, or the tools cannot work on it.
    """

    def __init__(self, name: str) -> None:
        self._path = CibSource.path(name)
        source = CibSource.open(name)
        self._seen = self._look()
        super().__init__(source)

    def _look(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat()
        except FileNotFoundError:  # the copy holds until there is another
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns

    def invocation(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Invocation:
        """Return how ``argv`` works on the copy, which is made anew first if the file is another.

        Raises:
            CibUnreadable: The file is no CIB now.
        """
        now = self._look()
        if now is not None and now != self._seen:
            source = CibSource.open(str(self._path))
            self._seen = now  # before it is filled: the tools that carry it forward come here, too
            self.fill(source)
        return super().invocation(argv, env)

    def wakeup(self) -> Wakeup:
        """Return a watch on the file."""
        return FileWakeup(self._path)
