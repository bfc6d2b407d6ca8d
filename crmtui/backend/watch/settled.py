"""Settled clusters: the scheduler has nothing left to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.backend.process.run import run
from crmtui.cib.xml import root
from crmtui.cluster.roles import TRANSITIONAL
from crmtui.errors import CibUnreadable

if TYPE_CHECKING:
    from crmtui.backend.process.target import Target


def is_settled(target: Target) -> bool:
    """Return True if the scheduler would do nothing now, and no action is under way.

    The scheduler runs on the present CIB, as for ``crm_resource --wait``. That tool waits two seconds
    between two queries, which is too long for a query after each change.

    Raises:
        ProgramMissing: crm_simulate is not installed.
        ClusterUnavailable: crm_simulate gave no answer.
    """
    done = run(target, ["crm_simulate", "--live-check", "--simulate", "--output-as=xml"])
    try:
        told = root(done.output, "crm_simulate")
    except CibUnreadable:
        return False
    transition = told.find("transition")
    # Actions under way are in no transition, so an empty transition alone proves nothing.
    now = told.iterfind("cluster_status[1]/resources//resource")
    is_quiet = not any(resource.get("role") in TRANSITIONAL for resource in now)
    return done.status == 0 and transition is not None and len(transition) == 0 and is_quiet
