"""Keeps the timeline: what two pictures of the cluster, and two configurations, differ by."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from crmtui.cluster.timeline import (
    Timeline,
    TimelineEntry,
    configuration_entries,
    entries,
    host_entry,
    recollected,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.cib.document import Cib
    from crmtui.cluster.model import Cluster

_CAUSE_SECONDS = 0.001


class TimelineKeeper:
    """Writes the timeline.

    Args:
        show: Called with the timeline whenever it is another one.
        host: Through what the cluster is looked at.
    """

    def __init__(self, show: Callable[[Timeline], None], host: str) -> None:
        self.timeline = Timeline()
        self._show = show
        self._cluster: Cluster | None = None
        self._cib: Cib | None = None
        self._lost = ""
        self._host = host

    def reach(self, host: str, when: float) -> str:
        """Note through what the cluster is looked at; return what to say of it, if anything."""
        before, self._host = self._host, host
        if host == before:
            return ""
        entry = host_entry(before, host, when)
        self._add([entry])
        return f"{entry.sentence}."

    def see(self, cluster: Cluster, when: float) -> None:
        """Take another picture of the cluster, taken at ``when``."""
        found: list[TimelineEntry] = []
        if self._lost:
            found.append(TimelineEntry(when, "seen", "", "the cluster is seen again", "ok"))
            self._lost = ""
        if self._cluster is None:
            # What happened before the start is no news, not even for a moment.
            if self.timeline.add([*recollected(cluster)]):
                self.timeline.see()
                self._show(self.timeline)
        else:
            found += entries(self._cluster, cluster, when)
        self._cluster = cluster
        self._add(found)

    def lose(self, reason: str) -> None:
        """Note that the cluster cannot be seen."""
        if not self._lost:
            sentence = f"the cluster is not seen any more: {reason}"
            self._add([TimelineEntry(time.time(), "lost", "", sentence, "crit")])
        self._lost = reason

    def configured(self, cib: Cib, when: float) -> None:
        """Take the configuration that was read because of the picture taken at ``when``."""
        before, self._cib = self._cib, cib
        if before is not None:
            # The picture shows already what came of it.
            self._add(configuration_entries(before, cib, when - _CAUSE_SECONDS))

    def _add(self, found: list[TimelineEntry]) -> None:
        if self.timeline.add(found):
            self._show(self.timeline)

    def saw(self) -> None:
        """Take everything for looked at."""
        self.timeline.see()
