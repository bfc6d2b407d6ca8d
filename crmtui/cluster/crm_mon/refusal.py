"""Refusal of crm_mon to describe a cluster, as an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cib.xml import words
from crmtui.errors import CibUnreadable, ClusterUnavailable, CrmtuiError, PermissionRefused
from crmtui.text import plain_line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# Pacemaker's exit statuses, include/crm/common/results.h.
_INSUFFICIENT_PRIVILEGES = "4"
_UNREADABLE = frozenset(("0", "65", "66", "78"))
"""Exit statuses of an unreadable CIB: bad data, no input, bad CIB, and OK, which crm_mon returns
even where it could not read a file.
"""


def refusal(result: Element) -> CrmtuiError:
    """Return the error for ``result``, a document without a cluster."""
    disconnected = result.find("crm-mon-disconnected")
    if disconnected is not None:
        said = words(disconnected)
        state = said.get("pacemakerd-state", "")
        about = said.get("description", "") or (f"pacemakerd is {state}" if state else "")
        return _unavailable(about)
    status = result.find("status")
    if result.tag != "pacemaker-result" or status is None:
        return CibUnreadable(
            "What crm_mon printed is not about a cluster.",
            hint="crmtui reads crm_mon --output-as=xml of Pacemaker 2.1 and later.",
        )
    code = status.get("code", "")
    reasons = [plain_line("".join(error.itertext())) for error in status.iter("error")]
    said_all = "; ".join(filter(None, reasons))
    if code == _INSUFFICIENT_PRIVILEGES or "Permission denied" in said_all:
        return PermissionRefused(
            _sentence("This user may not read the CIB", said_all),
            hint="Run crmtui as root, or as a member of the group haclient.",
        )
    if code in _UNREADABLE and "not connected" not in said_all.lower():
        return _unreadable(said_all)
    return _unavailable(said_all or plain_line(status.get("message", "")))


def _unreadable(said: str) -> CibUnreadable:
    if not said:
        return CibUnreadable("crm_mon found no CIB: it is empty.", hint="Open another CIB.")
    if "schema" in said:
        return CibUnreadable(
            _sentence("This Pacemaker cannot read the CIB", said),
            hint="The CIB is invalid, or its schema (validate-with) is newer than this Pacemaker:"
            " ask crm_verify -V, or open it where a newer Pacemaker is installed.",
        )
    return CibUnreadable(
        _sentence("The CIB cannot be read", said), hint="Check the file; crm_verify -V says more."
    )


def _unavailable(said: str) -> ClusterUnavailable:
    return ClusterUnavailable(
        _sentence("The cluster is not running here", said),
        hint="Start it with crm cluster start, or see systemctl status pacemaker.",
    )


def _sentence(what: str, why: str) -> str:
    return f"{what}: {why.rstrip('.')}." if why else f"{what}."
