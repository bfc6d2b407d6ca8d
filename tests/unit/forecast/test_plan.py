"""The plan of a trial: what Pacemaker's tools, or crm, would do on a copy for a line."""

from __future__ import annotations

import pytest

from crmtui.cib.document import Cib
from crmtui.forecast.down import down
from crmtui.forecast.plan import change_of
from crmtui.forecast.steps import (
    Configured,
    Down,
    Settle,
    Step,
    Tool,
    TrialPlan,
    Typed,
    Unforeseeable,
)

_CIB = Cib.parse(
    """
<cib><configuration>
  <crm_config/>
  <nodes><node id="1" uname="n1"/><node id="2" uname="n2"/></nodes>
  <resources>
    <primitive id="ip" class="ocf" provider="heartbeat" type="IPaddr2"/>
    <group id="g">
      <primitive id="fs" class="ocf" provider="heartbeat" type="Filesystem"/>
      <primitive id="app" class="ocf" provider="pacemaker" type="Dummy">
        <meta_attributes id="app-m"><nvpair id="a" name="is-managed" value="false"/></meta_attributes>
      </primitive>
    </group>
    <clone id="db-clone">
      <meta_attributes id="db-m"><nvpair id="p" name="promotable" value="true"/></meta_attributes>
      <primitive id="db" class="ocf" provider="pacemaker" type="Stateful"/>
    </clone>
    <clone id="dlm-clone"><primitive id="dlm" class="ocf" provider="pacemaker" type="Dummy"/></clone>
  </resources>
  <constraints/>
</configuration><status>
  <node_state id="1" uname="n1" crmd="online"/><node_state id="2" uname="n2" crmd="offline"/>
</status></cib>
"""
)
_CONFIGURATION = _CIB.objects
_DELETE = "cibadmin --delete-all --force --xpath "


def _plan(line: str, level: tuple[str, ...] = (), staged: tuple[str, ...] = ()) -> TrialPlan:
    plan = change_of(_CONFIGURATION, level, line, staged)
    assert isinstance(plan, TrialPlan), plan
    return plan


def _words(step: Step) -> str:
    return " ".join(step.argv) if isinstance(step, Tool) else repr(step)


def _attribute(section: str, node: str, name: str, change: str) -> str:
    return f"crm_attribute -q -t {section} -N {node} -n {name} {change}"


def _meta(resource: str, name: str, value: str) -> str:
    change = f"--set-parameter {name} --parameter-value {value} --force"
    return f"crm_resource --quiet --meta --resource {resource} {change}"


