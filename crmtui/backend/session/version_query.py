"""Query of the CIB's version, shared by checks that need it at the same moment."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from crmtui.backend.queries.cib_query import version_if_known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.backend.process.target import Target
    from crmtui.cib.version import CibVersion


class VersionQuery:
    """Query of the CIB's version; each one starts a program, over ssh a session as well.

    Args:
        target: The target that the cluster runs on.
    """

    def __init__(self, target: Target) -> None:
        self._target = target
        self._is_shared = False
        self._seen: CibVersion | None = None

    @contextmanager
    def moment(self, seen: CibVersion | None = None) -> Iterator[None]:
        """Share the version of the first query among all calls of ``now`` in this context.

        Args:
            seen: Version that another query has found right before; None for none.
        """
        self._is_shared = True
        self._seen = seen or self._seen
        try:
            yield
        finally:
            self._is_shared = False
            self.forget()

    def now(self) -> CibVersion | None:
        """Return the current version; None if unknown."""
        seen = self._seen or self.afresh()
        if self._is_shared:
            self._seen = seen
        return seen

    def forget(self) -> None:
        """Drop the shared version, since time has passed."""
        self._seen = None

    def afresh(self) -> CibVersion | None:
        """Return the version from a new query; None if unknown."""
        self.forget()
        return version_if_known(self._target)
