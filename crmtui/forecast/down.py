"""A node that is offline and taken for cleanly down, on a copy of the CIB."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from crmtui.cib.xml import root

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOWN = 'in_ccm="false" crmd="offline" join="down" expected="down"'
"""As Pacemaker's controller notes a node that was fenced."""

_OFFLINE = frozenset(("offline", "0"))
"""Since Pacemaker 2.1.7 this may be the time since when it is online, in seconds."""


def down(cib: str, node: str) -> Iterator[tuple[str, ...]]:
    """Yield the commands that make it so; none for a node that is online.

    Args:
        cib: The text of the CIB.
        node: The node's name.
    """
    for state in root(cib, "cibadmin").iterfind("status/node_state"):
        if state.get("uname") == node and state.get("crmd") in _OFFLINE:
            name = f"id={quoteattr(state.get('id', ''))}"
            for part in ("lrm", "transient_attributes"):
                path = f"//node_state[@{name}]/{part}"
                yield ("cibadmin", "--delete-all", "--force", "--xpath", path)
            yield ("cibadmin", "--modify", "-X", f"<node_state {name} {_DOWN}/>")