@pytest.mark.parametrize(
    ("line", "steps"),
    [
        (
            "node standby n1",
            [
                _attribute("status", "n1", "standby", "-D"),
                _attribute("nodes", "n1", "standby", "-v on"),
            ],
        ),
        (
            "node standby n1 reboot",
            [
                _attribute("nodes", "n1", "standby", "-D"),
                _attribute("status", "n1", "standby", "-v on"),
            ],
        ),
        (
            "node online n1",
            [
                _attribute("nodes", "n1", "standby", "-v off"),
                _attribute("status", "n1", "standby", "-D"),
            ],
        ),
        ("node maintenance n2", [_attribute("nodes", "n2", "maintenance", "-v true")]),
        ("node ready n2", [_attribute("nodes", "n2", "maintenance", "-v off")]),
        ("node fence n2", [_attribute("status", "n2", "terminate", "-v true")]),
        ("node attribute n1 set rack 3", [_attribute("nodes", "n1", "rack", "-v 3")]),
        ("node attribute n1 delete rack", [_attribute("nodes", "n1", "rack", "-D")]),
        ("node status-attr n1 set pingd 3", [_attribute("status", "n1", "pingd", "-v 3")]),
        ("resource start ip", [_meta("ip", "target-role", "Started")]),
        (
            "resource stop ip g",
            [
                _meta("ip", "target-role", "Stopped"),
                _meta("g", "target-role", "Stopped"),
            ],
        ),
        ("resource stop fs", [_meta("fs", "target-role", "Stopped")]),
        ("resource stop db", [_meta("db-clone", "target-role", "Stopped")]),
        (
            "resource restart ip",
            [
                _meta("ip", "target-role", "Stopped"),
                repr(Settle()),
                _meta("ip", "target-role", "Started"),
            ],
        ),
        ("resource promote db-clone", [_meta("db-clone", "target-role", "Promoted")]),
        ("resource demote db-clone", [_meta("db-clone", "target-role", "Unpromoted")]),
        ("resource unmanage ip", [_meta("ip", "is-managed", "false")]),
        ("resource maintenance ip", [_meta("ip", "maintenance", "true")]),
        ("resource maintenance ip off", [_meta("ip", "maintenance", "false")]),
        ("resource move ip n2", ["crm_resource --quiet --move --resource ip --node n2"]),
        ("resource move ip force", ["crm_resource --quiet --move --resource ip --force"]),
        ("resource ban ip", ["crm_resource --quiet --ban --resource ip"]),
        (
            "resource ban ip n1 PT5M",
            ["crm_resource --quiet --ban --resource ip --node n1 --lifetime PT5M"],
        ),
        ("resource clear ip", ["crm_resource --quiet --clear --resource ip"]),
        (
            "resource param ip set ip 10.0.0.9",
            ["crm_resource --quiet --resource ip --set-parameter ip --parameter-value 10.0.0.9"],
        ),
        (
            "resource utilization ip delete cpu",
            ["crm_resource --quiet --utilization --resource ip --delete-parameter cpu"],
        ),
        ("configure upgrade", ["cibadmin --upgrade --force"]),
        ("configure delete --force ip", [repr(Configured(("delete ip",)))]),
        ("configure delete --force 'a b'", [repr(Configured(('delete "a b"',)))]),
        ("configure property a=b", [repr(Configured(("property a=b",)))]),
    ],
)
def test_the_steps_of_a_line(line: str, steps: list[str]) -> None:
    """Each verb has the tools that do the same as crm, on the object that crm would change."""
    assert [_words(step) for step in _plan(line).steps] == steps


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("node standby n9", "there is no node n9"),
        ("node standby n1 n9", "there is no node n9"),
        ("node online n9", "there is no node n9"),
        ("node maintenance ip", "there is no node ip"),
        ("node clearstate n9", "there is no node n9"),
        ("node attribute n9 set a b", "there is no node n9"),
        ("resource start nosuch", "there is no resource nosuch"),
        ("resource restart nosuch", "there is no resource nosuch"),
        ("resource promote nosuch", "there is no resource nosuch"),
        ("resource promote dlm-clone", "dlm-clone is no promotable clone"),
        ("resource demote ip", "ip is no promotable clone"),
        ("resource move nosuch n1", "there is no resource nosuch"),
        ("resource move ip n9", "there is no node n9"),
        ("resource move ip", "no node is named"),
        ("resource clear nosuch", "there is no resource nosuch"),
        ("resource maintenance nosuch", "there is no resource nosuch"),
        ("resource param nosuch set a b", "there is no resource nosuch"),
        ("resource cleanup nosuch", "there is no resource nosuch"),
        ("resource cleanup ip n9", "there is no node n9"),
        ("resource start 'ip", "the line is not complete (no closing quotation)"),
        ("configure delete --force 'a\tb'", "configure delete: a name has a tab in it"),
        ("resource nonsense ip", '"nonsense" is no command here'),
        ("cluster stop", "cluster stop acts outside of the CIB, or is not known well enough"),
        ("node standby n1\nresource start nosuch", "there is no resource nosuch"),
    ],
)
def test_a_line_without_a_forecast_says_why(line: str, reason: str) -> None:
    """An object that is missing, or a command that acts elsewhere, is named."""
    assert change_of(_CONFIGURATION, (), line) == Unforeseeable(reason)


