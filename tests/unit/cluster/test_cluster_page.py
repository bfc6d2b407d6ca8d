"""The page of the cluster: what it stands on, problems first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crmtui.cib.agents import Parameter
from crmtui.cib.secrets import MASK
from crmtui.cluster.details.cluster_page import cluster_page
from crmtui.cluster.details.page import Item, Page, Reference
from crmtui.cluster.details.page_facts import PageFacts
from crmtui.cluster.model import FenceEvent
from crmtui.cluster.stack import ClusterStack
from crmtui.cluster.stack.daemons import Daemon
from crmtui.cluster.stack.fencing import Device, Fencing, Level, NodeFencing
from crmtui.cluster.stack.membership import CorosyncNode, Link, Membership
from crmtui.cluster.stack.properties import Property
from crmtui.cluster.stack.quorum import Member, Quorum
from tests.unit.cluster_values import cluster

_NOTHING = ClusterStack(None, None, None, None, None, {})
_QUORUM = Quorum(
    is_quorate=True,
    expected=3,
    total=3,
    needed=2,
    flags=("Qdevice",),
    members=(Member(1, "n1", 1, device=("A", "V")), Member(2, "n2", 1)),
    device_votes=1,
)
_MEMBERSHIP = Membership(
    "knet",
    "acme",
    is_encrypted=True,
    nodes=(
        CorosyncNode(1, "n1", is_local=True, status="joined", links=(Link(0, "10.0.0.1"),)),
        CorosyncNode(
            2,
            "n2",
            is_local=False,
            status="joined",
            joined=3,
            links=(
                Link(0, "10.0.0.2", is_connected=True, latency=1500, times_down=2),
                Link(1, "10.0.1.2", is_connected=False, times_down=5),
                Link(2, "10.0.2.2"),
            ),
        ),
        CorosyncNode(3, "n3", is_local=False, status="left"),
    ),
)
_DAEMONS = (
    Daemon("corosync", True, "active (running)", True, "enabled", "Corosync", restarts=2),
    Daemon("pacemaker", False, "inactive (dead)", False, "disabled"),
    Daemon("sbd", False, "inactive (dead)", False, "disabled"),
    *(
        Daemon(f"part{seconds}", seconds is not None, "running", of="corosync", seconds=seconds)
        for seconds in (None, 30, 200, 8000, 200_000)
    ),
)
_FENCING = Fencing(
    is_enabled=True,
    has_watchdog=False,
    devices=(
        Device("ipmi", "stonith:ipmi", "static-list", ("n1",), ("n2",), False, False),
        Device("pdu", "stonith:pdu", "dynamic-list", (), (), True, False),
        Device("old", "stonith:old", "none", (), (), False, True),
    ),
    levels=(),
    nodes=(
        NodeFencing(
            "n1",
            ("ipmi", "pdu"),
            (Level("n1", 1, ("ipmi", "pdu")),),
            is_certain=False,
            last=FenceEvent("n1", "reboot", "success", "crm", "n2", "n2", "2024-01-07"),
        ),
        NodeFencing("n2", (), (), is_certain=True),
    ),
    troubles=("Nothing can fence n2.",),
)


def _page(**stack: object) -> Page:
    return cluster_page(PageFacts(cluster(), stack=replace(_NOTHING, **stack)))  # type: ignore[arg-type]


def _items(page: Page, title: str) -> dict[str, Item]:
    (section,) = (each for each in page.sections if each.title == title)
    return {item.name: item for item in section.items}


@pytest.mark.parametrize(
    ("changed", "name", "value", "tone"),
    [
        ({}, "DC", "n1", "plain"),
        ({"dc": ""}, "DC", "none", "crit"),
        ({}, "quorum", "yes", "ok"),
        ({"has_quorum": False}, "quorum", "no", "crit"),
        ({"is_maintenance": True}, "maintenance", "yes", "warn"),
        ({"is_stopping_all": True}, "stop-all-resources", "yes", "warn"),
        ({"is_assumed": True}, "state", "assumed", "warn"),
        ({"pacemaker_state": "running"}, "pacemakerd", "running", "plain"),
        ({"last_change": "by root"}, "last change", "by root", "plain"),
        ({"is_mixed_version": True, "version": "2.1.5"}, "Pacemaker", "2.1.5", "warn"),
    ],
)
def test_the_state_of_the_cluster(
    changed: dict[str, object], name: str, value: str, tone: str
) -> None:
    """Facts of every snapshot are there while the stack is still asked."""
    page = cluster_page(PageFacts(cluster(**changed)))  # type: ignore[arg-type]

    item = _items(page, "Cluster")[name]
    assert (item.value, item.tone) == (value, tone)
    assert page.sections[-1].note == "loading"


def test_quorum_with_votes_and_device() -> None:
    """Votes, how many may be lost, flags, and each member with its own."""
    items = _items(_page(quorum=_QUORUM), "Quorum")

    assert (items["votes"].value, items["votes"].about) == ("3 of 3", "2 needed")
    assert items["may still be lost"].value == "1 node"
    assert items["n1"].about == "A, V"
    assert items["n2"].leads_to == Reference("node", "n2")
    assert items["quorum device"].value == "1 vote"
    lost = replace(_QUORUM, is_quorate=False, total=1, device_votes=0)
    items = _items(_page(quorum=lost), "Quorum")
    assert (items["votes"].tone, items["may still be lost"].value) == ("crit", "no nodes")
    assert (items["quorum device"].value, items["quorum device"].tone) == ("0 votes", "warn")


def test_members_with_their_links() -> None:
    """A lost link is told with how often; the own ones have no state."""
    page = _page(membership=_MEMBERSHIP)
    items = _items(page, "Members and links")

    assert items["transport"].about == "encrypted"
    assert items["n1"].about == "the node that answers"
    assert (items["n3"].value, items["n3"].tone) == ("left", "crit")
    assert items["n2"].about == "joined 3 times"
    assert [(each.value, each.about, each.tone) for each in items["n2"].below] == [
        ("up 10.0.0.2", "1.5 ms, lost once", "ok"),
        ("DOWN 10.0.1.2", "lost 4 times", "crit"),
        ("10.0.2.2", "", "plain"),
    ]
    assert [each.about for each in page.sections[0].items] == list(_MEMBERSHIP.troubles)
    bare = _page(membership=replace(_MEMBERSHIP, is_encrypted=False))
    assert _items(bare, "Members and links")["transport"].about == "not encrypted"


def test_daemons_with_their_parts() -> None:
    """One that is needed and does not run is critical; the time of each part has one unit."""
    items = _items(_page(daemons=_DAEMONS), "Daemons")

    assert [items[name].tone for name in ("corosync", "pacemaker", "sbd")] == ["ok", "crit", "off"]
    assert items["corosync"].about == "enabled, started again 2 times, Corosync"
    assert [each.about for each in items["corosync"].below] == [
        "", "for 30 s", "for 3 min", "for 2 h", "for 2 days",
    ]  # fmt: skip


def test_fencing_with_devices_and_targets() -> None:
    """Each device is listed with its purpose, and each node with the devices that fence it."""
    page = _page(fencing=_FENCING)
    devices = _items(page, "Fencing")
    nodes = _items(page, "Fencing devices of each node")

    assert [(each.value, each.tone) for each in devices.values()] == [
        ("on", "ok"), ("monitored on n2", "ok"), ("disabled", "off"), ("failed", "crit"),
    ]  # fmt: skip
    assert devices["pdu"].about == "stonith:pdu, asked for its targets (dynamic-list)"
    assert nodes["n1"].value == "ipmi, pdu"
    assert "last reboot success 2024-01-07" in nodes["n1"].about
    assert [(each.name, each.value) for each in nodes["n1"].below] == [("level 1", "ipmi and pdu")]
    assert (nodes["n2"].value, nodes["n2"].tone) == ("no device", "crit")
    assert page.sections[0].items[0].about == "Nothing can fence n2."


@pytest.mark.parametrize(
    ("is_enabled", "has_watchdog", "about"),
    [(True, True, "by their watchdog"), (True, False, ""), (False, False, "data may be lost")],
)
def test_what_fencing_means(is_enabled: bool, has_watchdog: bool, about: str) -> None:
    """Without it a failed node is only believed to be down."""
    fencing = replace(_FENCING, is_enabled=is_enabled, has_watchdog=has_watchdog)

    assert about in _items(_page(fencing=fencing), "Fencing")["fencing"].about


def test_properties_that_are_set_come_first() -> None:
    """A secret is masked, what is unknown is told, and the defaults are folded."""
    found = (
        Property(Parameter("batch-limit", default="0", shortdesc="Jobs"), "7", is_set=True),
        Property(Parameter("old", is_deprecated=True), "", is_set=True),
        Property(Parameter("password"), "sesame", is_set=True, is_known=False),
        Property(Parameter("rest", shortdesc="One", longdesc="Long.\n\nText."), "x", is_set=False),
    )
    page = _page(properties=found)
    items = _items(page, "Properties")

    assert items["batch-limit"].about == "default 0. Jobs"
    assert (items["old"].value, items["old"].about) == ("(empty)", "deprecated")
    assert items["password"].value == MASK
    assert items["password"].about == "no property that this Pacemaker knows"
    (rest,) = _items(page, "Properties with their default").values()
    assert rest.tone == "dim"
    assert [each.about for each in rest.below] == ["Long.", "Text."]


def test_what_could_not_be_asked_is_told() -> None:
    """One reason for all parts of Corosync is one section, several are several."""
    same = dict.fromkeys(("quorum", "membership", "daemons"), "Corosync does not answer.")
    titles = [each.title for each in _page(unseen=same).sections]

    assert "Quorum, members, links, daemons" in titles
    page = _page(unseen={**same, "daemons": "There is no systemd."})
    assert _items(page, "Daemons")[""].about == "There is no systemd."
    assert _items(page, "Quorum")[""].about == "Corosync does not answer."
    assert _items(page, "Fencing")[""].about == "not known"
    assert _items(page, "Properties")[""].about == "not known"


def test_troubles_come_last() -> None:
    """Errors while the page was made are not hidden."""
    page = cluster_page(PageFacts(cluster(), troubles=("crm_attribute failed.",)))

    assert page.sections[-1].title == "Unknown"
    assert page.title == "Cluster acme"
