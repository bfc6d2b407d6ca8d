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
"""Exit status of a shell, and of nsenter, without the right to execute the program."""


def refuse_unread(done: Completed, program: str) -> None:
    """Raise the error of a program that printed nothing about the cluster.

    Raises:
        PermissionRefused: This user may not read the CIB.
        ClusterUnavailable: The program may not be executed, or the cluster does not answer.
    """
    # The output of a healthy cluster may have these words, too, as reasons of failed operations.
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
