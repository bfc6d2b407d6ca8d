"""Look at the version of the CIB, which those who need it in the same moment share."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from crmtui.backend.queries.cib_query import version_if_known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.backend.process.target import Target
    from crmtui.cib.version import CibVersion


class VersionLook:
    """Looks at the version of the CIB; each look is a program, over ssh a session as well.

    Args:
        target: The cluster.
    """

    def __init__(self, target: Target) -> None:
        self._target = target
        self._is_shared = False
        self._seen: CibVersion | None = None

    @contextmanager
    def moment(self, seen: CibVersion | None = None) -> Iterator[None]:
        """Let all who ask for the version in here have that of the first look.

        Args:
            seen: What somebody else has seen right before; None where nobody has.
        """
        self._is_shared = True
        self._seen = seen or self._seen
        try:
            yield
        finally:
            self._is_shared = False
            self.forget()

    def now(self) -> CibVersion | None:
        """Return the version as it is in this moment; None where it cannot be had."""
        seen = self._seen or self.afresh()
        if self._is_shared:
            self._seen = seen
        return seen

    def forget(self) -> None:
        """Let the next one look again, since time has passed."""
        self._seen = None

    def afresh(self) -> CibVersion | None:
        """Return the version as a look of its own finds it; None where it cannot be had."""
        self.forget()
        return version_if_known(self._target)
