"""Queries of a target's CIB: the whole, its version alone, or the configuration as crm shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crmtui.backend.process.cibadmin import QUERY, QUERY_VERSION
from crmtui.backend.process.refusals import refuse_unread
from crmtui.backend.process.run import TIMEOUT, run
from crmtui.cib.document import Cib
from crmtui.cib.version import CibVersion
from crmtui.crmsh.prompt import LIVE
from crmtui.errors import CrmtuiError

if TYPE_CHECKING:
    from crmtui.backend.process.target import Target

_VERSION_TIMEOUT = 5.0
"""Seconds for a version, which takes some 20 ms; without a version an outcome is only less certain."""
_SHOW_TIMEOUT = 60.0
"""Seconds for the whole configuration, which takes half a second; with 10 000 objects, minutes."""

_BOTH = re.compile(r"^(?:WARNING: )?both \S+ and \S+ exist, please cleanup\n", re.MULTILINE)
"""Warning in the configuration's text, if crm has two folders for its own files (crmsh, ``userdir``)."""


def query_cib(target: Target, timeout: float = TIMEOUT) -> Cib:
    """Return the whole CIB, as the target's node has it.

    Args:
        target: Target with the cluster.
        timeout: Seconds that the query may take.

    Raises:
        ProgramMissing: cibadmin is not installed.
        PermissionRefused: This user may not read the CIB.
        ClusterUnavailable: The cluster does not answer.
        CibUnreadable: The answer is no CIB.
    """
    done = run(target, QUERY, timeout=timeout)
    refuse_unread(done, "cibadmin")
    return Cib.parse(done.output)


def query_version(target: Target, timeout: float = TIMEOUT) -> CibVersion | None:
    """Return the version of the CIB; None if cibadmin prints none.

    Args:
        target: Target with the cluster.
        timeout: Seconds that the query may take.

    Raises:
        ProgramMissing: cibadmin is not installed.
        ClusterUnavailable: The cluster does not answer.
    """
    return CibVersion.of_text(run(target, QUERY_VERSION, timeout=timeout).output)


def version_if_known(target: Target) -> CibVersion | None:
    """Return the version of the CIB; None after any error."""
    try:
        return query_version(target, _VERSION_TIMEOUT)
    except CrmtuiError:
        return None


def configuration_text(target: Target, cib: str = LIVE) -> str:
    """Return the configuration as crm shows it, with its secrets masked.

    Args:
        target: Target with the cluster.
        cib: ``live`` or the name of a shadow CIB.

    Raises:
        CrmtuiError: crm did not start, or failed.
    """
    shadow = [] if cib == LIVE else ["-c", cib]
    argv = ["crm", "-D", "plain", *shadow, "configure", "show"]
    done = run(target, argv, env={"TERM": "dumb", "PAGER": "cat"}, timeout=_SHOW_TIMEOUT)
    if done.status != 0:
        raise CrmtuiError(
            f"crm does not show the configuration: exit status {done.status}.",
            hint=done.errors.strip()[-500:],
        )
    return _BOTH.sub("", done.output)
