"""The stack of a cluster, from what the tools of real nodes printed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crmtui.cib import agents
from crmtui.cib.document import Cib
from crmtui.cib.xml import root
from crmtui.cluster.devices import fencing_off
from crmtui.cluster.model import FenceEvent
from crmtui.cluster.stack import daemons, membership, quorum
from crmtui.cluster.stack.fencing import Level, fencing, levels
from crmtui.cluster.stack.properties import crm_config, properties
from crmtui.cluster.stack.quorum import Quorum
from tests.unit.cluster_values import cluster, node, primitive

if TYPE_CHECKING:
    from crmtui.cluster.model import Resource

DATA = Path(__file__).parents[2] / "data" / "cluster_stack"
AGENTS = DATA.parent / "agents"
VERSIONS = ("2.1.5", "3.0.0")
CIB = (DATA / "fencing.cib").read_text(encoding="utf-8")


def recorded(name: str, version: str) -> str:
    """Return what a tool printed."""
    return (DATA / f"{name}-{version}.txt").read_text(encoding="utf-8")


def votes(name: str, version: str = "2.1.5") -> Quorum:
    """Return the recorded quorum."""
    found = quorum.parse(recorded(name, version))
    assert found is not None
    return found


@pytest.mark.parametrize("version", VERSIONS)
def test_votes_are_counted(version: str) -> None:
    """Votes, members and what may still be lost come from corosync-quorumtool."""
    whole, part, alone = (
        votes(name, version) for name in ("quorum", "quorum-without-n2", "quorum-alone")
    )

    assert (whole.is_quorate, whole.total, whole.expected, whole.needed) == (True, 3, 3, 2)
    assert [(m.name, m.votes, m.is_local) for m in whole.members] == [
        ("n1", 1, True),
        ("n2", 1, False),
        ("n3", 1, False),
    ]
    assert (whole.spare_nodes, part.spare_nodes, alone.spare_nodes) == (1, 0, 0)
    assert not alone.is_quorate
    assert "1 more has to come" in alone.outlook[0]
    assert part.outlook[1] == "No further node may be lost, or quorum is."


def test_two_nodes_have_a_rule_of_their_own() -> None:
    """In two-node mode one node may go, and a full stop needs both to come back."""
    two = votes("quorum-of-two")

    assert two.spare_nodes == 1
    assert two.has("2Node")
    said = " ".join(two.outlook)
    assert "1 more node may be lost" in said
    assert "wait_for_all" in said


def heads(total: int, needed: int, *votes: int, flags: tuple[str, ...] = ()) -> Quorum:
    """Return a quorum of nodes with so many votes each."""
    members = tuple(quorum.Member(n, f"n{n}", vote) for n, vote in enumerate(votes, 1))
    return Quorum(total >= needed, total, total, needed, flags, members)


@pytest.mark.parametrize(
    ("counted", "spare"),
    [
        (heads(1, 1, 1), 0),
        (heads(4, 3, 1, 1, 1, 1), 1),
        (heads(5, 3, 1, 1, 1, 1, 1), 2),
        (heads(64, 33, *[1] * 64), 31),
        (heads(5, 3, 3, 1, 1), 0),  # the one with three votes may be it
        (heads(3, 2, 1, 1), 1),  # two nodes and a quorum device
    ],
)
def test_what_may_be_lost(counted: Quorum, spare: int) -> None:
    """As many nodes may go as leave the votes that are needed, the weightiest gone first."""
    assert counted.spare_nodes == spare


def test_a_quorum_device_is_told_from_nodes() -> None:
    """The device's votes are counted, and said, but it is no node."""
    text = recorded("quorum-of-two", "2.1.5").replace(
        "    Nodeid      Votes Name\n         1          1 n1 (local)\n         2          1 n2",
        "    Nodeid      Votes    Qdevice Name\n"
        "         1          1    A,V,NMW n1 (local)\n"
        "         2          1   A,NV,NMW n2\n"
        "         0          1            Qdevice",
    )
    found = quorum.parse(text)

    assert found is not None
    assert [(m.name, m.device) for m in found.members] == [
        ("n1", ("A", "V", "NMW")),
        ("n2", ("A", "NV", "NMW")),
    ]
    assert found.device_votes == 1
    assert "The quorum device casts 1 of the votes." in found.outlook


