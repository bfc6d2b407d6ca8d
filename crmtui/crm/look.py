"""A look at everything that is known of a cluster at one moment, for a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cluster import cib
from crmtui.crm.process import run
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
    done = run(target, ["cibadmin", "--query", "--local"])
    return Scene(cluster, cib.parse(done.output))
