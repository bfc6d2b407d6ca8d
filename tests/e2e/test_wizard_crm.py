"""Statements of the wizard on the real crm: read as they were meant, and verified, for every agent."""

from __future__ import annotations

import os
import subprocess
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from crmtui.cib import agents
from crmtui.cli.program import crmtui
from crmtui.errors import MetadataUnreadable
from crmtui.wizard.facts import Facts
from crmtui.wizard.resource_form import ResourceForm, presets
from crmtui.wizard.statements import Statement, StatementSection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from crmtui.wizard.fields import Field

EMPTY = """<cib validate-with="pacemaker-3.0" admin_epoch="0" epoch="1" num_updates="0"><configuration>
<crm_config/><nodes/><resources/><constraints/></configuration><status/></cib>"""
VALUES = (
    "two words", "it's", 'say "hi"', "both ' and \"", "back\\slash", "\\", "ünïcödé 日本",
    "$HOME `id` $(id)", "a=b=c", "#x", "C:", "a:b:", "x;y|z&", "*?[a]{b}(c)<d>", "-n", "'", '"',
    "rule", "op", " lead", "trail ",
)  # fmt: skip
PLAUSIBLE = {
    "address": "10.0.0.9", "integer": "7", "seconds": "7", "time": "7s", "boolean": "true",
    "interface": "eth0", "node": "n1", "nodes": "n1", "file": "/tmp/a file", "score": "10",
}  # fmt: skip
UNREADABLE = frozenset({"ocf:heartbeat:AoEtarget"})
"""Agents whose metadata crmsh 4.4 itself cannot read, so that it says they do not exist."""
SAMPLE = ("IPaddr2", "nginx", "Filesystem", "Stateful", "fence_ipmilan", "apcmastersnmp", "pgsql")


