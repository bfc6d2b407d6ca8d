"""Refusals of Pacemaker's tools: no rights, no cluster, not executable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.backend.process.run import last_words, not_executable
from crmtui.errors import ClusterUnavailable, PermissionRefused

if TYPE_CHECKING:
    from crmtui.backend.process.run import Completed

REFUSED = 4
"""CRM_EX_INSUFFICIENT_PRIV of Pacemaker's ``include/crm/common/results.h``."""
NOT_EXECUTABLE = 126
"""Status of a shell, and of nsenter, that may not execute the program it was to start."""


def refuse_unread(done: Completed, program: str) -> None:
    """Say why ``program`` told nothing of the cluster, where it did not.

    Raises:
        PermissionRefused: This user may not read the CIB.
        ClusterUnavailable: It may not be executed, or the cluster does not answer.
    """
    # What a healthy cluster says may have these words, too: why an operation failed.
    said = f"{done.errors}\n{done.output[:1000] if done.status else ''}"
    if done.status == NOT_EXECUTABLE:
        raise not_executable(program)
    if done.status == REFUSED or "Permission denied" in said or "Insufficient privileges" in said:
        raise PermissionRefused(
            "You may not read the CIB of this cluster.",
            hint="Run crmtui as root, or as a member of the group haclient.",
        )
    if done.status != 0 and (program != "crm_mon" or not done.output.strip()):
        raise ClusterUnavailable(
            f"{program} ended with status {done.status}: {last_words(done)[-300:]}",
            hint="Is the cluster running on this node? systemctl status pacemaker; crm cluster start",
        )
