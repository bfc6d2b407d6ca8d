"""Findings of the doctor from what is there, and from what is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import resources
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from crmtui.doctor.doctor_finding import WIDTH, DoctorFinding, Report, to_json, to_text
from crmtui.doctor.programs import PROGRAMS, Family, family, programs
from crmtui.doctor.rights import User, rights
from crmtui.doctor.terminal import TerminalAbilities, terminal

if TYPE_CHECKING:
    from pathlib import Path

_ALL = {program.name: f"/usr/sbin/{program.name}" for program in PROGRAMS}
_ACLS = ElementTree.fromstring("""
<acls>
  <acl_role id="look"><acl_permission id="a" kind="read" xpath="/cib"/></acl_role>
  <acl_role id="run"><acl_permission id="b" kind="write" xpath="//resources"/></acl_role>
  <acl_target id="eve"><role id="look"/></acl_target>
  <acl_target id="bob"><role id="look"/><role id="run"/></acl_target>
  <acl_group id="ops"><role id="run"/></acl_group>
</acls>
""")


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (["debian"], "debian"),
        (["ubuntu", "debian"], "debian"),
        (["linuxmint", "ubuntu"], "debian"),
        (["opensuse-leap", "suse", "opensuse"], "suse"),
        (["sles"], "suse"),
        (["fedora"], ""),
        ([], ""),
    ],
)
def test_whose_packages_a_system_has(ids: list[str], expected: Family) -> None:
    """Derivatives go by what they are like; of what is not known nothing is guessed."""
    assert family(ids) == expected


def test_what_is_there_is_well_with_version_and_place() -> None:
    """A program that is installed is well, and says where it lies and which version it is."""
    found = programs(_ALL, {"crm": "crm 4.4.1"}, "debian", is_node=True)

    assert {finding.state for finding in found} == {"ok"}
    assert found[0].said == "crm 4.4.1, /usr/sbin/crm"


@pytest.mark.parametrize(
    ("where", "fix"),
    [
        ("debian", "apt-get install pacemaker-cli-utils"),
        ("suse", "zypper install pacemaker-cli"),
        ("", "apt-get install pacemaker-cli-utils\nzypper install pacemaker-cli"),
    ],
)
def test_what_is_missing_says_what_it_costs_and_how_to_get_it(where: Family, fix: str) -> None:
    """A missing program names the feature that is off and the command of this system."""
    paths = {name: path for name, path in _ALL.items() if name not in ("crm_simulate", "crm_diff")}
    found = {each.name: each for each in programs(paths, {}, where, is_node=True)}

    assert found["crm_simulate"].state == "bad"
    assert "forecasts" in found["crm_simulate"].costs
    assert found["crm_simulate"].fix == fix
    assert found["crm_diff"].state == "off"


def test_a_sandbox_needs_no_corosync() -> None:
    """Without daemons, what only speaks to daemons is not missed."""
    names = {finding.name for finding in programs({}, {}, "", is_node=False)}

    assert "crm_mon" in names
    assert "corosync-quorumtool" not in names


@pytest.mark.parametrize(
    ("user", "state", "fix"),
    [
        (User("root", ("root",)), "ok", ""),
        (User("bob", ("users", "haclient")), "ok", ""),
        (User("bob", ("users",)), "bad", "usermod -aG haclient bob"),
        (User("bob", ("users",), is_enlisted=True), "bad", "newgrp haclient (or log in again)"),
    ],
)
def test_who_is_let_in(user: User, state: str, fix: str) -> None:
    """Root and members of haclient are let in; who became one since they logged in is told so."""
    first = next(iter(rights(user, reads=False, acls=None, has_acls=False)))

    assert (first.state, first.fix) == (state, fix)


@pytest.mark.parametrize(
    ("name", "groups", "state", "word"),
    [
        ("root", ("root",), "ok", "yes"),
        ("bob", ("haclient",), "ok", "role run"),
        ("amy", ("haclient", "ops"), "ok", "role run"),
        ("eve", ("haclient",), "off", "writes nothing"),
        ("ann", ("haclient",), "off", "not known"),
    ],
)
def test_who_may_change_the_cib(name: str, groups: tuple[str, ...], state: str, word: str) -> None:
    """Access control lists decide, for everybody but root."""
    *_, last = rights(User(name, groups), reads=True, acls=_ACLS, has_acls=True)

    assert last.name == "change the CIB"
    assert last.state == state
    assert word in last.said


def _seen(
    term: str = "xterm-256color",
    size: tuple[int, int] | None = (160, 50),
    colours: str = "truecolor",
    *,
    is_utf8: bool = True,
    has_no_color: bool = False,
) -> TerminalAbilities:
    return TerminalAbilities(term, size, colours, is_utf8, has_no_color)


@pytest.mark.parametrize(
    ("seen", "name", "state"),
    [
        (_seen(term="dumb"), "TERM", "bad"),
        (_seen(size=(39, 24)), "size", "bad"),
        (_seen(size=(80, 24)), "size", "ok"),
        (_seen(colours="standard"), "colours", "off"),
        (_seen(colours=""), "colours", "off"),
        (_seen(colours="256"), "colours", "ok"),
        (_seen(has_no_color=True), "colours", "off"),
        (_seen(is_utf8=False), "characters", "off"),
        (_seen(size=None), "terminal", "off"),
    ],
)
def test_what_a_terminal_can_show(seen: TerminalAbilities, name: str, state: str) -> None:
    """A lack that forbids to draw the screen is bad; one that makes it plainer is a feature off."""
    found = {finding.name: finding for finding in terminal(seen, (40, 12))}

    assert found[name].state == state
    assert bool(found[name].fix) == (state != "ok")


_REPORT = Report(
    "1.0",
    "LIVE",
    "n1",
    (
        DoctorFinding("Programs", "crm", "ok", "4.4.1"),
        DoctorFinding(
            "Programs", "crm_simulate", "bad", "not installed", "forecasts", "apt-get x\nzypper y"
        ),
        DoctorFinding("Terminal", "colours", "off", "a very long explanation " * 6, "shades"),
    ),
)


def test_the_report_reads_well() -> None:
    """Each finding has its word, what is off and the commands that mend it, in 80 columns."""
    text = to_text(_REPORT)

    assert all(len(line) <= WIDTH for line in text.splitlines())
    assert "  ok  crm                  4.4.1\n" in text
    assert "  BAD crm_simulate         not installed\n" in text
    assert "off: forecasts\n" in text
    assert "fix: apt-get x\n" in text
    assert text.endswith("1 thing has to be mended; 1 feature is off.\n")


def test_the_report_as_json_says_whether_all_is_well() -> None:
    """Programs read the same from JSON."""
    told = json.loads(json.dumps(to_json(_REPORT)))

    assert told["well"] is False
    assert told["target"] == {"kind": "LIVE", "name": "n1"}
    assert told["findings"][1]["fix"] == "apt-get x\nzypper y"


def test_features_that_are_off_are_no_illness() -> None:
    """Only what has to be mended makes it unwell."""
    report = Report("1.0", "LIVE", "n1", (_REPORT.findings[0], _REPORT.findings[2]))

    assert report.is_well
    assert report.summary == "All is well; 1 feature is off."


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_folder_that_is_not_used_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another user's folder in the environment is said on standard error and in the report."""
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    os.chown(foreign, 65534, -1)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(foreign))
    demo = resources.files("crmtui.demo").joinpath("demo.xml")
    argv = [sys.executable, "-m", "crmtui", "doctor", "--format", "json", "--cib", str(demo)]

    done = subprocess.run(argv, capture_output=True, text=True, check=False)

    said = f"not in {foreign}/crmtui, since {foreign} belongs to "
    assert said in done.stderr
    findings = {each["name"]: each for each in json.loads(done.stdout)["findings"]}
    assert findings["runtime"]["state"] == "off"
    assert said in findings["runtime"]["said"]
    assert findings["state"]["state"] == "ok"
    assert list(foreign.iterdir()) == []
