"""Changes between two snapshots of a cluster."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from crmtui.cluster.changes import changes
from crmtui.cluster.model import Ban, Failure, FenceEvent, Ticket
from tests.unit.cluster_values import cluster, holder, node, primitive

if TYPE_CHECKING:
    from crmtui.cluster.model import Cluster, Resource

FAILURE = Failure(
    "db", "10s-interval monitor", "n2", "complete", "not running", "", "today", "db_monitor_10000"
)
FENCED = FenceEvent("n2", "reboot", "pending", "c", "n1", "", "")
WEB = primitive("web", "Started", "n1")


def said(old: Cluster, new: Cluster) -> list[str]:
    """Return the sentences of what happened."""
    return [change.sentence for change in changes(old, new)]


def instances(*placed: tuple[str, str]) -> Resource:
    """Return a promotable clone with instances of given roles on given nodes."""
    children = (primitive("db", role, *([at] if at else [])) for role, at in placed)
    return holder("clone", "db-clone", *children, flags=("promotable",))


def test_nothing_happened_to_the_same_cluster() -> None:
    """Two snapshots of the same cluster tell nothing."""
    same = cluster(WEB, instances(("Promoted", "n1"), ("Unpromoted", "n2")), failures=(FAILURE,))

    assert changes(same, same) == ()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (WEB, primitive("web", "Started", "n2"), ["web moved n1 → n2"]),
        (WEB, primitive("web", "Stopped"), ["web stopped on n1"]),
        (primitive("web", "Stopped"), WEB, ["web started on n1"]),
        (WEB, primitive("web", "Started", "n1", "n2"), ["web started on n2"]),
        (WEB, primitive("web", "FAILED", "n1"), ["web is FAILED on n1"]),
        (primitive("web", "FAILED", "n1"), WEB, ["web recovered on n1"]),
        (WEB, primitive("web", "FAILED", "n2"), ["web stopped on n1", "web is FAILED on n2"]),
        (WEB, primitive("web", "Stopping", "n1"), ["web is stopping on n1"]),
        (primitive("web", "Stopped"), primitive("web", "Starting"), ["web is starting"]),
        (primitive("web", "Starting"), WEB, ["web started on n1"]),
        (WEB, primitive("web", "Started", "n1", flags=("unmanaged",)), ["web is now unmanaged"]),
        (primitive("web", "Started", "n1", flags=("blocked",)), WEB, ["web is no longer blocked"]),
    ],
)
def test_a_primitive(before: Resource, after: Resource, expected: list[str]) -> None:
    """A primitive starts, stops, moves, fails, recovers and gets flags, each told once."""
    assert said(cluster(before), cluster(after)) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            [("Promoted", "n1"), ("Unpromoted", "n2")],
            [("Unpromoted", "n2"), ("Promoted", "n1")],
            [],
        ),
        (
            [("Promoted", "n1"), ("Unpromoted", "n2")],
            [("Unpromoted", "n1"), ("Promoted", "n2")],
            ["db demoted on n1", "db promoted on n2"],
        ),
        (
            [("Started", "n1"), ("Stopped", "")],
            [("Started", "n1"), ("Started", "n2")],
            ["db started on n2"],
        ),
        (
            [("Started", "n1"), ("Started", "n2")],
            [("Stopped", ""), ("Started", "n2")],
            ["db stopped on n1"],
        ),
        (
            [("Started", "n1"), ("Started", "n1")],
            [("Started", "n1"), ("Stopped", "")],
            ["db stopped on n1 (1 fewer)"],
        ),
        (
            [("Started", "n1"), ("Stopped", "")],
            [("Started", "n1"), ("Started", "n1")],
            ["db started on n1 (1 more)"],
        ),
        (
            [("Stopped", ""), ("Stopped", "")],
            [("Promoted", "n1"), ("Stopped", "")],
            ["db promoted on n1"],
        ),
        ([("Promoted", "n1")], [("FAILED Promoted", "n1")], ["db is FAILED on n1"]),
    ],
)
def test_instances_are_compared_by_node(
    before: list[tuple[str, str]], after: list[tuple[str, str]], expected: list[str]
) -> None:
    """Instances have no identity: what counts is how many are on which node, and as what."""
    assert said(cluster(instances(*before)), cluster(instances(*after))) == expected


def test_a_flag_of_a_group_is_told_once() -> None:
    """A flag that a group and its members get is told of the group only."""
    before = holder("group", "g", primitive("a", "Started", "n1"), primitive("b", "Started", "n1"))
    after = holder(
        "group",
        "g",
        primitive("a", "Started", "n1", flags=("disabled",)),
        primitive("b", "Started", "n1", flags=("disabled", "unmanaged")),
        flags=("disabled",),
    )

    assert said(cluster(before), cluster(after)) == ["g is now disabled", "b is now unmanaged"]


def test_nodes_come_go_and_change() -> None:
    """A node's state, health, arrival and removal are told in crm_mon's words."""
    before = cluster(nodes=(node("n1"), node("n2"), node("n3")))
    after = cluster(
        nodes=(node("n1", "standby"), replace(node("n2"), health="red"), node("n4", "pending"))
    )

    assert said(before, after) == [
        "n1 is now standby",
        "health of n2 is now RED",
        "n4 is new and pending",
        "n3 is no longer a node of the cluster",
    ]


def test_the_cluster_as_a_whole() -> None:
    """Quorum, the DC and the options are told first."""
    before = cluster(options=(("maintenance-mode", "false"),))
    after = cluster(has_quorum=False, dc="n2", options=(("maintenance-mode", "true"),))

    assert said(before, after) == [
        "quorum lost",
        "n2 is now DC (was n1)",
        "maintenance-mode is now true (was false)",
    ]
    assert said(after, cluster(dc=None))[:2] == [
        "quorum gained",
        "n2 is no longer DC, there is none",
    ]


def test_failed_actions_appear_and_are_forgotten() -> None:
    """A failed action is told when it fails, when it fails again, and when it is cleaned up."""
    quiet, failing = cluster(), cluster(failures=(FAILURE,))
    again = cluster(failures=(replace(FAILURE, when="later"),))

    assert said(quiet, failing) == ["monitor of db failed on n2: not running"]
    assert said(failing, again) == ["monitor of db failed on n2: not running"]
    assert said(failing, quiet) == ["failed monitor of db on n2 is forgotten"]


def test_fencing_is_told_as_it_goes() -> None:
    """Fencing that begins, succeeds and fails is told with its target."""
    pending = cluster(fencing=(FENCED,))
    done = cluster(fencing=(replace(FENCED, status="success"),))
    failed = cluster(fencing=(replace(FENCED, status="failed", reason="no route"),))

    assert said(cluster(), pending) == ["n2 is being fenced (reboot)"]
    assert said(pending, done) == ["n2 was fenced (reboot)"]
    assert said(pending, failed) == ["fencing of n2 (reboot) failed: no route"]


def test_tickets_and_bans() -> None:
    """Tickets granted or revoked and bans set or lifted are told."""
    ban = Ban("cli-ban-web-on-n1", "web", "n1", "-1000000", False)
    before = cluster(tickets=(Ticket("site", "granted", False, ""),))
    after = cluster(tickets=(Ticket("site", "revoked", True, ""),), bans=(ban,))

    assert said(before, after) == [
        "ticket site is now revoked",
        "ticket site is now in standby",
        "web is banned from n1 (-INFINITY, cli-ban-web-on-n1)",
    ]
    assert said(after, before)[-1] == "web is no longer banned from n1"


def test_a_finite_score_bans_nothing() -> None:
    """A score that others can outweigh is avoided, and another score is told once."""
    some = cluster(bans=(Ban("l", "web", "n1", "-1000", True),))
    more = cluster(bans=(Ban("l", "web", "n1", "-2000", True),))

    assert said(cluster(), some) == ["Promoted web avoids n1 (-1000, l)"]
    assert said(some, more) == ["Promoted web avoids n1 (-2000, l)"]
    assert said(more, cluster()) == ["Promoted web no longer avoids n1"]


def test_resources_are_configured_and_removed() -> None:
    """A resource that is new or gone from the configuration is told beside what it does."""
    assert said(cluster(), cluster(WEB)) == ["web is new", "web started on n1"]
    assert said(cluster(WEB), cluster()) == ["web is no longer configured", "web stopped on n1"]
