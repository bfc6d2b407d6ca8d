"""Scene of a cluster at one moment, for a decision: its state and its configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.backend.queries.cib_query import query_cib
from crmtui.backend.watch.snapshot import take_snapshot
from crmtui.verbs.verb import Scene

if TYPE_CHECKING:
    from crmtui.backend.process.target import Target


def read_scene(target: Target) -> Scene:
    """Return the state and the configuration of ``target`` as they are now.

    Raises:
        CrmtuiError: The state or the configuration cannot be read.
    """
    cluster = take_snapshot(target).cluster
    return Scene(cluster, query_cib(target).objects)
