"""Parts of a cluster that do not change between two snapshots stay the same object."""

from __future__ import annotations

from dataclasses import replace

from crmtui.cluster.changes import changes
from crmtui.cluster.crm_mon.parse import parse
from crmtui.cluster.crm_mon.reuse import differing, reusing
from tests.unit.cluster.test_crm_mon import DATA
from tests.unit.cluster_values import cluster, node, primitive


def test_equal_values_are_kept() -> None:
    """Of two snapshots of the same cluster the second holds the nodes and resources of the first."""
    xml = (DATA / "flags-3.0.0.xml").read_text(encoding="utf-8")
    first = parse(xml)
    second = reusing(first, parse(xml))

    assert all(a is b for a, b in zip(first.resources, second.resources, strict=True))
    assert all(a is b for a, b in zip(first.nodes, second.nodes, strict=True))
    assert second == first


def test_what_changed_is_new() -> None:
    """Parts that differ are those of the new snapshot, and told of as before."""
    old = cluster(primitive("a", "Started", "n1"), primitive("b", "Started", "n1"))
    new = reusing(
        old,
        cluster(
            primitive("a", "Started", "n1"),
            primitive("b", "Started", "n2"),
            nodes=(node("n1"), node("n2", "standby")),
        ),
    )

    assert [r.id for each in differing(old, new) for r in each.resources] == ["b", "b"]
    assert [c.sentence for c in changes(old, new)] == ["n2 is now standby", "b moved n1 → n2"]
    assert reusing(None, old) is old
    assert replace(new, resources=()).nodes[0] is old.nodes[0]
