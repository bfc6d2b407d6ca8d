"""A CIB of unknown origin that names a program as an agent: looking at it runs nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from crmtui.cluster.agents import is_agent_name
from crmtui.crm.cib_source import CibSource
from crmtui.crm.knowledge import LiveKnowledge
from crmtui.crm.process import run
from crmtui.crm.sandbox import Sandbox
from crmtui.demo import demo_cib
from crmtui.errors import CibUnreadable
from tests.e2e.test_bad_input import needs_crm
from tests.unit.test_knowledge import FileTarget

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """Return a program that leaves a file beside it when it is run."""
    program = tmp_path / "trap"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    program.chmod(0o755)
    return program


def _agents(trap: Path) -> list[str]:
    up = "../" * 12
    return [
        f"ocf:heartbeat:{up}{trap}",
        f"ocf:{up}{trap.parent}:trap",
        f"stonith:{up}{trap}",
        f"ocf:heartbeat:x;touch {trap.parent}/sprung",
        f"ocf:heartbeat:$(touch {trap.parent}/sprung)",
        "ocf:heartbeat:--list-agents",
    ]


def test_no_program_is_asked_about_itself(trap: Path, tmp_path: Path) -> None:
    """Only an agent that the installed Pacemaker lists is asked what it says about itself."""
    knowledge = LiveKnowledge(FileTarget(tmp_path))
    for agent in (*_agents(trap), "ocf:nobody:nothing", "Dummy", "a:b:c:d"):
        assert knowledge.metadata(agent) is None
    assert not (tmp_path / "sprung").exists()
    assert knowledge.metadata("ocf:pacemaker:Dummy") is not None


def _naming(agent: str) -> bytes:
    """Return the demo's CIB with one agent replaced."""
    agent_class, _, name = agent.partition(":")
    provider, _, kind = name.rpartition(":")
    hostile = re.sub(
        rb'class="ocf" provider="heartbeat" type="\w+"',
        f'class="{agent_class}" provider="{provider or "x"}" type="{kind}"'.encode(),
        demo_cib(),
        count=1,
    )
    assert hostile != demo_cib()
    return hostile


def test_a_line_for_a_shell_is_not_opened(trap: Path) -> None:
    """A file that has a line for a shell in place of an agent is refused: crm would run it."""
    for agent in _agents(trap)[3:]:
        with pytest.raises(CibUnreadable, match="that is no agent: ") as refused:
            CibSource.parse("x.xml", _naming(agent))
        assert "not opened" in (refused.value.hint or "")


@needs_crm()
def test_crm_runs_no_path(trap: Path, tmp_path: Path) -> None:
    """Crm verifies a configuration that names a path as an agent, and runs nothing of it."""
    for agent in _agents(trap)[:3]:
        sandbox = Sandbox(CibSource.parse("x.xml", _naming(agent)))
        try:
            run(sandbox, ("crm", "configure", "verify"))
            asked = run(sandbox, ("crm_resource", "--show-metadata", agent))
            assert asked.status == 105
        finally:
            sandbox.close()
    assert not (tmp_path / "sprung").exists()
    sandbox = Sandbox(CibSource.parse("demo", demo_cib()))
    try:
        asked = run(sandbox, ("crm_resource", "--show-metadata=ocf:pacemaker:Dummy"))
        assert "<resource-agent" in asked.output
    finally:
        sandbox.close()


@pytest.mark.parametrize(
    "name", ["IPaddr2", "fence_ipmilan", "external/ssh", "nginx@blue", "hwclock.sh", "o2cb", "c++"]
)
def test_real_names_are_names(name: str) -> None:
    """What agents are really called is taken for a name."""
    assert is_agent_name(name)
