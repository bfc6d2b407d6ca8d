"""Evidence for the outcome of lines outside of the configuration: crm's output, or a second command.

crm reports no status. The patterns come from the sources of crmsh 4.4.1, 5.0 and 5.1 (``ui_cluster.py``,
``ui_corosync.py``, ``corosync.py``) and of ``crm_resource`` in Pacemaker 2.1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from crmtui.crmsh.line import parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SeenOutcome = Literal["done", "failed", "no effect"]

_SERVICES = r"^INFO: (?:The cluster stack|Cluster services) "
_DONE: Mapping[str, str] = {
    "cluster disable": rf"{_SERVICES}(?:stopped and )?disabled on ",
    "cluster enable": rf"{_SERVICES}enabled (?:and started )?on ",
    "cluster restart": rf"{_SERVICES}started on ",
    "cluster start": rf"{_SERVICES}started on ",
    "cluster stop": rf"{_SERVICES}stopped on ",
    "corosync pull": r"^Writing \S+:",
    "corosync push": r"^INFO: \S+$",
    "resource cleanup": r"^Cleared the failed operations of |got reply \(done\)",
    "resource refresh": r"^Cleared the failed operations of |got reply \(done\)",
}
"""Output of successful commands; without it the outcome is unknown."""
_IN_VAIN: Mapping[str, str] = {
    "cluster start": rf"{_SERVICES}already started on ",
    "cluster stop": rf"{_SERVICES}already stopped on ",
    "corosync add-node": r"^WARNING: \S+ already in ",
    "corosync pull": r"^No change\.",
}
"""Output of commands that had nothing to do."""
_FAILED = re.compile(r"^(?:Could not |Error: |Error performing |Traceback )", re.MULTILINE)
_ADDRESSES = "nodelist.node.ring0_addr"


def question(level: Sequence[str], line: str) -> str:
    """Return the line of crm that verifies the effect of ``line``; empty for none.

    ``corosync set``, for one, prints nothing, even if it has not found the section.
    """
    found = parse(level, line)
    count = len(found.arguments)
    if found.name == "corosync set" and count > 1:
        path = found.arguments[0]
    elif found.name in ("corosync add-node", "corosync del-node") and count:
        path = _ADDRESSES
    else:
        return ""
    way = found.path[len(level) :]
    return " ".join((*way, "get", path))


def seen(level: Sequence[str], line: str, output: str, answer: str) -> SeenOutcome | None:
    """Return the visible outcome of ``line``; None if there is no evidence.

    Args:
        level: Level that the line was typed at.
        line: The line.
        output: Whole output of the line.
        answer: Output of the line from `question`.
    """
    found = parse(level, line)
    name, arguments = found.name, found.arguments
    if re.search(_IN_VAIN.get(name, r"\Z\A."), output, re.MULTILINE) and not _is_done(name, output):
        return "no effect"
    if _FAILED.search(output):
        return "failed"
    if _is_done(name, output):
        return "done"
    if name == "corosync reload":  # its program is silent but for errors
        return None if output.strip() else "done"
    if question(level, line):
        is_there = arguments[1 if name == "corosync set" else 0] in answer.splitlines()
        return "done" if is_there != (name == "corosync del-node") else "no effect"
    return None


def _is_done(name: str, output: str) -> bool:
    wanted = _DONE.get(name)
    return wanted is not None and re.search(wanted, output, re.MULTILINE) is not None
