"""Clock of the configuration: tells from snapshot to snapshot if the configuration may have changed."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.cluster.model import Cluster

_OPEN_SECONDS = 1.5
"""Seconds after a change is first seen, in which another one may come with the same time stamp.
crm_mon gives the last change by the second, and a snapshot is taken a moment after the state
that it shows.
"""


class ConfigurationClock:
    """Compares the last change that each snapshot tells.

    Args:
        clock: Returns a time in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._cluster: Cluster | None = None
        self._first_seen = float("-inf")

    def may_be_other(self, cluster: Cluster) -> bool:
        """Return true if the configuration may differ from that of the previous snapshot."""
        before, self._cluster = self._cluster, cluster
        if before is None or _is_told(before, cluster):
            self._first_seen = self._clock()
            return True
        return self.is_open

    @property
    def is_open(self) -> bool:
        """Return true if the configuration may change without a new time of the last change."""
        return self._clock() - self._first_seen < _OPEN_SECONDS


def _is_told(old: Cluster, new: Cluster) -> bool:
    if new.last_change or old.last_change:
        return new.last_change != old.last_change
    # A CIB file has no time of the last change.
    return replace(new, last_updated="") != replace(old, last_updated="")