def test_without_votes_there_is_no_quorum_to_show() -> None:
    """A Corosync that is down, or has another provider, says nothing of votes."""
    assert quorum.parse("Cannot initialize CMAP service\n") is None
    assert quorum.parse("") is None


@pytest.mark.parametrize("version", VERSIONS)
def test_members_and_links(version: str) -> None:
    """Nodes of corosync.conf have their state and the links to them theirs."""
    keys = recorded("cmap", version)
    found = membership.parse(keys, recorded("links", version))

    assert (found.cluster_name, found.transport, found.is_encrypted) == ("lab", "knet", False)
    assert [(n.name, n.is_local, n.is_member) for n in found.nodes] == [
        ("n1", True, True),
        ("n2", False, True),
        ("n3", False, True),
    ]
    (link,) = found.nodes[1].links
    assert (link.number, link.address, link.is_connected) == (0, "10.0.0.2", True)
    assert link.latency is not None
    assert any("only one link" in trouble for trouble in found.troubles)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_link_that_is_down(version: str) -> None:
    """A link that is not connected is said to be, with the node at its other end."""
    keys = recorded("cmap", version)
    lost = membership.parse(keys, recorded("links-without-n2", version))
    left = membership.parse(keys.replace("2.status (str) = joined", "2.status (str) = left"), "")

    assert lost.troubles[0] == "Every link to n2 is down."
    assert left.troubles[0] == "n2 is not a member of the Corosync cluster."
    assert left.nodes[0].links[0].is_connected is None


def test_one_of_two_links() -> None:
    """Of several links the one that is down is named."""
    keys = (
        "nodelist.local_node_pos (u32) = 0\n"
        "nodelist.node.0.nodeid (u32) = 1\nnodelist.node.0.name (str) = a\n"
        "nodelist.node.0.ring0_addr (str) = 10.0.0.1\nnodelist.node.0.ring1_addr (str) = 10.1.0.1\n"
        "nodelist.node.1.nodeid (u32) = 2\nnodelist.node.1.name (str) = b\n"
        "nodelist.node.1.ring0_addr (str) = 10.0.0.2\nnodelist.node.1.ring1_addr (str) = 10.1.0.2\n"
        "runtime.members.1.status (str) = joined\nruntime.members.2.status (str) = joined\n"
        "totem.crypto_cipher (str) = aes256\n"
    )
    states = (
        "stats.knet.node2.link{}.connected (u8) = {}\nstats.knet.node2.link{}.enabled (u8) = 1\n"
    )
    found = membership.parse(keys, states.format(0, 1, 0) + states.format(1, 0, 1))

    assert found.troubles == ("Link 1 to b (10.1.0.2) is down.",)
    assert found.is_encrypted


@pytest.mark.parametrize("version", VERSIONS)
def test_daemons(version: str) -> None:
    """Services that are installed are shown, Pacemaker's with its parts."""
    processes = "".join(
        f"{line.split(maxsplit=3)[1]} {line.split(maxsplit=3)[3]}\n"
        for line in recorded("ps", version).splitlines()
    )
    found = daemons.parse(recorded("systemctl", version), processes)

    assert [d.name for d in found] == ["corosync", "pacemaker", *daemons.PARTS]
    assert all(d.is_running for d in found)
    assert found[0].state == "active (running)"
    assert (found[0].is_enabled, found[0].enabled) == (True, "enabled")
    assert daemons.troubles(found) == ()

    hurt = daemons.parse(
        recorded("systemctl", version).replace("enabled", "disabled"),
        processes.replace("pacemaker-fenced", "gone"),
    )
    assert daemons.troubles(hurt) == (
        "pacemaker-fenced is not running, which pacemaker needs.",
        "corosync is not enabled: after a reboot this node stays out.",
        "pacemaker is not enabled: after a reboot this node stays out.",
    )