@pytest.mark.parametrize(
    "line",
    [
        "node standby --all",
        "node online --all",
        "node maintenance n1 n2",
        "resource unmanage db-clone fs n1",
        "resource maintenance app",
        "resource promote db-clone db",
        "resource maintenance ip perhaps",
        "resource param ip show a",
        "resource move ip a b c",
        "resource move ip a b",
        "resource clear ip g",
        "node attribute n1 show a",
        "node attribute n1 set a",
        "resource start 'i p'",
        "resource cleanup ip n1 more",
        "node clearstate n1 n2",
    ],
)
def test_what_the_tools_cannot_do_as_crm_does_is_left_to_crm(line: str) -> None:
    """The tools are never used for what crm asks about, guesses, or does to more than one object."""
    plan = change_of(_CONFIGURATION, (), line)

    assert isinstance(plan, Unforeseeable) or all(isinstance(each, Typed) for each in plan.steps)


def test_a_clean_up_forgets_failures_and_fail_counts_of_each_member() -> None:
    """The history of one primitive is gone from one node, or from all."""
    assert [_words(step) for step in _plan("resource cleanup ip n1").steps] == [
        f"{_DELETE}//node_state[@uname='n1']//lrm_resource[@id='ip' or starts-with(@id,'ip:')]"
        "/lrm_rsc_op[contains(@id,'_last_failure_') and @rc-code!='0' and @rc-code!='8']",
        f"{_DELETE}//node_state[@uname='n1']//transient_attributes//nvpair"
        "[starts-with(@name,'fail-count-ip#') or starts-with(@name,'last-failure-ip#')]",
    ]
    assert len(_plan("resource cleanup g").steps) == 4
    assert len(_plan("resource cleanup").steps) == 2
    assert _plan("resource cleanup").caveats == ()
    assert "taken for granted" in _plan("resource refresh ip").caveats[0]


def test_a_cleared_node_is_taken_for_down() -> None:
    """The administrator's word is taken for it, and the forecast says so."""
    plan = _plan("node clearstate n2")

    assert plan.steps[-1] == Down("n2")
    assert "be sure that it is" in plan.caveats[0]


@pytest.mark.parametrize(("node", "count"), [("n1", 0), ("n2", 3), ("n9", 0)])
def test_only_an_offline_node_is_marked_as_down(node: str, count: int) -> None:
    """An online node keeps its history."""
    commands = list(down(_CIB, node))

    assert len(commands) == count
    assert all('id="2"' in each[-1] for each in commands)


def test_several_lines_are_one_plan() -> None:
    """Steps come in order; a line that only reads has none."""
    plan = _plan("node standby n1\n\nresource stop ip")

    assert len(plan.steps) == 3
    assert not plan.is_reading
    assert _plan("# resource start ip").is_reading
    assert _plan("status").is_reading
    assert _plan("resource status").is_reading


def test_lines_that_are_staged_come_first_and_an_erasure_is_told() -> None:
    """Lines that wait in configure are part of the trial; until commit nothing happens."""
    inside = _plan("erase", ("configure",), ("property a=b",))
    committed = _plan("commit", ("configure",), ("property a=b", "erase"))

    assert inside.steps == (Configured(("property a=b", "erase")),)
    assert inside.is_erasure
    assert inside.is_deferred
    assert committed.steps == (Configured(("property a=b", "erase")),)
    assert committed.is_erasure
    assert not _plan("commit", ("configure",)).steps


@pytest.mark.parametrize(
    ("line", "is_erasure"),
    [("erase", True), ("'erase'", True), ("er\\ase", True), ("primitive erase Dummy", False)],
)
def test_an_erasure_is_told_by_its_command(line: str, is_erasure: bool) -> None:
    """Quotes and names of resources make no difference."""
    assert _plan("commit", ("configure",), (line,)).is_erasure is is_erasure
    assert _plan(line, ("configure",)).is_erasure is is_erasure
