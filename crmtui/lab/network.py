"""Network of a lab: its bridge on the host, and the nodes' cables plugged into it.

Nothing else of the host's network is touched. The host has an address on the bridge, so nodes and
virtual IPs can be reached from it.
"""

from __future__ import annotations

import json
from ipaddress import IPv4Network
from pathlib import Path
from typing import TYPE_CHECKING

from crmtui.errors import LabFailed
from crmtui.lab.host import call
from crmtui.lab.lab_plan import LabPlan, PlannedNode, hardware_address

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINKS = Path("/sys/class/net")
_UP = 0x1
"""IFF_UP of netdevice(7)."""


def routed(lab: str) -> Iterator[IPv4Network]:
    """Yield the networks of this machine's IPv4 routes, without the default and the lab's own."""
    for route in json.loads(call("ip", "-json", "-4", "route", "show")):
        if route["dst"] != "default" and route.get("dev") != lab:
            yield IPv4Network(route["dst"])


def _is_ours(lab: str) -> bool:
    folder = _LINKS / lab
    if not (folder / "bridge").is_dir():
        return False
    return (folder / "address").read_text().strip() == hardware_address(lab)


def make_bridge(plan: LabPlan) -> None:
    """Make the bridge, or finish a half-made one.

    Raises:
        LabFailed: Another program's interface has that name.
    """
    lab = plan.lab
    if not _is_ours(lab):
        if (_LINKS / lab).exists():
            raise LabFailed(
                f"This machine has a network interface called {lab} that is not the lab's.",
                hint="Give the lab another name.",
            )
        call("ip", "link", "add", lab, "address", hardware_address(lab), "type", "bridge")
    address = f"{plan.host_address}/{plan.subnet.prefixlen}"
    call("ip", "address", "replace", address, "dev", lab)
    call("ip", "link", "set", "dev", lab, "up")


def remove_bridge(lab: str) -> None:
    """Remove the bridge and the cables of its nodes, as far as they exist."""
    for link in sorted(_LINKS.glob(f"vb-{lab}-n*")):
        _delete(link.name)
    if _is_ours(lab):
        _delete(lab)


def remove_link(node: PlannedNode) -> None:
    """Remove the cable of a node that is off: a stale one prevents its next start."""
    if (_LINKS / node.link).exists():
        _delete(node.link)


def _delete(link: str) -> None:
    try:
        call("ip", "link", "delete", "dev", link)
    except LabFailed:
        # The kernel removes a cable with its node, in its own time, and may have been first.
        if (_LINKS / link).exists():
            raise


def set_link(node: PlannedNode, *, is_up: bool) -> None:
    """Plug a node's cable in, or pull it.

    Raises:
        LabFailed: The node has no cable; it is off.
    """
    call("ip", "link", "set", "dev", node.link, "up" if is_up else "down")


def is_cut(node: PlannedNode) -> bool:
    """Say whether a node's cable exists and is pulled."""
    try:
        flags = (_LINKS / node.link / "flags").read_text()
    except FileNotFoundError:
        return False
    return not int(flags, 16) & _UP
