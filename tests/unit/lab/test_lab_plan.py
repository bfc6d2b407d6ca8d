"""Plan of a lab."""

from __future__ import annotations

from ipaddress import IPv4Network

import pytest

from crmtui.errors import LabFailed
from crmtui.lab.lab_plan import (
    MAX_NODES,
    LabPlan,
    check_name,
    check_release,
    check_size,
    choose_subnet,
    hardware_address,
    loads,
)

SUBNET = IPv4Network("10.1.2.0/24")


def plan(size: int = 3, lab: str = "crmtui") -> LabPlan:
    """Return a plan of so many bookworm nodes."""
    return LabPlan(lab, "bookworm", size, SUBNET)


def test_nodes_have_the_first_addresses_and_the_host_the_last() -> None:
    """Nodes are n1, n2 … at .1, .2 …, so that .254 is the host's and the rest is free."""
    made = plan()

    assert [(node.name, str(node.address)) for node in made.nodes] == [
        ("n1", "10.1.2.1"),
        ("n2", "10.1.2.2"),
        ("n3", "10.1.2.3"),
    ]
    assert str(made.host_address) == "10.1.2.254"


def test_the_longest_link_fits_the_kernel() -> None:
    """The last node of a lab with the longest name has a link of the 15 characters Linux takes."""
    last = plan(check_size(MAX_NODES), check_name("crmcrash")).nodes[-1]

    assert last.link == "vb-crmcrash-n16"
    assert len(last.link) == 15


@pytest.mark.parametrize("name", ["", "Lab", "toolonglab", "a-b", "../x", "1ab", "a\n"])
def test_a_name_that_does_not_fit_is_refused(name: str) -> None:
    """A name that cannot be part of an interface's and a folder's name is refused."""
    with pytest.raises(LabFailed, match="cannot be called"):
        check_name(name)


@pytest.mark.parametrize("size", [-1, 0, MAX_NODES + 1])
def test_a_size_that_does_not_fit_is_refused(size: int) -> None:
    """A lab without nodes, or with more than addresses and links are meant for, is refused."""
    with pytest.raises(LabFailed, match=str(MAX_NODES)):
        check_size(size)


def test_an_unknown_release_is_refused_with_the_known_ones() -> None:
    """A release that there is no image of is refused; the hint names those there are."""
    with pytest.raises(LabFailed, match="bookworm or trixie"):
        check_release("sid")


def test_an_unknown_node_is_refused_with_the_known_ones() -> None:
    """Naming a node that the lab does not have is refused; the hint names its nodes."""
    with pytest.raises(LabFailed, match="It has n1, n2"):
        plan(2).node("n3")


def test_a_plan_survives_being_written() -> None:
    """Text that dumps wrote, loads reads as the same plan."""
    assert loads(plan().dumps()) == plan()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"lab": "x", "release": "sid"}', "null"])
def test_a_damaged_plan_is_an_error_with_a_way_out(text: str) -> None:
    """A plan that cannot be read says that the lab has to be taken down."""
    with pytest.raises(LabFailed, match="crmtui lab down"):
        loads(text)


def test_labs_of_different_names_have_different_networks() -> None:
    """Two labs live beside each other: neither subnet nor bridge address is shared."""
    assert choose_subnet("crmtui", []) == choose_subnet("crmtui", [])
    assert not choose_subnet("crmtui", []).overlaps(choose_subnet("crmtest", []))
    assert hardware_address("crmtui") != hardware_address("crmtest")


def test_a_bridge_address_is_a_locally_administered_unicast_one() -> None:
    """The first byte of the bridge's address says that no manufacturer gave it out."""
    first, *rest = hardware_address("crmtui").split(":")

    assert int(first, 16) & 0b11 == 0b10
    assert len(rest) == 5


@pytest.mark.parametrize("prefix", [16 + 1, 24, 32])
def test_a_subnet_that_is_routed_is_left_alone(prefix: int) -> None:
    """A lab moves on to the next subnet when the machine has a route into its own."""
    usual = choose_subnet("crmtui", [])
    routed = IPv4Network((usual.network_address, prefix), strict=False)

    moved = choose_subnet("crmtui", [routed])

    assert not moved.overlaps(routed)
    assert moved.prefixlen == 24


def test_a_company_network_does_not_forbid_the_lab() -> None:
    """With 10.0.0.0/8 routed as a whole, the lab still has its small network in it."""
    assert choose_subnet("crmtui", [IPv4Network("10.0.0.0/8")]) == choose_subnet("crmtui", [])


def test_no_free_subnet_is_an_error() -> None:
    """If narrow routes take all that the lab may use, it says so instead of shadowing one."""
    halves = list(IPv4Network("10.0.0.0/8").subnets(new_prefix=17))

    with pytest.raises(LabFailed, match="ip route"):
        choose_subnet("crmtui", halves)
