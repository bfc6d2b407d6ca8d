"""Plan of a lab before it exists: names, addresses, links.

All names on the host contain the lab's. So the remains of an earlier run can be told from the
property of other programs.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from typing import TYPE_CHECKING, Literal, get_args

from crmtui.errors import LabFailed
from crmtui.stored import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Release = Literal["bookworm", "trixie"]
RELEASES: tuple[Release, ...] = get_args(Release)
"""Debian's releases for labs: bookworm has crmsh 4.4 and Pacemaker 2.1, trixie 5.0 and 3.0."""

MAX_NODES = 16
DEFAULT_NAME = "crmtui"

_NAME = re.compile(r"[a-z][a-z0-9]{0,7}")
"""Limited so that ``vb-NAME-n16`` fits into the 15 characters of an interface's name."""


@dataclass(frozen=True, slots=True)
class PlannedNode:
    """Node of a plan."""

    lab: str
    number: int
    """Corosync node id, from 1."""
    address: IPv4Address

    @property
    def name(self) -> str:
        """Name in Corosync and Pacemaker, and the host name."""
        return f"n{self.number}"

    @property
    def machine(self) -> str:
        """Name of the container in systemd-nspawn."""
        return f"{self.lab}-{self.name}"

    @property
    def link(self) -> str:
        """The host's end of the network cable, which systemd-nspawn names after the container."""
        return f"vb-{self.machine}"


@dataclass(frozen=True, slots=True)
class LabPlan:
    """Plan of a whole lab."""

    lab: str
    release: Release
    size: int
    """Number of nodes."""
    subnet: IPv4Network
    """A /24: the nodes have the first addresses, the host the last, virtual IPs the rest."""

    @property
    def nodes(self) -> tuple[PlannedNode, ...]:
        """The nodes, from ``n1``."""
        numbers = range(1, self.size + 1)
        return tuple(PlannedNode(self.lab, n, self.subnet[n]) for n in numbers)

    @property
    def host_address(self) -> IPv4Address:
        """The host's own address on the bridge."""
        return self.subnet[-2]

    def node(self, name: str) -> PlannedNode:
        """Return the node called ``name``.

        Raises:
            LabFailed: There is none.
        """
        for node in self.nodes:
            if node.name == name:
                return node
        known = ", ".join(node.name for node in self.nodes)
        raise LabFailed(f"The lab has no node {name!r}.", hint=f"It has {known}.")

    def dumps(self) -> str:
        """Return the plan as JSON."""
        values = {"release": self.release, "size": self.size, "subnet": str(self.subnet)}
        return json.dumps({"lab": self.lab, **values})


def loads(text: str) -> LabPlan:
    """Return the plan that ``LabPlan.dumps`` wrote.

    Raises:
        LabFailed: The text is no such plan.
    """
    try:
        values = Record.parse(text)
        subnet = IPv4Network(values.text("subnet"))
        release = check_release(values.text("release"))
        return LabPlan(values.text("lab"), release, values.whole("size"), subnet)
    except ValueError as error:
        raise LabFailed(
            "The lab's plan is damaged.", hint="Take it down: crmtui lab down"
        ) from error


def check_name(name: str) -> str:
    """Return ``name`` if it suits a lab.

    Raises:
        LabFailed: It does not.
    """
    if _NAME.fullmatch(name):
        return name
    raise LabFailed(
        f"A lab cannot be called {name!r}.",
        hint="Use one to eight small letters and digits, a letter first.",
    )


def check_release(release: str) -> Release:
    """Return ``release`` if labs can run it.

    Raises:
        LabFailed: They cannot.
    """
    if release in RELEASES:
        return release
    raise LabFailed(f"There is no lab of {release!r}.", hint=f"Choose {' or '.join(RELEASES)}.")


def check_size(size: int) -> int:
    """Return ``size`` if a lab can have that many nodes.

    Raises:
        LabFailed: It cannot.
    """
    if 1 <= size <= MAX_NODES:
        return size
    raise LabFailed(f"A lab cannot have {size} nodes.", hint=f"It has 1 to {MAX_NODES}.")


def hardware_address(lab: str) -> str:
    """Return the bridge's Ethernet address, a locally administered one that marks it as the lab's.

    Without one, a bridge takes the address of a port and changes it as nodes come and go.
    """
    return ":".join(["02", *(f"{byte:02x}" for byte in _digest(lab)[:5])])


def choose_subnet(lab: str, routed: Iterable[IPv4Network]) -> IPv4Network:
    """Return the subnet of ``lab``: the same each time, unless this machine already routes to it.

    Args:
        lab: The lab's name.
        routed: Networks that the machine has routes to, without the default route.

    Raises:
        LabFailed: All subnets are taken.
    """
    taken = tuple(routed)
    for subnet in _subnets(lab):
        if not any(subnet.overlaps(network) for network in taken):
            return subnet
    # A company's 10.0.0.0/8 covers them all; the route to a network as small as a lab's comes first.
    narrow = tuple(network for network in taken if network.prefixlen > 16)
    for subnet in _subnets(lab):
        if not any(subnet.overlaps(network) for network in narrow):
            return subnet
    raise LabFailed("No subnet of 10.0.0.0/8 is free for the lab.", hint="Look at them: ip route")


def _subnets(lab: str) -> Iterator[IPv4Network]:
    first, second = _digest(lab)[:2]
    for step in range(256):
        yield IPv4Network(f"10.{64 + first % 128}.{(second + step) % 256}.0/24")


def _digest(lab: str) -> bytes:
    return hashlib.sha256(lab.encode()).digest()
