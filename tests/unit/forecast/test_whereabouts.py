"""Whereabouts name what is not running, and what runs only in part."""

from __future__ import annotations

import pytest

from crmtui.cluster.model import Resource
from crmtui.forecast.model import World
from crmtui.forecast.whereabouts import Whereabouts
from tests.unit.cluster_values import node


def primitive(id_: str, role: str, *nodes: str, flags: tuple[str, ...] = ()) -> Resource:
    """Return a primitive."""
    return Resource(id_, "primitive", "ocf:pacemaker:Dummy", role, nodes, flags)


@pytest.mark.parametrize(
    ("parts", "now", "then"),
    [
        ((primitive("a", "Started", "n1"),), "runs on n1", "run on n1"),
        ((primitive("a", "Stopped"),), "does not run", "not run"),
        (
            (primitive("a", "Stopped", flags=("disabled", "promotable")),),
            "does not run (disabled)", "not run",
        ),
        (
            (primitive("a", "FAILED", "n2", flags=("blocked",)),),
            "is FAILED on n2 (blocked)", "be FAILED on n2 (blocked)",
        ),
        (
            (primitive("a", "Promoted", "n1"), primitive("a", "Unpromoted", "n2")),
            "runs on n1, n2", "run on n1, n2",
        ),
        (
            (primitive("a", "Started", "n1"), primitive("b", "Stopped")),
            "runs in part on n1", "run in part on n1",
        ),
        (
            (primitive("a", "Started", "n1"), primitive("b", "Starting", "n1")),
            "is Starting on n1", "be Starting on n1",
        ),
        (
            (primitive("a", "Started", "n1", flags=("UNCLEAN",)), primitive("a", "Started", "n2")),
            "is on n1 (UNCLEAN) and runs on n2", "be on n1 (UNCLEAN) and run on n2",
        ),
    ],
)  # fmt: skip
def test_whereabouts(parts: tuple[Resource, ...], now: str, then: str) -> None:
    """All that a resource holds is told in one predicate, in crm_mon's words."""
    world = World((node("n1"), node("n2")), (*parts, primitive("other", "Started", "n1")))
    found = Whereabouts.of(world, {each.id for each in parts})
    assert (found.now, found.then) == (now, then)
