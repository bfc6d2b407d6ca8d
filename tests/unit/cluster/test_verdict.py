"""Verdict on a cluster: well, or the worst reason why not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from crmtui.cluster.model import Failure, FenceEvent, NodeAttribute, Ticket
from crmtui.cluster.verdict import Verdict, concerns, judge
from tests.unit.cluster_values import cluster, holder, node, primitive

if TYPE_CHECKING:
    from crmtui.cluster.model import Cluster, Resource

UP = primitive("web", "Started", "n1")
DOWN = primitive("web", "Stopped")
FAILED_FENCING = FenceEvent("n2", "reboot", "failed", "c", "n1", "", "today", "no route")
FAILURE = Failure("db", "10s-interval monitor", "n2", "complete", "not running", "", "today")


def test_a_healthy_cluster_is_ok() -> None:
    """With nothing wrong, the reason says what runs."""
    assert judge(cluster(UP)) == Verdict("OK", "1/1 resource running.")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (cluster(UP, dc=None, has_quorum=False), "There is no DC: nothing is decided."),
        (cluster(UP, has_quorum=False), "There is no quorum (no-quorum-policy is stop)."),
        (cluster(UP, nodes=(node("n2", "UNCLEAN (offline)"),)), "n2 is UNCLEAN (offline)."),
        (cluster(DOWN), "web is stopped."),
        (cluster(primitive("web", "FAILED", "n1")), "web is FAILED on n1."),
        (cluster(primitive("web", "Started", "n1", flags=("blocked",))), "web is blocked on n1."),
        (cluster(primitive("web", "Started", "n1", "n2")), "web runs on n1, n2 at once."),
        (cluster(holder("clone", "c", DOWN, DOWN)), "c is stopped."),
        (cluster(holder("group", "g", UP, primitive("db", "Stopped"))), "db is stopped."),
        (
            cluster(holder("bundle", "b", holder("replica", "b[0]", DOWN))),
            "b is stopped.",
        ),
        (
            cluster(
                holder("clone", "c", primitive("db", "Unpromoted", "n1"), flags=("promotable",))
            ),
            "c has no promoted instance.",
        ),
        (
            cluster(UP, nodes=(node("n1"), node("n2", "OFFLINE")), fencing=(FAILED_FENCING,)),
            "Fencing of n2 (reboot) failed: no route.",
        ),
    ],
)
def test_what_needs_someone_now_is_critical(bad: Cluster, reason: str) -> None:
    """Anything down, failing or undecided is critical, and the reason names it."""
    assert judge(bad) == Verdict("CRIT", reason)


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        (cluster(UP, is_fencing_enabled=False), "Fencing is disabled."),
        (
            cluster(DOWN, is_stopping_all=True),
            "The cluster stops all resources (stop-all-resources is set).",
        ),
        (
            cluster(DOWN, is_maintenance=True),
            "The cluster is in maintenance mode: no resource is managed.",
        ),
        (cluster(UP, nodes=(node("n1"), node("n2", "standby"))), "n2 is standby."),
        (cluster(UP, nodes=(node("n1"), node("n2", "OFFLINE"))), "n2 is OFFLINE."),
        (cluster(UP, nodes=(node("n1"), node("n2", "pending"))), "n2 is pending."),
        (cluster(UP, nodes=(replace(node("n1"), health="red"),)), "n1: health is RED."),
        (cluster(UP, nodes=(replace(node("n1"), is_shutting_down=True),)), "n1 is shutting down."),
        (
            cluster(UP, failures=(FAILURE,)),
            "Failed action: 10s-interval monitor of db on n2: not running.",
        ),
        (cluster(UP, fencing=(FAILED_FENCING,)), "Fencing of n2 (reboot) failed: no route."),
        (
            cluster(primitive("web", "Started", "n1", flags=("ORPHANED",))),
            "web is orphaned on n1: it runs without being configured.",
        ),
        (cluster(primitive("web", "Starting")), "web is starting."),
        (cluster(primitive("web", "Started", "n1", flags=("unmanaged",))), "web is unmanaged."),
        (
            cluster(primitive("web", "FAILED", "n1", flags=("failure ignored",))),
            "web is FAILED on n1, which is ignored.",
        ),
        (
            cluster(DOWN, tickets=(Ticket("site", "revoked", False, ""),)),
            "web is stopped (ticket not held: site).",
        ),
        (
            cluster(UP, attributes=(NodeAttribute("n1", "pingd", "0", "1000"),)),
            "n1 has lost connections: pingd is 0, expected 1000.",
        ),
        (
            cluster(
                holder(
                    "bundle", "b", holder("replica", "b[0]", UP), holder("replica", "b[1]", DOWN)
                )
            ),
            "b: 1 of 2 replicas are stopped.",
        ),
    ],
)
def test_what_serves_but_is_unusual_is_a_warning(odd: Cluster, reason: str) -> None:
    """Anything unusual that serves is a warning, and the reason names it."""
    assert judge(odd) == Verdict("WARN", reason)


@pytest.mark.parametrize(
    "resource",
    [
        primitive("web", "Stopped", flags=("disabled",)),
        primitive("web", "Stopped", flags=("LOCKED to n1",)),
        holder("clone", "c", UP, DOWN),
        holder("clone", "c", DOWN, flags=("disabled",)),
        holder(
            "group", "g", primitive("a", "Stopped", flags=("disabled",)), primitive("b", "Stopped")
        ),
        holder("clone", "c", holder("group", "g", UP), holder("group", "g", DOWN)),
    ],
)
def test_what_is_down_on_purpose_is_well(resource: Resource) -> None:
    """Resources stopped on purpose, and instances without a node of their own, raise nothing."""
    assert concerns(cluster(resource)) == ()


def test_fencing_that_succeeded_later_is_well() -> None:
    """A failed fencing that a later one made good raises nothing; the history is newest first."""
    good = replace(FAILED_FENCING, status="success", reason="")
    nodes = (node("n1"), node("n2", "OFFLINE (standby)"))

    made_good = concerns(cluster(UP, nodes=nodes, fencing=(good, FAILED_FENCING)))
    failed_again = concerns(cluster(UP, nodes=nodes, fencing=(FAILED_FENCING, good)))

    assert "CRIT" not in [each.word for each in made_good]
    assert failed_again[0].word == "CRIT"


def test_the_worst_comes_first() -> None:
    """Critical concerns come before warnings, and a missing quorum before a stopped resource."""
    found = concerns(cluster(DOWN, has_quorum=False, is_fencing_enabled=False))

    assert [each.word for each in found] == ["CRIT", "CRIT", "WARN"]
    assert "quorum" in found[0].reason
