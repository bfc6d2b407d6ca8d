"""Changes told of an action that is under way, snapshot after snapshot.

The roles and nodes of each snapshot are those that crm_mon 2.1.5 prints of a CIB with such operations.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from crmtui.cluster.change_progress import progress
from crmtui.cluster.changes import changes
from tests.unit.cluster_values import cluster, holder, primitive

Roles = tuple[str, ...]
"""A role, and the nodes on which a resource has it."""


def _told(*snapshots: Roles) -> list[str]:
    seen = [cluster(primitive("web", role, *nodes)) for role, *nodes in snapshots]
    return [each.sentence for old, new in pairwise(seen) for each in changes(old, new)]


@pytest.mark.parametrize(
    ("snapshots", "told"),
    [
        (
            [("Stopped",), ("Starting", "n1"), ("Started", "n1")],
            ["web is starting on n1", "web started on n1"],
        ),
        (
            [("Stopped",), ("Starting", "n1"), ("FAILED", "n1"), ("Stopped",)],
            ["web is starting on n1", "web is FAILED on n1", "web stopped on n1"],
        ),
        ([("Stopped",), ("Starting", "n1"), ("Stopped",)], ["web is starting on n1"]),
        ([("Stopped",), ("FAILED", "n1"), ("Stopped",)], ["web is FAILED on n1", "web stopped on n1"]),
        (
            [("Started", "n1"), ("Stopping", "n1"), ("Starting", "n2"), ("Started", "n2")],
            ["web is stopping on n1", "web stopped on n1", "web is starting on n2", "web started on n2"],
        ),
        (
            [("Stopping", "n1"), ("Starting", "n1"), ("Started", "n1")],
            ["web stopped on n1", "web is starting on n1", "web started on n1"],
        ),
        ([("Starting", "n1"), ("Starting", "n2")], ["web is starting on n2"]),
        (
            [("Started", "n1"), ("Migrating", "n1"), ("Migrating", "n2", "n1"), ("Started", "n2")],
            ["web is migrating on n1", "web migrated, now on n2"],
        ),
        (
            [("Started", "n1"), ("Migrating", "n1"), ("Started", "n2")],
            ["web is migrating on n1", "web moved n1 → n2"],
        ),
        (
            [("Unpromoted", "n1"), ("Promoting", "n1"), ("Promoted", "n1")],
            ["web is promoting on n1", "web promoted on n1"],
        ),
        (
            [("Unpromoted", "n1"), ("Promoting", "n1"), ("FAILED Promoted", "n1")],
            ["web is promoting on n1", "web is FAILED on n1"],
        ),
        (
            [("Promoted", "n1"), ("FAILED Promoted", "n1"), ("Promoted", "n1")],
            ["web is FAILED on n1", "web recovered on n1"],
        ),
        (
            [("Promoted", "n1"), ("Demoting", "n1"), ("Unpromoted", "n1")],
            ["web is demoting on n1", "web demoted on n1"],
        ),
    ],
)  # fmt: skip
def test_an_action_is_told_in_the_order_in_which_it_happens(
    snapshots: list[Roles], told: list[str]
) -> None:
    """Nothing started before its start is done, and a start that failed is never told as started."""
    assert _told(*snapshots) == told


def test_one_more_instance_that_fails_did_not_start() -> None:
    """On a node where another instance runs already, a failed start is told as failed, too."""
    one = holder("clone", "c", primitive("web", "Started", "n1"), primitive("web", "Stopped"))
    two = holder("clone", "c", primitive("web", "Started", "n1"), primitive("web", "FAILED", "n1"))

    told = [each.sentence for each in changes(cluster(one), cluster(two))]
    assert told == ["web is FAILED on n1"]


@pytest.mark.parametrize(
    ("now", "moved"),
    [
        (("Starting", "n1"), []),
        (("FAILED", "n1"), ["web FAILED on n1"]),
        (("Started", "n1"), ["web started on n1"]),
    ],
)
def test_the_progress_of_a_change_tells_no_start_that_is_not_done(
    now: Roles, moved: list[str]
) -> None:
    """While a start is under way, or when it failed, the line that waits does not say started."""
    role, *nodes = now
    before, after = cluster(primitive("web", "Stopped")), cluster(primitive("web", role, *nodes))
    found = progress(before, after, "resource start web", is_settled=True)
    assert [str(each) for each in found.moved] == moved