@pytest.fixture
def crm(tmp_path: Path) -> Callable[[Iterable[str]], tuple[ET.Element, str]]:
    """Return a function that runs lines in ``configure`` on a scratch CIB: the CIB, what crm said."""

    def run(lines: Iterable[str]) -> tuple[ET.Element, str]:
        cib, file = tmp_path / "cib.xml", tmp_path / "lines"
        if not cib.exists():
            cib.write_text(EMPTY)
        file.write_text("\n".join(["configure", *lines]) + "\n", encoding="utf-8")
        env = {**os.environ, "CIB_file": str(cib), "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
        argv = ["crm", "-D", "plain", "-f", str(file)]
        done = subprocess.run(argv, env=env, capture_output=True, text=True, check=False)
        return ET.parse(cib).getroot(), done.stdout + done.stderr

    return run


def test_crm_reads_every_value_as_it_was_meant(
    crm: Callable[[Iterable[str]], tuple[ET.Element, str]],
) -> None:
    """Quotes, blanks, backslashes, other alphabets and what looks like a score arrive unchanged."""
    statements = [
        Statement(
            ("primitive", f"r{number}", "ocf:heartbeat:Dummy"),
            (
                StatementSection("params", (f"state={value}",)),
                StatementSection("op", ("monitor", "interval=10s")),
            ),
        )
        for number, value in enumerate(VALUES)
    ]
    cib, said = crm(["property stonith-enabled=false", *(made.line() for made in statements)])
    assert "ERROR: syntax" not in said
    found = {p.get("id"): p.find("instance_attributes/nvpair") for p in cib.iter("primitive")}
    for number, value in enumerate(VALUES):
        pair = found[f"r{number}"]
        assert pair is not None
        assert (pair.get("name"), pair.get("value")) == ("state", value)


def _agents() -> list[str]:
    def listed(scope: str) -> list[str]:
        argv = ["crm_resource", f"--list-agents={scope}"]
        done = subprocess.run(argv, capture_output=True, text=True, check=False)
        return [f"{scope}:{name}" for name in done.stdout.split()] if done.returncode == 0 else []

    scopes = ("ocf:heartbeat", "ocf:pacemaker", "stonith", "systemd")
    return [name for scope in scopes for name in listed(scope)]


def _metadata(agent: str) -> agents.AgentMetadata | None:
    argv = ["crm_resource", f"--show-metadata={agent}"]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    try:
        return agents.parse(done.stdout)
    except MetadataUnreadable:
        return None


def _plausible(field: Field) -> str:
    first = field.choices[0] if field.choices else ""
    return field.default or first or PLAUSIBLE.get(field.kind, 'va\'lue "x" ü:')


def _line(agent: str, metadata: agents.AgentMetadata, name: str) -> str:
    form = ResourceForm(agent, metadata, Facts())
    answers = {**presets(agent, metadata), "id": name}
    fields = [field for step in form.steps(answers) for field in step.fields]
    answers |= {f.key: _plausible(f) for f in fields if f.is_required and not answers.get(f.key)}
    assert [p.sentence for p in form.problems(answers) if p.is_error] == []
    (command,) = form.commands(answers)
    return command.line()


@pytest.mark.parametrize("scope", ["sample", pytest.param("every", marks=pytest.mark.exhaustive)])
def test_every_agent_passes_verify(
    crm: Callable[[Iterable[str]], tuple[ET.Element, str]], scope: str
) -> None:
    """The form of each installed agent builds from its metadata, and crm verifies and commits it."""
    installed = [
        name for name in _agents() if scope == "every" or name.rpartition(":")[2] in SAMPLE
    ]
    described = {name: _metadata(name) for name in installed if name not in UNREADABLE}
    known = {name: metadata for name, metadata in described.items() if metadata is not None}
    if scope == "every":
        assert len(known) > 150
    lines = [_line(name, metadata, f"r{at}") for at, (name, metadata) in enumerate(known.items())]

    cib, said = crm([*lines, "verify", "commit"])

    assert [line for line in said.splitlines() if "ERROR" in line and "(cluster" not in line] == []
    assert len(cib.findall(".//primitive")) == len(known)


def test_what_replaces_an_object_keeps_the_others(
    crm: Callable[[Iterable[str]], tuple[ET.Element, str]], tmp_path: Path
) -> None:
    """The difference that ``crmtui wizard --edit`` prints leaves group and constraints as they were."""
    crm(
        [
            "property stonith-enabled=false",
            "primitive a ocf:heartbeat:Dummy params fake=1 op monitor interval=10s timeout=20s",
            "primitive b ocf:heartbeat:Dummy params fake=1",
            "group g a b",
            "location l g 100: n1",
        ]
    )
    argv = ["wizard", "--cib", str(tmp_path / "cib.xml"), "--print", "--edit", "a"]
    small = CliRunner().invoke(
        crmtui, [*argv, "--param", "fake=it's 2", "--op", "monitor interval=15s"]
    )
    assert small.output.splitlines() == ['set a.fake "it\'s 2"', "set a.monitor.interval 15s"]
    large = CliRunner().invoke(crmtui, [*argv, "--param", "state=/x y", "--param", "fake="])
    comment, line = large.output.splitlines()
    assert comment.startswith("#")
    (tmp_path / "update").write_text(line)

    cib, _ = crm([*small.output.splitlines(), f"load update {tmp_path / 'update'}"])

    assert [p.get("id") for p in cib.findall(".//group/primitive")] == ["a", "b"]
    pairs = {(p.get("name"), p.get("value")) for p in cib.findall(".//*[@id='a']//nvpair")}
    assert pairs == {("state", "/x y")}
    assert cib.find(".//rsc_location[@rsc='g']") is not None


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["--agent", "IPaddr2", "--id", "x"], "ip is needed."),
        (["--agent", "ocf:heartbeat:nosuch", "--id", "x"], "has no metadata"),
        (["--agent", "Dummy", "--id", "1x"], "cannot be an id"),
        (["--agent", "Dummy", "--id", "x", "--set", "nosuch=1"], "no field nosuch"),
        (["--edit", "nosuch"], "no primitive, group or clone nosuch"),
        (["--form", "nosuch"], "no form nosuch"),
        (["--form", "group", "--id", "g"], "members is needed"),
        (["--agent", "Dummy", "--id", "x", "--param", "state=a\nb"], "a line break"),
    ],
)
def test_what_makes_no_line_says_why(tmp_path: Path, argv: list[str], sentence: str) -> None:
    """Without all it needs, the command prints a sentence and no line, and fails."""
    (tmp_path / "cib.xml").write_text(EMPTY)
    done = CliRunner().invoke(
        crmtui, ["wizard", "--cib", str(tmp_path / "cib.xml"), "--print", *argv]
    )
    assert done.exit_code != 0
    assert sentence in str(done.exception)
    assert done.output == ""
