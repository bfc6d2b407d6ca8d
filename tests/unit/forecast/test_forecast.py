"""From what crm_simulate printed to a forecast that can be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from crmtui.errors import CibUnreadable
from crmtui.forecast.compare import compare
from crmtui.forecast.forecast_report import to_json, to_text
from crmtui.forecast.model import Forecast, ScheduledAction
from crmtui.forecast.sentence import summary
from crmtui.forecast.simulation import Simulation, chained, parse

DATA = Path(__file__).parents[2] / "data" / "crm_simulate"


def simulated(name: str) -> Simulation:
    """Return what crm_simulate said of the demo cluster."""
    return parse((DATA / f"{name}.xml").read_text())


def forecast(name: str) -> Forecast:
    """Return the forecast of what was done before ``name`` was recorded."""
    return compare(f"line of {name}", simulated("before-2.1.5"), simulated(name))


def test_standby_is_told_in_one_sentence() -> None:
    """A standby is told as what moves where, groups by their name, and that nothing is lost."""
    assert forecast("standby-2.1.5").summary == (
        "fence-alpha and webservice move alpha → beta; gateway-clone and database-clone stop on alpha; "
        "database-clone is promoted on beta; nothing stops for good"
    )


def test_actions_are_in_the_order_in_which_they_begin() -> None:
    """The member of a group that stops first is told first, with where it goes and why."""
    actions = forecast("standby-2.1.5").actions
    assert [each.resource for each in actions] == [
        *("fence-alpha", "webserver", "webip", "gateway", "database", "database"),
    ]
    assert actions[1] == ScheduledAction(
        "move", "webserver", "beta", "alpha", "beta", "alpha is in standby"
    )
    assert actions[-1] == ScheduledAction("promote", "database", "beta", "beta", "beta", "")


def test_moving_services_weigh_less_than_a_fenced_node() -> None:
    """The danger comes from what happens: nothing, moves, or a loss."""
    nothing = compare("", simulated("before-2.1.5"), simulated("before-2.1.5"))
    assert nothing.danger == "none"
    assert nothing.summary == "nothing moves"
    assert forecast("standby-2.1.5").danger == "moves"
    assert forecast("fence-2.1.5").danger == "loss"


def test_a_fenced_node_is_told_first() -> None:
    """Fencing comes before everything else, in the sentence and among the actions."""
    fenced = forecast("fence-2.1.5")
    assert fenced.fenced == ("alpha",)
    assert fenced.summary.startswith("alpha is fenced; ")
    assert fenced.actions[0].action == "fence"


def test_what_stays_is_named_by_its_outermost_resource() -> None:
    """A resource that runs and is not touched is listed once, outermost."""
    assert forecast("standby-2.1.5").stays == ("fence-beta", "fence-gamma", "backup")


def test_a_settled_cluster_has_nothing_to_do() -> None:
    """After the transition has been carried out there is nothing left."""
    assert simulated("settled-2.1.5").is_settled


@pytest.mark.parametrize(
    ("work", "is_settled"),
    [
        ("rsc_action interval=10000 node=n1 op=cancel resource=web", True),
        ("rsc_action node=n1 op=delete resource=web", True),
        ("cluster_action id=web node=n1 task=clear_failcount", True),
        ("rsc_action node=n1 op=stop resource=web", False),
        ("rsc_action node=n1 op=monitor resource=delete", False),
        ("pseudo_action task=cancel_stop_0", False),
    ],
)
def test_what_is_not_carried_forward_needs_no_other_transition(work: str, is_settled: bool) -> None:
    """Cancelled monitors and what is forgotten come again with each simulation; a stop does not."""
    known = "rsc_action node=n1 op=delete resource=web"
    assert replace(simulated("settled-2.1.5"), work=(known, work)).is_settled is is_settled
    assert not simulated("standby-2.1.5").is_settled


def test_a_stop_and_a_start_in_the_same_place_are_a_restart() -> None:
    """A stop in one transition and a start in the next are told as a restart."""
    world = simulated("before-2.1.5").before
    stop = Simulation(world, world, (ScheduledAction("stop", "db", "n1", "n1", "", "why"),))
    start = Simulation(world, world, (ScheduledAction("start", "db", "n1", "", "n1"),))
    assert chained([stop, start]).actions == (ScheduledAction("restart", "db", "n1", "n1", "n1"),)


@pytest.mark.parametrize(
    ("forecast", "sentence"),
    [
        (Forecast("", "", is_reading=True), "changes nothing"),
        (Forecast("", "", unforeseeable="it acts"), "cannot be forecast: it acts"),
        (Forecast("", "", lost=("db",)), "db would stop and not start anywhere"),
        (Forecast("", "", lost=("a", "b")), "a and b would stop and not start anywhere"),
        (
            Forecast("", "", fenced=("n1", "n2"), is_quorum_lost=True),
            "n1 and n2 are fenced; quorum is lost",
        ),
        (Forecast("", "", unpromoted=("db",)), "db is promoted nowhere"),
        (Forecast("", "", is_erasure=True), "the configuration is erased"),
    ],
)
def test_the_worst_is_said_plainly(forecast: Forecast, sentence: str) -> None:
    """Losses, fencing and unknowns are the beginning of the sentence."""
    assert summary(forecast) == sentence
    assert forecast.danger == ("none" if forecast.is_reading else "loss")


@pytest.mark.parametrize(
    ("said", "is_unfinished"),
    [
        ("Expected at least 2 arguments near <location> parsing 'location x'", True),
        ("expected <score>: <node> or <rule> [<rule> ...] parsing 'location x d'", True),
        ("Expected identifier parsing 'location x d 10:'", True),
        ("Unexpected end of line parsing 'location x d rule 10: #uname eq'", True),
        ("Expected operation near <xx> parsing 'location x d rule inf: #uname xx n1'", False),
        ("Unknown arguments: n2 near <n2> parsing 'location x d inf: n1 n2'", False),
    ],
)
def test_what_only_lacks_its_end_is_told_from_what_is_wrong(said: str, is_unfinished: bool) -> None:
    """Crm expects more behind the last word, or stumbles over one (crmsh 4.4 and 5.0)."""
    refused = Forecast("", "", unforeseeable=f"crm refuses it: syntax in location: {said}")
    assert refused.is_unfinished is is_unfinished


def test_json_has_the_keys_that_programs_rely_on() -> None:
    """The keys are an interface; what there is none of is null."""
    told = to_json(forecast("fence-2.1.5"))
    assert list(told) == [
        *("summary", "actions", "fenced", "lost"),
        *("anyway", "averted", "assumed", "unforeseeable"),
    ]
    assert told["fenced"] == ["alpha"]
    assert told["lost"] == []
    assert told["unforeseeable"] is None
    actions = told["actions"]
    assert isinstance(actions, list)
    assert actions[0] == {
        "action": "fence",
        "resource": None,
        "node": "alpha",
        "from": None,
        "to": None,
        "reason": "termination was requested",
    }
    assert actions[2]["from"] == "alpha"
    assert actions[2]["to"] == "beta"


def test_text_is_the_sentence_then_the_table() -> None:
    """People read the sentence first, then a table in columns, then what stays."""
    lines = to_text(forecast("standby-2.1.5")).splitlines()
    assert lines[0].startswith("fence-alpha and webservice move")
    assert lines[2].split() == ["action", "resource", "from", "to", "because"]
    assert lines[3] == "move     fence-alpha  alpha  beta  alpha is in standby"
    assert lines[-1] == "Stays: fence-beta, fence-gamma, backup"


def test_an_error_of_crm_simulate_is_no_forecast() -> None:
    """If crm_simulate gives up, its own words are handed on."""
    refused = '<pacemaker-result><status code="1" message="Error"><errors><error>crm_simulate: bad'
    with pytest.raises(CibUnreadable) as caught:
        parse(f"{refused} CIB</error></errors></status></pacemaker-result>")
    assert "bad CIB" in str(caught.value)
