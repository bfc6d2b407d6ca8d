"""Evidence of what a line did outside of the configuration: crm's own words, or another look.

crm tells no status. What each command prints was read in crmsh 4.4.1, 5.0 and 5.1 (``ui_cluster.py``,
``ui_corosync.py``, ``corosync.py``) and in ``crm_resource`` of Pacemaker 2.1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from crmtui.crmsh.line import parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Seen = Literal["done", "failed", "no effect"]

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
"""What a command prints of a success; without that nothing is known."""
_IN_VAIN: Mapping[str, str] = {
    "cluster start": rf"{_SERVICES}already started on ",
    "cluster stop": rf"{_SERVICES}already stopped on ",
    "corosync add-node": r"^WARNING: \S+ already in ",
    "corosync pull": r"^No change\.",
}
"""What it prints where there was nothing to do."""
_FAILED = re.compile(r"^(?:Could not |Error: |Error performing |Traceback )", re.MULTILINE)
_ADDRESSES = "nodelist.node.ring0_addr"


def question(level: Sequence[str], line: str) -> str:
    """Return the line that shows whether ``line`` did what it says; empty for none.

    ``corosync set`` says nothing, whether it has found the section or not.
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


def seen(level: Sequence[str], line: str, output: str, answer: str) -> Seen | None:
    """Return what came of ``line`` as far as it can be seen; None where it cannot.

    Args:
        level: Where it was typed.
        line: The line.
        output: All that it printed.
        answer: The answer to `question`.
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
