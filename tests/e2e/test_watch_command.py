"""``crmtui watch`` and ``crmtui doctor`` as a person or a script starts them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from crmtui.backend.queries.doctor_probe import examine
from crmtui.backend.targets.wakeups.pacemaker_log import open_wakeup
from crmtui.demo import demo_cib
from tests.e2e.terminal import CRMTUI, ROOT, environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from crmtui.backend.process.target import Invocation, Target, Wakeup
    from crmtui.lab import Lab


@pytest.fixture
def cib(tmp_path: Path) -> Path:
    """Return a file with the demo's CIB."""
    path = tmp_path / "cib.xml"
    path.write_bytes(demo_cib())
    return path


@pytest.fixture
def watching(cib: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a watch on the file, as JSON lines."""
    child = subprocess.Popen(
        [*CRMTUI, "watch", "--cib", str(cib), "--format", "json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environment(),
    )  # fmt: skip
    yield child
    if child.poll() is None:
        child.kill()
    child.communicate()


def _next(child: subprocess.Popen[str]) -> dict[str, Any]:
    assert child.stdout is not None
    line = child.stdout.readline()
    assert line, child.communicate()[1]
    told = json.loads(line)
    assert isinstance(told, dict)
    return told


def _change(cib: Path, *argv: str) -> None:
    subprocess.run(argv, env={**os.environ, "CIB_file": str(cib)}, check=True, capture_output=True)


def test_a_watch_tells_the_state_each_change_blindness_and_recovery_and_ends_cleanly(
    watching: subprocess.Popen[str], cib: Path
) -> None:
    """Changes of the file by others are told; a broken file is told, too; Ctrl-C is no error."""
    assert _next(watching)["event"] == "state"

    _change(cib, "crm_attribute", "-n", "priority-fencing-delay", "-v", "7s")
    told = _next(watching)
    assert told["kind"] == "configuration"
    assert "priority-fencing-delay" in json.dumps(told)

    whole = cib.read_bytes()
    cib.write_bytes(b"<cib")
    while told["event"] != "sight":
        told = _next(watching)
    assert told["word"] == "STALE"
    assert "well-formed" in told["reason"]

    cib.write_bytes(whole)
    assert _next(watching)["word"] == ""

    watching.send_signal(signal.SIGINT)
    _, errors = watching.communicate(timeout=30)
    assert (watching.returncode, errors) == (0, "")


def test_a_watch_tells_that_the_status_goes_and_comes(
    watching: subprocess.Popen[str], cib: Path
) -> None:
    """Without a status section the state of the file is an assumption, and that is said."""
    assert _next(watching)["state"]["cluster"]["assumed"] is False
    whole = cib.read_bytes()
    head, _, tail = whole.partition(b"<status>")
    for content, is_assumed in ((head + tail.partition(b"</status>")[2], True), (whole, False)):
        cib.write_bytes(content)
        while (told := _next(watching))["event"] != "status":
            assert told["event"] != "state"
        assert told["assumed"] is is_assumed


def test_a_watch_ends_when_nobody_reads_it_any_more(watching: subprocess.Popen[str]) -> None:
    """A closed pipe ends it without a word, also while nothing happens."""
    assert watching.stdout is not None
    assert _next(watching)["event"] == "state"
    watching.stdout.close()

    assert watching.wait(30) == 0
    assert watching.stderr is not None
    assert watching.stderr.read() == ""


def _doctor(*options: str, **variables: str) -> tuple[int, dict[str, Any]]:
    done = subprocess.run(
        [*CRMTUI, "doctor", "--format", "json", *options],
        capture_output=True, text=True, cwd=ROOT, env=environment(variables), check=False,
    )  # fmt: skip
    assert done.stderr == ""
    return done.returncode, json.loads(done.stdout)


def test_the_doctor_finds_all_that_a_sandbox_needs(cib: Path) -> None:
    """On a machine with crm and Pacemaker's tools a CIB file can be worked on."""
    status, told = _doctor("--cib", str(cib))

    assert (status, told["well"]) == (0, True)
    found = {finding["name"]: finding for finding in told["findings"]}
    assert "crm " in found["crm"]["said"]
    assert "Pacemaker " in found["crm_mon"]["said"]
    assert "corosync-quorumtool" not in found


def test_the_doctor_says_what_is_wrong_where_there_is_no_cluster(cib: Path) -> None:
    """Without a CIB to read, the exit status is 1, and the reason and all the rest are told."""
    status, told = _doctor("--cib", f"{cib}.not")

    assert status == 1
    assert told["findings"][0]["state"] == "bad"
    assert "There is no file" in told["findings"][0]["said"]
    assert "textual" in {finding["name"] for finding in told["findings"]}


class _Nobody:
    """A node as somebody sees it who may do nothing there."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self.kind, self.name = target.kind, target.name

    def invocation(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Invocation:
        return self._target.invocation(["runuser", "-u", "nobody", "--", *argv], env)

    def wakeup(self) -> Wakeup:
        return open_wakeup(self)

    def after_command(self) -> None:
        self._target.after_command()

    def close(self) -> None:
        self._target.close()


@pytest.mark.lab
def test_the_doctor_on_a_node(each_lab: Lab) -> None:
    """A whole node is well for root; for who is not let in it says why, and what to do."""
    node = each_lab.target()

    root = {finding.name: finding for finding in examine(node)}
    nobody = {finding.name: finding for finding in examine(_Nobody(node))}

    assert {finding.state for finding in root.values()} == {"ok"}, root
    assert "following pacemaker.log" in root["Pacemaker's log"].said
    assert nobody["user"].fix == "usermod -aG haclient nobody"
    assert nobody["user"].state == "bad"
    assert nobody["cluster"].state != "ok"
    assert nobody["Pacemaker's log"].state == "off"
    assert nobody["Pacemaker's log"].fix == "usermod -aG haclient nobody"
