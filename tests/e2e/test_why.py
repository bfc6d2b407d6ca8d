"""Causes of a resource's running or not: each proved by the real scheduler."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.run import run
from crmtui.backend.scheduler.why import explain
from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.demo import demo_cib
from crmtui.errors import TargetInvalid
from crmtui.forecast.why_answer import WhyAnswer, lines, to_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.forecast.why_answer import Answer

_STOPPED = "crm_resource --meta -r {} --set-parameter target-role -v Stopped"


@pytest.fixture
def demo() -> Iterator[Sandbox]:
    """Return the demo cluster."""
    sandbox = Sandbox(CibSource.parse("demo", demo_cib()))
    yield sandbox
    sandbox.close()


def _answer(demo: Sandbox, resource: str, *commands: str) -> Answer:
    """Return the first answer after some commands."""
    for command in commands:
        done = run(demo, shlex.split(command))
        assert done.status == 0, done
    demo.after_command()
    return explain(demo, resource).answers[0]


def _proved(answer: Answer) -> dict[str, str]:
    return {each.sentence: each.fix for each in answer.causes if each.proof == "alone"}


@pytest.mark.parametrize(
    ("resource", "commands", "cause", "fix"),
    [
        (
            "backup", (_STOPPED.format("backup"),),
            "the target role of backup is Stopped", "resource start backup",
        ),
        (
            "webserver", (_STOPPED.format("webip"),),
            "the target role of webip is Stopped, and webserver depends on it", "resource start webip",
        ),
        (
            "webip", (_STOPPED.format("database-clone"),),
            "the target role of database-clone is Stopped, and webip depends on it",
            "resource start database-clone",
        ),
        (
            "backup", ("crm_attribute -n stop-all-resources -v true",),
            "the property stop-all-resources stops everything",
            "configure property stop-all-resources=false",
        ),
        (
            "backup", tuple(f"crm_resource --ban -r backup -N {node}" for node in ("beta", "gamma")),
            "cli-ban-backup-on-gamma bans it from gamma (-INFINITY)", "resource clear backup",
        ),
        (
            "backup", ("crm_standby -N beta -v on", "crm_standby -N gamma -v on"),
            "gamma is in standby", "node online gamma",
        ),
        (
            "backup",
            (
                "cibadmin --create --scope constraints -X "
                "\"<rsc_ticket id='by-ticket' rsc='backup' ticket='site' loss-policy='stop'/>\"",
            ),
            "by-ticket ties it to the ticket site", "configure delete by-ticket",
        ),
    ],
)  # fmt: skip
def test_the_cause_is_found_and_proved(
    demo: Sandbox, resource: str, commands: tuple[str, ...], cause: str, fix: str
) -> None:
    """The cause that keeps a resource from running is named, with the line that takes it away."""
    assert _proved(_answer(demo, resource, *commands))[cause] == fix


def test_two_causes_together_are_told_together(demo: Sandbox) -> None:
    """Two causes that only work together are both named so; one that is not needed is not."""
    answer = _answer(
        demo, "backup", _STOPPED.format("backup"), "crm_attribute -n stop-all-resources -v true"
    )
    together = [each.sentence for each in answer.causes if each.proof == "together"]
    assert together == [
        "the target role of backup is Stopped",
        "the property stop-all-resources stops everything",
    ]


def test_what_runs_tells_why_here_and_why_not_there(demo: Sandbox) -> None:
    """A resource that runs says what holds it, and for each other node what keeps it away."""
    place = "<rsc_location id='likes-alpha' rsc='backup' score='2000' node='alpha'/>"
    assert run(demo, ("cibadmin", "--create", "--scope", "constraints", "-X", place)).status == 0
    demo.after_command()
    text = to_text(explain(demo, "backup"))
    assert "backup runs on alpha, because\n  proved:   likes-alpha draws it to alpha (2000)" in text
    text = to_text(explain(demo, "webservice"))
    assert "webservice could run on beta; alpha is preferred" in text
    assert "webservice does not run on gamma, because" in text
    only = "webservice-with-database has it run only where database-clone is Promoted"
    assert f"proved:   {only}\n" in text
    # It would stay on alpha without, so no trial shows it; yet it allows no other node.
    assert f"webservice runs on alpha, because\n  certain:  {only}, which is on alpha" in text
    assert "nothing holds" not in text


def test_what_was_tried_stands_below_the_reason(demo: Sandbox) -> None:
    """The answer comes first; what is not the reason is told apart, under a title that says so."""
    answer = next(each for each in explain(demo, "webservice").answers if each.node == "gamma")
    told = [text for text, _ in lines(WhyAnswer("webservice", "", (answer,)))][2:]
    assert told[0] == "webservice does not run on gamma, because"
    assert told[1].startswith("  proved:   webservice-with-database")
    rest = told[told.index("  Tried, and not the reason:") + 1 :]
    assert [line.split()[0] for line in rest] == [
        "database-not-on-gamma",
        "webservice-prefers-alpha",
        "database-before-webservice",
    ]


def test_a_score_that_is_not_infinite_bans_nothing(demo: Sandbox) -> None:
    """A resource that could run on a node is not said to be banned from it."""
    text = to_text(explain(demo, "backup"))
    assert "backup-avoids-alpha has it avoid alpha (-1000)" in text
    assert "backup could run on alpha" in text
    assert "bans it from alpha" not in text


def test_no_cause_is_made_up(demo: Sandbox) -> None:
    """If nothing that is known explains it, the answer says so."""
    answer = _answer(demo, "late", "cibadmin --create --scope resources -X "
        "\"<primitive id='late' class='ocf' provider='pacemaker' type='Dummy'>"
        "<meta_attributes id='m'><nvpair id='n' name='requires' value='bogus'/></meta_attributes>"
        "<utilization id='u'><nvpair id='v' name='memory' value='1000000'/></utilization></primitive>\"",
        "crm_attribute -n placement-strategy -v balanced",
    )  # fmt: skip
    assert answer.sentence.startswith("I don't know why late does not run")
    assert not answer.is_known


def test_nothing_is_changed_by_asking(demo: Sandbox) -> None:
    """The CIB stays as it was, byte for byte."""
    before = demo.cib.read_bytes()
    explain(demo, "webservice")
    assert demo.cib.read_bytes() == before


def test_an_unknown_resource_is_an_error(demo: Sandbox) -> None:
    """A name that is none ends in a sentence and the next step."""
    with pytest.raises(TargetInvalid, match="no resource nosuch"):
        explain(demo, "nosuch")
