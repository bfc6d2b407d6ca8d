"""Actions of the scheduler that come with or without the line: told apart, in the same detail."""

from __future__ import annotations

from dataclasses import replace

from crmtui.cluster.model import FenceEvent
from crmtui.forecast.compare import compare
from crmtui.forecast.deviations import deviations
from crmtui.forecast.forecast_report import to_json, to_text
from crmtui.forecast.model import Forecast, ScheduledAction, World
from crmtui.forecast.simulation import Simulation
from tests.unit.cluster_values import cluster, node, primitive
from tests.unit.forecast.test_forecast import simulated

_NODES = (node("n1"), node("n2"), node("n3"))
_BEFORE = World(_NODES, (primitive("db", "Started", "n1"), primitive("web", "Started", "n2")))
_MOVED = World(_NODES, (primitive("db", "Started", "n2"), primitive("web", "Started", "n2")))
_FENCE = ScheduledAction("fence", "", "n1", reason="lost")
_MOVE = ScheduledAction("move", "db", "n2", "n1", "n2", "n1 is fenced")
_FENCING = Simulation(_BEFORE, _MOVED, (_FENCE, _MOVE), fenced=("n1",))


def test_what_happens_anyway_is_told_in_the_same_detail() -> None:
    """A fencing that no line prevents is told beside what the line does, which is nothing."""
    made = compare("node standby n1", _FENCING, _FENCING)
    assert made.summary == "nothing else moves"
    assert made.anyway is not None
    assert made.anyway.summary == "n1 is fenced; db moves n1 → n2"
    assert made.anyway.actions == (_FENCE, _MOVE)
    assert made.anyway.fenced == made.all_fenced == ("n1",)
    assert made.sentences == ("nothing else moves. Happens anyway: n1 is fenced; db moves n1 → n2.")


def test_how_it_is_confirmed_depends_on_what_the_line_adds() -> None:
    """A fencing that happens anyway does not make the line dangerous."""
    made = compare("", _FENCING, _FENCING)
    assert made.danger == "none"
    assert made.fenced == ()
    assert made.anyway is not None
    assert made.anyway.danger == "loss"


def test_what_moves_anyway_does_not_stay() -> None:
    """Only what nothing is done to stays."""
    assert compare("", _FENCING, _FENCING).stays == ("web",)
    assert compare("", _FENCING, _FENCING).caveats == (
        "No fencing device runs: the fencing will fail, and what waits for it will not happen.",
    )


def test_what_the_line_prevents_is_told_too() -> None:
    """A fencing that the line makes needless is neither its doing nor does it happen anyway."""
    calm = Simulation(_BEFORE, _BEFORE)
    made = compare("", _FENCING, calm)
    assert made.anyway is None
    assert made.summary == "nothing moves"
    assert made.averted is not None
    assert made.side_notes == ("Prevented by it: n1 fenced; db moves n1 → n2",)
    assert made.stays == ("db", "web")


def test_what_the_line_adds_is_told_apart() -> None:
    """Of two moves, each is told where it belongs."""
    also = ScheduledAction("stop", "web", "n2", "n2", "", "stopped")
    after = World(_NODES, (primitive("db", "Started", "n2"), primitive("web", "Stopped")))
    made = compare("resource stop web", _FENCING, Simulation(_BEFORE, after, (_FENCE, _MOVE, also)))
    assert made.summary == "web would stop and not start anywhere"
    assert made.actions == (also,)
    assert made.anyway is not None
    assert made.anyway.actions == (_FENCE, _MOVE)


def test_quorum_that_goes_anyway_is_not_lost_by_the_line() -> None:
    """The line loses quorum where its own fencing does, and that of others counts as gone."""
    two = replace(_FENCING, fenced=("n1", "n2"))
    made = compare("node fence n2", _FENCING, two)
    assert made.is_quorum_lost
    assert made.anyway is not None
    assert not made.anyway.is_quorum_lost
    anyway = compare("", two, two)
    assert not anyway.is_quorum_lost
    assert anyway.anyway is not None
    assert anyway.anyway.is_quorum_lost


def test_json_has_it_in_the_shape_of_the_forecast() -> None:
    """A program reads it as it reads the rest; without any of it the lists are empty."""
    told = to_json(compare("", _FENCING, _FENCING))
    anyway = told["anyway"]
    assert isinstance(anyway, dict)
    assert list(anyway) == ["summary", "actions", "fenced", "lost"]
    assert anyway["fenced"] == ["n1"]
    assert [each["resource"] for each in anyway["actions"]] == [None, "db"]
    assert told["actions"] == []
    nothing = {"summary": "", "actions": [], "fenced": [], "lost": []}
    assert told["averted"] == nothing
    calm = Simulation(_BEFORE, _BEFORE)
    assert to_json(compare("", calm, calm))["anyway"] == nothing


def test_text_has_a_table_of_its_own_for_it() -> None:
    """The table stands below its sentence, apart from the line's."""
    assert to_text(compare("", _FENCING, _FENCING)).splitlines()[:6] == [
        "nothing else moves",
        "",
        "Happens anyway: n1 is fenced; db moves n1 → n2.",
        "action  resource  from  to  because",
        "fence   n1        n1    -   lost",
        "move    db        n1    n2  n1 is fenced",
    ]


def test_a_busy_cluster_is_told_from_what_was_recorded() -> None:
    """A move that the scheduler has decided on already is not put down to the line."""
    busy = simulated("standby-2.1.5")
    made = compare("", busy, busy)
    assert not made.actions
    assert made.danger == "none"
    assert made.anyway is not None
    assert [each.resource for each in made.anyway.actions[:2]] == ["fence-alpha", "webserver"]
    assert "webservice" not in made.stays


def test_a_fencing_that_was_told_is_no_surprise() -> None:
    """The outcome is held against all that was said: also what happened anyway."""
    before = cluster(*_BEFORE.resources, nodes=_NODES)
    event = FenceEvent("n1", "reboot", "success", "crm", "n1", "n1", "now")
    now = cluster(*_MOVED.resources, nodes=(node("n1", "OFFLINE"), *_NODES[1:]), fencing=(event,))
    assert deviations(compare("", _FENCING, _FENCING), before, now) == ()


def test_what_cannot_be_forecast_is_said_once() -> None:
    """The line above the command line does not announce a forecast that there is none of."""
    unknown = Forecast("", "cannot be forecast: it acts", unforeseeable="it acts")
    assert unknown.headline == "Cannot be forecast: it acts."
    assert Forecast("", "nothing moves").headline == "Forecast: nothing moves."
