"""Failures as the reason why something does not run, with what the agent said and what to do first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

import pytest

from crmtui.backend.scheduler.why import explain
from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.forecast.why_answer import to_text

if TYPE_CHECKING:
    from crmtui.forecast.why_answer import WhyAnswer

_HEAD = """<cib crm_feature_set="3.16.2" validate-with="pacemaker-3.9" epoch="9" num_updates="3"
 admin_epoch="0" have-quorum="1" dc-uuid="1"><configuration>
<crm_config><cluster_property_set id="c"><nvpair id="s" name="stonith-enabled" value="false"/>
</cluster_property_set></crm_config>
<nodes><node id="1" uname="n1"/><node id="2" uname="n2"/></nodes>
<resources>{resources}</resources>
<constraints>{constraints}</constraints></configuration><status>{status}</status></cib>"""
_DUMMY = '<primitive id="{}" class="ocf" provider="pacemaker" type="Dummy"/>'
_GROUP = f'<group id="webservice">{_DUMMY.format("webip")}{_DUMMY.format("webserver")}</group>'
_ONLY_N1 = '<rsc_location id="not-n2" rsc="{}" node="n2" score="-INFINITY"/>'
_MAGIC = "1:1:{}:aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa"


def _operation(name: str, key: str, task: str, status: int, reason: str = "") -> str:
    expected = 7 if task == "monitor" else 0
    return (
        f'<lrm_rsc_op id="{name}_{key}_0" operation_key="{name}_{task}_0" operation="{task}" '
        f'crm_feature_set="3.16.2" transition-key="{_MAGIC.format(expected)}" '
        f'transition-magic="0:{status};{_MAGIC.format(expected)}" call-id="{4 + status}" '
        f'rc-code="{status}" op-status="0" interval="0" last-rc-change="1700000000" '
        f'exit-reason={quoteattr(reason)} on_node="n1" op-digest="f2317cad3d54cec5d7d7aa7d0bf35cf8"/>'
    )


def _node(number: int, histories: str = "", attributes: str = "") -> str:
    return (
        f'<node_state id="{number}" uname="n{number}" in_ccm="true" crmd="online" join="member" '
        f'expected="member"><lrm id="{number}"><lrm_resources>{histories}</lrm_resources></lrm>'
        f'<transient_attributes id="{number}"><instance_attributes id="status-{number}">{attributes}'
        "</instance_attributes></transient_attributes></node_state>"
    )


def _history(name: str, operations: str) -> str:
    return (
        f'<lrm_resource id="{name}" type="Dummy" class="ocf" provider="pacemaker">{operations}'
        "</lrm_resource>"
    )


def _failed_start(name: str, status: int, reason: str) -> str:
    """Return the state of n1 after a start of ``name`` failed there and it was stopped."""
    failed = _operation(name, "last_failure", "start", status, reason)
    count = (
        f'<nvpair id="f" name="fail-count-{name}#start_0" value="INFINITY"/>'
        f'<nvpair id="l" name="last-failure-{name}#start_0" value="1700000000"/>'
    )
    return _node(1, _history(name, failed + _operation(name, "last", "stop", 0)), count) + _node(2)


def _explained(resource: str, resources: str, constraints: str, status: str) -> WhyAnswer:
    text = _HEAD.format(resources=resources, constraints=constraints, status=status)
    sandbox = Sandbox(CibSource.parse("failures", text.encode()))
    try:
        return explain(sandbox, resource)
    finally:
        sandbox.close()


@pytest.mark.parametrize("asked", ["webservice", "webip", "webserver"])
def test_a_group_is_held_by_the_member_that_failed(asked: str) -> None:
    """Asked of a group, of its member and of the one behind that, the fail count is proved."""
    said = to_text(
        _explained(
            asked,
            _GROUP,
            _ONLY_N1.format("webservice"),
            _failed_start("webip", 1, "no such device"),
        )
    )
    assert "proved:   webip failed too often on n1 (start: no such device)" in said
    assert "crm resource cleanup webip n1" in said
    assert "I don't know" not in said


def test_a_clone_is_held_by_what_is_in_it() -> None:
    """Asked of a clone, the failure of its primitive is proved for the node it is missing on."""
    clone = f'<clone id="web-clone">{_DUMMY.format("web")}</clone>'
    said = to_text(_explained("web-clone", clone, "", _failed_start("web", 1, "port is taken")))
    assert "web-clone would not run on n1, because\n  proved:   web failed too often on n1" in said
    assert "(start: port is taken)" in said


@pytest.mark.parametrize("asked", ["webservice", "webip"])
def test_a_program_that_is_missing_is_named_and_installed_first(asked: str) -> None:
    """An agent that is there and says not installed: what it misses, where, and what to do first."""
    said = to_text(
        _explained(
            asked,
            _GROUP,
            _ONLY_N1.format("webservice"),
            _failed_start("webip", 5, "couldn't find command: ifconfig"),
        )
    )
    cause = (
        '  proved:   webip cannot run on n1, where its start ended with "not installed": '
        "couldn't find command: ifconfig\n"
        "      Install what is missing on n1; a clean-up before fails again.\n"
        "      crm resource cleanup webip n1"
    )
    assert cause in said
    assert "agent is not installed" not in said
    assert "too often" not in said


def test_without_a_reason_the_agent_or_a_program_may_be_missing() -> None:
    """If the agent gave no reason, nothing is claimed that is not known."""
    said = to_text(
        _explained("web", _DUMMY.format("web"), _ONLY_N1.format("web"), _failed_start("web", 5, ""))
    )
    assert '"not installed": its agent, or a program that it needs, is missing there' in said


def test_a_refused_configuration_holds_on_every_node() -> None:
    """Not configured, said on one node, keeps a resource from all, and is found for each of them."""
    said = to_text(
        _explained("web", _DUMMY.format("web"), "", _failed_start("web", 6, "no ip is given"))
    )
    assert (
        'proved:   web cannot run on n1, where its start ended with "not configured": '
        "no ip is given" in said
    )


def test_a_reason_is_shown_on_one_line_without_escapes() -> None:
    """Words of an agent reach the terminal as text only."""
    said = to_text(
        _explained(
            "web",
            _DUMMY.format("web"),
            _ONLY_N1.format("web"),
            _failed_start("web", 1, "a\u202eb\u009bc"),
        )
    )
    assert "(start: abc)" in said


def test_a_container_of_a_bundle_that_failed_is_the_reason() -> None:
    """Of a bundle Pacemaker's own resources are asked, too."""
    bundle = '<bundle id="web"><docker image="web:1" replicas="1"/></bundle>'
    said = to_text(
        _explained("web", bundle, "", _failed_start("web-docker-0", 5, "no docker here"))
    )
    assert "web-docker-0 cannot run on n1" in said
