"""Findings in a line, and lines without any: tables over a small cluster."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crmtui.crmsh.installed_commands import Crmsh, InstalledCommand
from crmtui.lint import lint, written_out
from crmtui.lint.lines import logical_lines
from tests.unit.completion_world import World

WORLD = World()

WRONG = [
    # The marks « » stand around what is underlined.
    ("", "«foo»", "error", 'There is no command "foo".'),
    ("", "node «stan» n1", "error", 'crm would run "standby" for "stan": write it out.'),
    ("", "«res.*» start d", "error", "for a pattern"),
    ("configure", "«pr»", "error", '"pr" may stand for primitive, property: write it out.'),
    ("", "node standby «n3»", "warning", 'There is no node "n3".'),
    ("", "resource start «x»", "error", 'There is no resource "x".'),
    ("", 'node attribute n1 set a «"b»', "error", "This quotation has no end."),
    ("", "resource meta vip set target-role «Up»", "error", "target-role has to be one of Started"),
    ("", "options wait «perhaps»", "error", '"perhaps" cannot stand here, but yes, no.'),
    ("", "script run virtual-ip id=x ip=1 «bogus»=1", "error", "The script virtual-ip has no"),
    ("", "script run «virtual-ip» id=x", "warning", "virtual-ip cannot do without ip."),
    ("configure", "primitive «vip» Dummy", "error", 'The id "vip" is taken: primitive @t.'),
    ("configure", "primitive «1x» Dummy", "error", '"1x" is no id'),
    ("configure", "primitive x «IPaddr2»", "warning", "IPaddr2 cannot do without ip."),
    ("configure", "primitive x «@x»", "error", 'There is no resource template "x".'),
    ("configure", "primitive x «Rockets»", "error", 'There is no agent "Rockets".'),
    (
        "configure",
        "primitive x «lxc:y»",
        "error",
        'There is no class "lxc": ocf, stonith, systemd.',
    ),
    ("configure", "primitive x IPaddr2 ip=1 «foo»=1", "error", 'The agent IPaddr2 has no "foo".'),
    (
        "configure",
        "primitive x IPaddr2 ip=1 lvs_support=«maybe»",
        "warning",
        "lvs_support has to be true or false.",
    ),
    ("configure", "primitive x IPaddr2 ip=1 meta «foo»=1", "warning", 'Pacemaker has no "foo".'),
    (
        "configure",
        "primitive x IPaddr2 ip=1 meta priority=«high»",
        "error",
        "a whole number or INF",
    ),
    (
        "configure",
        "primitive x IPaddr2 ip=1 op monitor OCF_CHECK_LEVEL=10 «timeout»=1s",
        "error",
        "timeout has to come before OCF_CHECK_LEVEL",
    ),
    ("configure", "primitive x IPaddr2 ip=1 op monitor interval=«soon»", "error", "a time such as"),
    ("configure", "primitive x IPaddr2 ip=1 op monitor on-fail=«foo»", "error", "one of ignore"),
    ("configure", "primitive x IPaddr2 ip=1 op «nap»", "warning", 'no operation "nap"'),
    ("configure", "group x d «d»", "error", '"d" is named already.'),
    ("configure", "group x «a»", "error", '"a" is a primitive in g'),
    ("configure", "location x «nosuch» inf: n1", "error", 'There is no resource "nosuch".'),
    ("configure", "location x d «inf» n1", "error", '"inf" cannot stand here, but a score'),
    ("configure", "location x d «soon:» n1", "error", '"soon:" is no score'),
    ("configure", "location x d inf: «n3»", "warning", 'There is no node "n3".'),
    ("configure", "location x d role=«Up» inf: n1", "error", '"Up" is no role'),
    ("configure", "location x d rule #uname «is» n1", "error", "a comparison such as eq"),
    ("configure", "colocation x inf: d «vip:start»", "error", '"start" is no role'),
    ("configure", "order x «Maybe:» d vip", "error", '"Maybe:" is no kind of order'),
    ("configure", "order x Mandatory: d «vip:Promoted»", "error", '"Promoted" is no action'),
    ("configure", "rsc_ticket x «T1» d", "error", "needs a colon"),
    ("configure", "property stonith-enabled=«maybe»", "error", "has to be true or false"),
    ("configure", "property «foo»=1", "warning", 'This Pacemaker has no "foo".'),
    ("configure", "fencing_topology n1: «d»", "error", 'There is no fencing device "d".'),
    ("configure", "bundle x «chroot»", "error", '"chroot" is no container'),
    ("configure", "bundle x docker «size»=1", "error", 'A bundle\'s docker has no "size".'),
    ("configure", "role x read «everything»", "error", "a subject such as xpath:, ref: or type:"),
    ("configure", "delete «nosuch»", "error", 'There is no object "nosuch"'),
    ("configure", "modgroup g remove «d»", "error", "that can stand here"),
    ("configure", "primitive x IPaddr2 params $id-ref=«nosuch»", "error", "no list of attributes"),
]


@pytest.mark.parametrize(("level", "marked", "severity", "sentence"), WRONG)
def test_what_is_wrong_is_marked(level: str, marked: str, severity: str, sentence: str) -> None:
    """The very words that are wrong are named, with a sentence that says why."""
    line = marked.replace("«", "").replace("»", "")
    found = lint(tuple(level.split()), line, WORLD)
    finding = next(each for each in found if sentence in each.sentence)
    text = f"{line[: finding.start]}«{line[finding.start : finding.end]}»{line[finding.end :]}"
    assert (text, finding.severity) == (marked, severity)
    assert finding.sentence.endswith(".")
    assert len(found) == 1


RIGHT = [
    ("", ""),
    ("", "# a comment with 'one quote"),
    ("", "node standby n1 reboot"),
    ("", "resource cleanup force"),
    ("", "resource cleanup cl:0 n1"),
    ("", "options wait off"),
    ("", "history node .* xen-1"),
    ("", "cib new try2 force"),
    ("", "script run virtual-ip id=x ip=1 dry_run=yes"),
    ("", "help node standby"),
    ("configure", "node n9 attributes a=1"),
    ("configure", "primitive id=x IPaddr2 ip=1"),
    ("configure", "primitive x @t ip=1.2.3.4"),
    ("configure", "primitive x ocf:acme:Rocket a=1"),
    ("configure", "primitive x systemd:getty@tty1"),
    ("configure", "primitive x IPaddr2 params rule inf: #uname eq n1 ip=1 params 2: ip=2"),
    ("configure", "primitive x IPaddr2 ip=1 op monitor interval=10 timeout=PT20S on-fail=RESTART"),
    ("configure", "primitive x IPaddr2 ip=1 op monitor interval=10s op_params anything=1"),
    ("configure", "primitive x IPaddr2 @vip-instance_attributes-ip"),
    ("configure", "primitive x IPaddr2 ip=1 meta target-role=master resource-stickiness=-INF"),
    ("configure", "location x /web.*/ -inf: n1"),
    ("configure", "location x d rule $id=y role=Promoted rack: defined rack and #uname ne n1"),
    ("configure", "location x d rule inf: date in start=2030-01-01 end=2031-01-01"),
    ("configure", "colocation x -100: ( d vip:Master ) cl:Promoted"),
    ("configure", "colocation x inf: (d vip) cl"),
    ("configure", "order x Serialize: d:start vip"),
    ("configure", "order x 100: d vip symmetrical=false"),
    ("configure", "property set2: anything=1"),
    ("configure", "show type:primitive and vip"),
    ("configure", "role x read type:node attribute:uname"),
    ("configure", "template new vip2 virtual-ip params ip=1"),
    ("configure", "delete --force d"),
]


@pytest.mark.parametrize(("level", "line"), RIGHT)
def test_what_is_right_is_left_alone(level: str, line: str) -> None:
    """Nothing is said of a line that crm takes, old words and seldom forms included."""
    assert lint(tuple(level.split()), line, WORLD) == ()


@pytest.mark.parametrize(
    ("line", "sentences"),
    [
        ("node stan", []),  # standby is yet to come
        ("node stan ", ['crm would run "standby" for "stan": write it out.']),
        ("node standby n", []),
        ("node standby x", ['There is no node "x".']),
        ("configure primitive x IPaddr2 lvs", ["IPaddr2 cannot do without ip."]),
    ],
)
def test_a_word_may_be_the_beginning_of_another(line: str, sentences: list[str]) -> None:
    """While a line is typed, a word that can become right is not called wrong."""
    assert [found.sentence for found in lint((), line, WORLD, is_whole=False)] == sentences


def test_lines_find_what_those_before_them_leave() -> None:
    """Of several lines each is checked at the level and with the objects that it will find."""
    text = "configure\nprimitive x IPaddr2 \\\n  ip=1\ngroup y x\nprimitive x Dummy\nup\nnode standby n1"
    found = lint((), text, WORLD)
    assert [text[each.start : each.end] for each in found] == ["x"]
    assert text[: found[0].start].endswith("group y x\nprimitive ")


def test_lines_after_cd_are_checked_where_it_leads() -> None:
    """``cd`` leads to another level, as ``up`` and the name of a level do."""
    assert lint((), "cd configure\nprimitive x IPaddr2 ip=1", WORLD) == ()
    (found,) = lint((), "cd configure\nnode standby n1", WORLD)
    assert found.severity == "error"


def test_continued_lines_keep_their_places() -> None:
    """Blanks stand where a line is continued, so that an index means the same place."""
    assert list(logical_lines("a \\\nb\nc")) == [(0, "a   b"), (6, "c")]


def test_the_word_that_crm_would_guess_is_written_out() -> None:
    """For a guess there is one fix; several possible names, and none, have none."""
    fix = written_out((), "node stan n1", None)
    assert fix is not None
    assert ("node stan n1"[fix.start : fix.end], fix.fix) == ("stan", "standby")
    assert written_out((), "node standby n1", None) is None
    assert written_out(("configure",), "pr x", None) is None
    assert written_out((), "# stan", None) is None


def test_what_the_installed_crm_lacks_is_said() -> None:
    """A command of another version of crmsh is told from one that never was."""
    installed = Crmsh(levels={"configure": (InstalledCommand("clone"),)})
    world = replace(WORLD, installed=installed)
    found = lint(("configure",), "ms x d", world)
    assert found[0].sentence == 'The crm that is installed has no command "ms" in configure.'
    assert lint(("configure",), "help", world) == ()


def test_arguments_are_counted_as_crm_counts_them() -> None:
    """The least and most arguments of crm's function for a command are known from crm itself."""
    known = Crmsh(levels={"node": (InstalledCommand("delete", least=1, most=1),)})
    world = replace(WORLD, installed=known)
    few = lint(("node",), "delete", world)
    assert few[0].sentence == "delete needs more arguments: delete NODE."
    assert lint(("node",), "delete", world, is_whole=False) == ()
    many = lint(("node",), "delete n1 n2", world)
    assert many[0].sentence == "delete takes one argument at most."
