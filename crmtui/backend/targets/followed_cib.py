"""Target that follows a CIB file, with a private copy that is renewed after each change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.backend.targets.wakeups.file import FileWakeup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.backend.process.target import Invocation, Wakeup


class FollowedCib(Sandbox):
    """Private copy of a CIB file that follows the file, for read-only use.

    Args:
        name: Path of the file, or name of a shadow CIB.

    Raises:
        TargetInvalid: There is no such file or shadow CIB.
        PermissionRefused: This user may not read the file.
        CibUnreadable: The file is no CIB, or the tools cannot work on it.
    """

    def __init__(self, name: str) -> None:
        self._path = CibSource.path(name)
        source = CibSource.open(name)
        self._seen = self._identity()
        super().__init__(source)

    def _identity(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat()
        except FileNotFoundError:  # the copy holds until the file is back
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns

    def invocation(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Invocation:
        """Return ``argv`` with the environment of the copy, which is renewed first if necessary.

        Raises:
            CibUnreadable: The file is no CIB now.
        """
        now = self._identity()
        if now is not None and now != self._seen:
            source = CibSource.open(str(self._path))
            self._seen = now  # set before `fill`, whose tools call this method, too
            self.fill(source)
        return super().invocation(argv, env)

    def wakeup(self) -> Wakeup:
        """Return a watch on the file."""
        return FileWakeup(self._path)
