"""Timeline keeper: adds the differences between snapshots, and between configurations."""

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
"""Distance of a change before its effect in the timeline, in seconds."""


class TimelineKeeper:
    """Keeper of the timeline.

    Args:
        show: Called with the timeline after each change of it.
        host: Name of the node that answers for the cluster.
    """

    def __init__(self, show: Callable[[Timeline], None], host: str) -> None:
        self.timeline = Timeline()
        self._show = show
        self._cluster: Cluster | None = None
        self._cib: Cib | None = None
        self._lost = ""
        self._host = host

    def reach(self, host: str, when: float) -> str:
        """Record the host that answers; return a sentence if it is another one, else empty."""
        before, self._host = self._host, host
        if host == before:
            return ""
        entry = host_entry(before, host, when)
        self._add([entry])
        return f"{entry.sentence}."

    def see(self, cluster: Cluster, when: float) -> None:
        """Add the news of the snapshot taken at ``when``, in seconds since the epoch."""
        found: list[TimelineEntry] = []
        if self._lost:
            found.append(TimelineEntry(when, "seen", "", "the cluster is seen again", "ok"))
            self._lost = ""
        if self._cluster is None:
            # Events from before the start are no news, so they are marked as seen at once.
            if self.timeline.add([*recollected(cluster)]):
                self.timeline.see()
                self._show(self.timeline)
        else:
            found += entries(self._cluster, cluster, when)
        self._cluster = cluster
        self._add(found)

    def lose(self, reason: str) -> None:
        """Add that the cluster is out of sight, once per loss."""
        if not self._lost:
            sentence = f"the cluster is not seen any more: {reason}"
            self._add([TimelineEntry(time.time(), "lost", "", sentence, "crit")])
        self._lost = reason

    def configured(self, cib: Cib, when: float) -> None:
        """Add the changes in the configuration read after the snapshot taken at ``when``."""
        before, self._cib = self._cib, cib
        if before is not None:
            # The snapshot already shows the effects, so their cause goes before it.
            self._add(configuration_entries(before, cib, when - _CAUSE_SECONDS))

    def _add(self, found: list[TimelineEntry]) -> None:
        if self.timeline.add(found):
            self._show(self.timeline)

    def saw(self) -> None:
        """Mark all entries as seen."""
        self.timeline.see()
