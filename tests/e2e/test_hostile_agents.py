"""A CIB of unknown origin that names a program as an agent: reading it runs nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.run import Completed, run
from crmtui.backend.queries import knowledge as module
from crmtui.backend.queries.knowledge import RETRY, LiveKnowledge
from crmtui.backend.queries.object_details import DetailsQuestion, find_out
from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.cib.agents import is_agent_name
from crmtui.cib.document import Cib
from crmtui.demo import demo_cib
from crmtui.errors import CibUnreadable
from tests.e2e.test_bad_input import needs_crm
from tests.unit.backend.test_knowledge import FileTarget

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
        with pytest.raises(CibUnreadable, match="is not an agent: ") as refused:
            CibSource.parse("x.xml", _naming(agent))
        assert "not opened" in (refused.value.hint or "")


@pytest.mark.parametrize(
    "name", ["n;touch /tmp/x", "$(touch /tmp/x)", "`id`", "a b", "a|b", "a&quot;b", "a&#10;b"]
)
@pytest.mark.parametrize("attribute", ["id", "uname"])
def test_no_id_is_a_line_for_a_shell(attribute: str, name: str) -> None:
    """A file whose node has a name that a shell would take apart is refused: crm would run it."""
    hostile = re.sub(rb'<node id="[^"]*"', b'<node id="n"', demo_cib(), count=1)
    hostile = re.sub(
        rb'<node id="n" uname="[^"]*"', f'<node {attribute}="{name}"'.encode(), hostile, count=1
    )
    with pytest.raises(CibUnreadable, match=f"whose {attribute} is no name: "):
        CibSource.parse("x.xml", hostile)


def test_the_page_says_that_a_file_runs_nothing(trap: Path, tmp_path: Path) -> None:
    """The page of a resource whose agent lies elsewhere says that it was not run."""
    up = "../" * 12
    sandbox = Sandbox(CibSource.parse("x.xml", _naming(f"ocf:heartbeat:{up}{trap}")))
    try:
        cib = Cib.parse(sandbox.cib.read_text())
        odd = next(
            id_
            for id_, each in cib.objects.objects.items()
            if "trap" in cib.objects.agent_of(id_) and each.kind == "primitive"
        )
        question = DetailsQuestion(cib=None, when=0.0, resource=odd)
        learnt = find_out(sandbox, LiveKnowledge(sandbox), question)
    finally:
        sandbox.close()
    assert not (tmp_path / "sprung").exists()
    assert learnt.agents == {}
    (trouble,) = learnt.troubles
    assert trouble.endswith("it was not run. A file does not choose what runs.")


def test_what_is_installed_later_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An agent that was not there is asked for again after a while, and described then."""
    listed, now = ["Dummy"], [0.0]

    def answer(_: object, argv: tuple[str, ...], **__: object) -> Completed:
        shown = "<resource-agent name='x'/>" if "metadata" in argv[-1] else "\n".join(listed)
        return Completed(0, shown, "")

    monkeypatch.setattr(module, "run", answer)
    knowledge = LiveKnowledge(FileTarget(tmp_path), clock=lambda: now[0])
    assert knowledge.metadata("ocf:acme:new") is None
    listed.append("new")
    assert knowledge.metadata("ocf:acme:new") is None
    now[0] += RETRY
    assert knowledge.metadata("ocf:acme:new") is not None
    assert knowledge.metadata(r"systemd:srv-a\x2db.mount") is not None


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
    """The names that agents really have are taken for names."""
    assert is_agent_name(name)
