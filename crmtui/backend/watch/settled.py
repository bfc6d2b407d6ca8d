"""Whether a cluster has anything left to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.backend.process.run import run
from crmtui.cib.xml import root
from crmtui.cluster.roles import TRANSITIONAL
from crmtui.errors import CibUnreadable

if TYPE_CHECKING:
    from crmtui.backend.process.target import Target


def is_settled(target: Target) -> bool:
    """Say whether the scheduler would do nothing now, and nothing is under way.

    It is asked on the present CIB, as ``crm_resource --wait`` does, but without that tool's two
    seconds between two looks: this is meant to be asked after each change.

    Raises:
        ProgramMissing: crm_simulate is not installed.
        ClusterUnavailable: It gave no answer.
    """
    done = run(target, ["crm_simulate", "--live-check", "--simulate", "--output-as=xml"])
    try:
        told = root(done.output, "crm_simulate")
    except CibUnreadable:
        return False
    transition = told.find("transition")
    # What is under way already needs no new action, so the transition alone may be empty too soon.
    now = told.iterfind("cluster_status[1]/resources//resource")
    is_quiet = not any(resource.get("role") in TRANSITIONAL for resource in now)
    return done.status == 0 and transition is not None and len(transition) == 0 and is_quiet
