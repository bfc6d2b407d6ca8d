"""Progress of the cluster with a change."""

from __future__ import annotations

from crmtui.cluster.change_progress import Move, progress
from tests.unit.cluster_values import cluster, holder, node, primitive

STANDBY = (node("n1", "standby (with active resources)", running=1), node("n2"))
BEFORE = cluster(primitive("ip", "Started", "n1"), primitive("web", "Started", "n1"))


def test_a_node_that_drains_says_what_is_left() -> None:
    """While a node drains, what stops, what starts, what is left and what moved is named."""
    now = cluster(primitive("ip", "Starting"), primitive("web", "Stopping", "n1"), nodes=STANDBY)
    seen = progress(BEFORE, now, "node standby n1", ("n1",), is_settled=False)

    assert (seen.pending, seen.left) == (("ip start", "web stop on n1"), ("web",))
    assert seen.moved == (Move("ip", ("n1",), ()),)
    assert not seen.is_stuck
    assert seen.sentence == (
        "n1 is going standby: ip start, web stop on n1; 1 left on it: web; ip stopped on n1."
    )


def test_a_node_that_is_drained_says_where_all_went() -> None:
    """Once it has settled, the sentence says where everything went."""
    now = cluster(
        primitive("ip", "Started", "n2"),
        primitive("web", "Stopped"),
        nodes=(node("n1", "standby"), node("n2")),
    )
    seen = progress(BEFORE, now, "node standby n1", ("n1",), is_settled=True)

    assert seen.left == ()
    assert seen.sentence == "n1 is standby, settled: ip n1 → n2, web stopped on n1."


def test_a_node_that_cannot_drain_says_why() -> None:
    """Settled with something still on the node is stuck, and the sentence says on what."""
    now = cluster(
        primitive("ip", "Started", "n1", flags=("unmanaged",)),
        primitive("web", "Started", "n2"),
        nodes=STANDBY,
    )
    seen = progress(BEFORE, now, "node standby n1", ("n1",), is_settled=True)

    assert seen.is_stuck
    assert seen.sentence == "n1 is in standby, but still runs ip (unmanaged)."


def test_a_node_that_comes_back_may_run_things() -> None:
    """Resources that run on a node that goes online are no reason to wait."""
    before = cluster(primitive("ip", "Started", "n2"), nodes=(node("n1", "standby"), node("n2")))
    now = cluster(primitive("ip", "Started", "n1"))
    seen = progress(before, now, "node standby n1", ("n1",), is_settled=True)

    assert not seen.is_standby
    assert not seen.is_stuck
    assert seen.sentence == "n1 is online, settled: ip n2 → n1."


def test_instances_of_a_clone_come_and_go_by_node() -> None:
    """An instance that leaves a node stopped there; the others did not move."""
    both = [primitive("ping", "Started", "n1"), primitive("ping", "Started", "n2")]
    one = [primitive("ping", "Started", "n2"), primitive("ping", "Stopped")]
    nodes = (node("n1", "standby"), node("n2"))
    seen = progress(
        cluster(holder("clone", "c", *both)),
        cluster(holder("clone", "c", *one), nodes=nodes),
        "node standby n1",
        ("n1",),
        is_settled=True,
    )

    assert seen.moved == (Move("ping", ("n1",), ()),)


def test_nothing_to_do_says_so() -> None:
    """A node that ran nothing settles with nothing moved."""
    nodes = (node("n1", "standby"), node("n2"))
    seen = progress(cluster(), cluster(nodes=nodes), "node standby n1", ("n1",), is_settled=True)

    assert seen.sentence == "n1 is standby, settled: nothing moved."


def test_what_takes_long_is_named() -> None:
    """After a minute the sentence says what still moves, and where."""
    now = cluster(primitive("ip", "Started", "n1"), primitive("web", "Stopping", "n1"))
    seen = progress(BEFORE, now, "resource stop web", is_settled=False, seconds=61.0)

    assert seen.is_late
    assert seen.sentence == "resource stop web: still moving after 61 s: web stop on n1."


def test_a_change_of_a_resource_is_named_by_its_line() -> None:
    """Other changes than standby and online are named as they were run."""
    now = cluster(primitive("ip", "Started", "n1"), primitive("web", "Stopped"))
    seen = progress(BEFORE, now, "resource stop web", is_settled=True)

    assert seen.sentence == "resource stop web, settled: web stopped on n1."