@pytest.mark.parametrize("metadata", ["schedulerd-2.1.5.xml", "cluster-options-3.0.0.xml"])
def test_properties_have_defaults_and_documentation(metadata: str) -> None:
    """Values that are set, defaults, and properties that only tools know are told apart."""
    documented = agents.parse((AGENTS / metadata).read_text(encoding="utf-8")).parameters
    section = (
        '<crm_config><cluster_property_set id="later"><nvpair name="maintenance-mode" value="off"/>'
        '</cluster_property_set><cluster_property_set id="cib-bootstrap-options">'
        '<nvpair name="maintenance-mode" value="true"/><nvpair name="my-note" value="hi"/>'
        "</cluster_property_set></crm_config>"
    )
    found = {each.about.name: each for each in properties(crm_config(section), documented)}

    changed, policy, own = found["maintenance-mode"], found["no-quorum-policy"], found["my-note"]
    assert (changed.value, changed.about.default, changed.is_changed) == ("true", "false", True)
    assert (policy.value, policy.is_set, policy.is_changed) == ("stop", False, False)
    assert policy.about.shortdesc
    assert "freeze" in policy.about.choices
    assert not own.is_known
    assert crm_config("no XML") == ()


def test_who_can_fence_whom() -> None:
    """The topology says in which order, the parameters or the fencer who can."""
    seen = cluster(
        primitive_device("st", "n1"),
        primitive_device("st2", "n2"),
        properties=(),
        fencing=(FenceEvent("n2", "reboot", "success", "", "n1", "n1", "today"),),
    )
    topology = levels(root(CIB, "cibadmin"))
    asked = fencing(seen, Cib.parse(CIB).objects, topology, {"n1": ("st",), "n2": ("st", "st2")})
    guessed = fencing(seen, Cib.parse(CIB).objects, topology, {})

    assert [(d.id, d.check, d.hosts, d.runs_on) for d in asked.devices] == [
        ("st", "dynamic-list", (), ("n1",)),
        ("st2", "static-list", ("n2",), ("n2",)),
    ]
    first, second = asked.nodes
    assert (first.devices, second.devices) == (("st",), ("st2", "st"))
    assert second.levels == (Level("n2", 1, ("st2",)), Level("n2", 2, ("st",)))
    assert second.last is not None
    assert asked.troubles == ()
    assert first.is_certain
    assert not guessed.nodes[0].is_certain
    assert guessed.nodes[1].devices == ("st2", "st")


def primitive_device(name: str, *nodes: str, flags: tuple[str, ...] = ()) -> Resource:
    """Return a fencing device that runs on ``nodes``."""
    role = "Started" if nodes else "Stopped"
    return replace(primitive(name, role, *nodes, flags=flags), agent="stonith:x")


def test_a_node_that_nothing_covers() -> None:
    """A node without a device is named, and so are devices that are off or not there at all."""
    seen = cluster(
        primitive_device("st", flags=("disabled",)),
        primitive_device("st2", "n1"),
        nodes=(node("n1"), node("n2")),
        properties=(),
    )
    wild = levels(root(CIB.replace('devices="st2"', 'devices="st2,gone"'), "cibadmin"))
    found = fencing(seen, Cib.parse(CIB).objects, wild, {})

    assert found.troubles == (
        "Level 1 of n2 names gone, which is no device.",
        "The device st is disabled.",
        "n1 cannot be fenced: no device covers it.",
    )


def test_fencing_that_cannot_work_is_said() -> None:
    """Without a device and without a watchdog nothing can be fenced, whatever the property says."""
    watchdog = (("have-watchdog", "true"), ("stonith-watchdog-timeout", "-1"))

    assert fencing_off(cluster(properties=())) == (
        "Fencing is enabled, but there is no fencing device."
    )
    assert fencing_off(cluster(properties=watchdog)) == ""
    assert fencing_off(cluster(properties=watchdog[:1])) != ""
    assert fencing_off(cluster(is_fencing_enabled=False)) == "Fencing is disabled."


def test_levels_by_pattern_and_attribute() -> None:
    """A level may be for nodes by pattern or by attribute."""
    text = (
        '<cib><configuration><nodes><node id="1" uname="n1"><instance_attributes id="a">'
        '<nvpair name="rack" value="1"/></instance_attributes></node></nodes><resources>'
        '<primitive id="st" class="stonith" type="x"/></resources><fencing-topology>'
        '<fencing-level id="l1" target-pattern="^n" index="2" devices="st"/>'
        '<fencing-level id="l2" target-attribute="rack" target-value="1" index="1" devices="st"/>'
        "</fencing-topology></configuration></cib>"
    )
    seen = cluster(primitive_device("st", "n2"), properties=())
    found = fencing(seen, Cib.parse(text).objects, levels(root(text, "cibadmin")), {})

    assert [level.target for level in found.nodes[0].levels] == ["rack=1", "~^n"]
    assert [level.target for level in found.nodes[1].levels] == ["~^n"]
