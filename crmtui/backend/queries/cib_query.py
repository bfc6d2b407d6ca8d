"""Query of the CIB of a target, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.backend.process.refusals import refuse_unread
from crmtui.backend.process.run import run

if TYPE_CHECKING:
    from crmtui.backend.process.target import Target


def query_cib(target: Target) -> str:
    """Return the whole CIB, as the node that is asked has it.

    Raises:
        ProgramMissing: cibadmin is not installed.
        PermissionRefused: This user may not read it.
        ClusterUnavailable: The cluster does not answer.
    """
    done = run(target, ("cibadmin", "--query", "--local"))
    refuse_unread(done, "cibadmin")
    return done.output
