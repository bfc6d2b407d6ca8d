"""Down node: on a copy of the CIB, marks an offline node as cleanly down."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cib.document import Cib

_DOWN = 'in_ccm="false" crmd="offline" join="down" expected="down"'
"""Attributes with which Pacemaker's controller records a fenced node."""

_OFFLINE = frozenset(("offline", "0"))
"""Values of an offline node; since Pacemaker 2.1.7 an online one may have a time in seconds."""


def down(cib: Cib, node: str) -> Iterator[tuple[str, ...]]:
    """Yield the commands that mark the node; none for an online node.

    Args:
        cib: The CIB.
        node: Name of the node.
    """
    for state in cib.root.iterfind("status/node_state"):
        if state.get("uname") == node and state.get("crmd") in _OFFLINE:
            name = f"id={quoteattr(state.get('id', ''))}"
            for part in ("lrm", "transient_attributes"):
                path = f"//node_state[@{name}]/{part}"
                yield ("cibadmin", "--delete-all", "--force", "--xpath", path)
            yield ("cibadmin", "--modify", "-X", f"<node_state {name} {_DOWN}/>")
