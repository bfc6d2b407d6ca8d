"""Whether the configuration may be another one from one look at a cluster to the next."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.cluster.model import Cluster

_OPEN_SECONDS = 1.5
"""How long after a change was first seen another one may come that crm_mon tells by the same words:
it tells the last change by the second. A look comes a moment after what it shows."""


class ConfigurationClock:
    """Goes by the last change that each look tells.

    Args:
        clock: Seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._cluster: Cluster | None = None
        self._first_seen = float("-inf")

    def may_be_other(self, cluster: Cluster) -> bool:
        """Say of each look in turn whether its configuration may differ from that of the one before."""
        before, self._cluster = self._cluster, cluster
        if before is None or _is_told(before, cluster):
            self._first_seen = self._clock()
            return True
        return self.is_open

    @property
    def is_open(self) -> bool:
        """Whether the configuration may change without another last change being told."""
        return self._clock() - self._first_seen < _OPEN_SECONDS


def _is_told(old: Cluster, new: Cluster) -> bool:
    if new.last_change or old.last_change:
        return new.last_change != old.last_change
    # A CIB file has no last change to go by.
    return replace(new, last_updated="") != replace(old, last_updated="")
