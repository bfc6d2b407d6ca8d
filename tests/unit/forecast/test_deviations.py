"""The result of a change is held against its forecast, and each difference is said exactly."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from crmtui.cluster.model import Failure, FenceEvent
from crmtui.forecast.deviations import deviations, verdict
from crmtui.forecast.model import Forecast, World
from tests.unit.cluster_values import cluster, holder, node, primitive

if TYPE_CHECKING:
    from crmtui.cluster.model import Resource

BEFORE = cluster(primitive("web", "Started", "n1"))
FENCED = FenceEvent("n2", "reboot", "success", "crm", "n1", "n1", "now")


def _foreseen(*resources: Resource, **other: object) -> Forecast:
    made = Forecast("a line", "a summary", after=World(BEFORE.nodes, resources))
    return replace(made, **other)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("foreseen", "found", "said"),
    [
        (("Started", "n2"), ("Started", "n2"), ()),
        (("Started", "n2"), ("Started", "n1"), ("web runs on n1, foreseen was on n2",)),
        (("Started", "n2"), ("Stopped",), ("web runs nowhere, foreseen was on n2",)),
        (("Stopped",), ("Started", "n1"), ("web runs on n1, foreseen was nowhere",)),
        (("Stopped",), ("Stopped",), ()),
        (
            ("Promoted", "n1"),
            ("Unpromoted", "n1"),
            ("web runs on n1 (Unpromoted), foreseen was on n1 (Promoted)",),
        ),
        (
            ("Started", "n1"),
            ("FAILED", "n1"),
            ("web runs on n1 (FAILED), foreseen was on n1",),
        ),
    ],
)
def test_places_and_roles(
    foreseen: tuple[str, ...], found: tuple[str, ...], said: tuple[str, ...]
) -> None:
    """A resource that is elsewhere, nowhere or in another role than foreseen is named with both."""
    forecast = _foreseen(primitive("web", *foreseen))
    assert deviations(forecast, BEFORE, cluster(primitive("web", *found))) == said


def test_instances_of_a_clone_are_compared_by_node() -> None:
    """Of a clone only the nodes count, not which instance is where."""
    one, other = primitive("gw", "Started", "n1"), primitive("gw", "Started", "n2")
    forecast = _foreseen(holder("clone", "gw-clone", one, other))
    assert not deviations(forecast, BEFORE, cluster(holder("clone", "gw-clone", other, one)))
    (said,) = deviations(forecast, BEFORE, cluster(holder("clone", "gw-clone", one)))
    assert said == "gw runs on n1, foreseen was on n1, n2"


def test_what_an_agent_decides_is_not_held_against_the_forecast() -> None:
    """If the forecast left open who is promoted, only the nodes are compared."""
    db = [primitive("db", "Unpromoted", each) for each in ("n1", "n2")]
    now = [primitive("db", "Promoted", "n1"), db[1]]
    clone = holder("clone", "db-clone", *db, flags=("promotable",))
    after = cluster(holder("clone", "db-clone", *now, flags=("promotable",)))
    assert not deviations(_foreseen(clone, undecided=("db-clone",)), BEFORE, after)
    assert deviations(_foreseen(clone), BEFORE, after)


def test_what_nobody_foresaw_is_told() -> None:
    """A resource that runs now, and was not there then, is told; one that does not run is not."""
    forecast = _foreseen(primitive("web", "Started", "n1"))
    new = cluster(*BEFORE.resources, primitive("late", "Started", "n2"), primitive("x", "Stopped"))
    assert deviations(forecast, BEFORE, new) == (
        "late runs on n2, foreseen was not even configured",
    )


def test_fencing_is_compared() -> None:
    """A node that was fenced unforeseen, or was not fenced as foreseen, or is back, is told."""
    web = primitive("web", "Started", "n1")
    off = (node("n1"), node("n2", "OFFLINE"))
    fenced = cluster(web, nodes=off, fencing=(FENCED,))
    assert not deviations(_foreseen(web, fenced=("n2",)), BEFORE, fenced)
    assert deviations(_foreseen(web), BEFORE, fenced) == ("n2 was fenced, which was not foreseen",)
    assert deviations(_foreseen(web, fenced=("n2",)), BEFORE, BEFORE) == ("n2 was not fenced",)
    back = cluster(web, fencing=(FENCED,))
    assert deviations(_foreseen(web, fenced=("n2",)), BEFORE, back) == (
        "n2 was fenced and is back already",
    )


def test_an_action_that_failed_is_told_once() -> None:
    """A failed action that was not there before is a deviation, with the agent's reason."""
    failure = Failure("web", "start", "n2", "complete", "error", "no disk", "", "web_start_0")
    forecast = _foreseen(primitive("web", "Started", "n1"))
    now = cluster(primitive("web", "Started", "n1"), failures=(failure,))
    assert deviations(forecast, BEFORE, now) == ("web start failed on n2 (no disk)",)
    assert not deviations(forecast, now, now)


def test_the_verdict() -> None:
    """As forecast, or what is not."""
    assert verdict(()) == "As forecast"
    assert verdict(("a", "b")) == "Not as forecast: a; b"
