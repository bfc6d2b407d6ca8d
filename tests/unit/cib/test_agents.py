"""The parser of what agents and daemons say about themselves."""

from __future__ import annotations

import pytest

from crmtui.cib import agents
from crmtui.cib.agents import AgentOperation
from crmtui.errors import MetadataUnreadable
from tests.unit.completion_world import metadata


def test_reads_a_real_agent() -> None:
    """IPaddr2's metadata gives its description, its required parameter, types and defaults."""
    found = metadata("IPaddr2")
    assert found.name == "IPaddr2"
    assert found.shortdesc == "Manages virtual IPv4 and IPv6 addresses (Linux specific version)"
    assert [p.name for p in found.parameters if p.is_required] == ["ip"]
    support = found.parameter("lvs_support")
    assert support is not None
    assert (support.type, support.default) == ("boolean", "false")
    assert "\n" in support.longdesc
    assert "\n" not in support.shortdesc


def test_reads_the_actions() -> None:
    """Stateful advises a monitor for each role, each with its own interval."""
    monitors = [a for a in metadata("Stateful").actions if a.name == "monitor"]
    assert monitors == [
        AgentOperation("monitor", "20s", "10s", "Promoted", "0"),
        AgentOperation("monitor", "20s", "11s", "Unpromoted", "0"),
    ]
    assert monitors[0].advised() == (("interval", "10s"), ("timeout", "20s"), ("role", "Promoted"))


def test_reads_choices_and_marks() -> None:
    """A fence agent's select has its options, and its obsolete parameters are marked."""
    found = metadata("fence_sbd")
    method = found.parameter("method")
    assert method is not None
    assert (method.choices, method.default) == (("onoff", "cycle"), "cycle")
    assert [p.name for p in found.parameters if p.is_deprecated] == ["port", "debug"]
    assert found.shortdesc == "Fence agent for sbd"


@pytest.mark.parametrize("file", ["schedulerd-2.1.5", "cluster-options-3.0.0"])
def test_reads_properties_of_both_generations(file: str) -> None:
    """Cluster properties are read from the daemons of 2.1 and from crm_attribute of 3.0 alike."""
    found = metadata(file)
    policy = found.parameter("no-quorum-policy")
    fencing = found.parameter("stonith-enabled")
    assert policy is not None
    assert policy.choices[:2] == ("stop", "freeze")
    assert fencing is not None
    assert fencing.is_advanced
    assert not fencing.shortdesc.startswith("*")


def test_marks_what_the_cluster_sets_itself() -> None:
    """The properties that Pacemaker writes are told from those that people set."""
    generated = [p.name for p in metadata("cluster-options-3.0.0").parameters if p.is_generated]
    assert generated == ["dc-version", "cluster-infrastructure", "have-watchdog"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "crm_resource: Metadata query failed",
        "<resource-agent>",
        "<cib/>",
        '<!DOCTYPE x [<!ENTITY a "aaaa">]><resource-agent name="&a;"/>',
        "<resource-agent name='x\0'/>",
    ],
)
def test_refuses_what_is_no_metadata(text: str) -> None:
    """Empty, broken, foreign and entity-declaring text is an error of its own, not a crash."""
    with pytest.raises(MetadataUnreadable):
        agents.parse(text)


def test_text_cannot_reach_the_terminal_or_the_command_line() -> None:
    """Escapes are removed from descriptions, and names that crm would take apart are left out."""
    found = agents.parse(
        "<resource-agent name='x'><shortdesc>a\x9b31mb&#10;c</shortdesc><parameters>"
        "<parameter name='ip=1 commit'/><parameter name='&quot;'/><parameter name='ok'/>"
        "<parameter name='ok'><shortdesc>twice</shortdesc></parameter>"
        "</parameters><actions><action/><action name='a b'/></actions></resource-agent>"
    )
    assert found.shortdesc == "a31mb c"
    assert [(p.name, p.shortdesc) for p in found.parameters] == [("ok", "twice")]
    assert found.actions == ()


def test_metadata_without_parameters_is_metadata() -> None:
    """An agent that says only its name has no parameters and no actions."""
    found = agents.parse("<resource-agent name='x'/>")
    assert (found.name, found.parameters, found.actions) == ("x", (), ())
