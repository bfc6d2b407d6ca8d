"""A look at everything that is known of a cluster at one moment, for a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cluster import cib
from crmtui.crm.cib_query import query_cib
from crmtui.crm.snapshot import take_snapshot
from crmtui.verbs.verb import Scene

if TYPE_CHECKING:
    from crmtui.crm.target import Target


def look(target: Target) -> Scene:
    """Return the state and the configuration of ``target`` as they are now.

    Raises:
        CrmtuiError: It cannot be seen.
    """
    cluster = take_snapshot(target).cluster
    return Scene(cluster, cib.parse(query_cib(target)))
