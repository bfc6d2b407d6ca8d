"""The configuration of the cluster behind a target, as it is committed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cluster import cib
from crmtui.crm.process import TIMEOUT, run
from crmtui.errors import CibUnreadable

if TYPE_CHECKING:
    from crmtui.cluster.cib import Configuration
    from crmtui.crm.target import Target


def read_configuration(target: Target, *, timeout: float = TIMEOUT) -> Configuration:
    """Return the objects and constraints of the CIB on ``target``.

    Raises:
        ProgramMissing: cibadmin is not installed.
        ClusterUnavailable: It gave no answer within ``timeout`` seconds.
        CibUnreadable: It failed, or what it printed is no CIB.
    """
    done = run(target, ("cibadmin", "--query"), timeout=timeout)
    if done.status != 0:
        why = done.errors.strip().splitlines()[-1:] or [f"exit status {done.status}"]
        raise CibUnreadable(f"The CIB could not be read: {why[0]}.")
    return cib.parse(done.output)
