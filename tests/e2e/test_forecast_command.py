"""``crmtui forecast``, as a script calls it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from crmtui.demo import demo_cib
from tests.unreachable_node import with_alpha_unreachable

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def cib(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a CIB file."""
    path = tmp_path_factory.mktemp("forecast") / "demo.xml"
    path.write_bytes(demo_cib())
    return path


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "crmtui", "forecast", *arguments]
    return subprocess.run(argv, capture_output=True, text=True, check=False, timeout=60)


def test_json_is_for_programs(cib: Path) -> None:
    """The forecast is one JSON object, and the file stays as it was."""
    before = cib.read_bytes()
    done = _run("--cib", str(cib), "--format", "json", "--", "node", "standby", "alpha")
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert told["unforeseeable"] is None
    assert {"action": "move", "resource": "webip", "node": "beta"}.items() <= told["actions"][
        2
    ].items()
    assert cib.read_bytes() == before


def test_text_is_for_people(cib: Path) -> None:
    """The sentence comes first."""
    done = _run("--cib", str(cib), "--", "resource stop webip")
    assert done.stdout.splitlines()[0] == "webservice would stop and not start anywhere"


@pytest.mark.parametrize("line", [[":resource stop webip"], [":resource", "stop", "webip"]])
def test_a_colon_before_a_line_means_nothing(cib: Path, line: list[str]) -> None:
    """As on the screen: who types a colon before a command, as in vi, means the command."""
    done = _run("--cib", str(cib), "--", *line)
    assert done.stdout.splitlines()[0] == "webservice would stop and not start anywhere"
    assert done.returncode == 0


def test_what_cannot_be_forecast_says_so(cib: Path) -> None:
    """There is an answer, and it says why there is no forecast."""
    done = _run("--cib", str(cib), "--format", "json", "--", "cluster", "stop", "--all")
    told = json.loads(done.stdout)
    assert "cluster stop" in told["unforeseeable"]
    assert told["actions"] == []
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("node standby nosuch", "there is no node nosuch"),
        ("resource stop nosuch", "there is no resource nosuch"),
        ("pcs status", '"pcs" is no command here'),
        ("configure delete nosuch", "crm refuses it: object nosuch does not exist"),
    ],
)
def test_a_line_that_cannot_be_forecast_is_no_success(cib: Path, line: str, said: str) -> None:
    """A script that asks whether a line is harmless does not read a typing error as yes."""
    done = _run("--cib", str(cib), "--", line)
    assert done.stdout == f"cannot be forecast: {said}\n"
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("configure", "delete", "two words"), "object two words does not exist"),
        (("resource", "stop", "web\tip"), "A value has a tab in it"),
    ],
)
def test_words_become_a_line_of_crm(cib: Path, words: tuple[str, ...], said: str) -> None:
    """A word is quoted as everywhere; one that no line can hold is told in a sentence."""
    done = _run("--cib", str(cib), "--", *words)
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode != 0


def test_a_line_that_only_reads_is_a_success(cib: Path) -> None:
    """A line that changes nothing can be foreseen."""
    done = _run("--cib", str(cib), "--", "node show")
    assert (done.stdout, done.returncode) == ("changes nothing\n", 0)


def test_what_happens_anyway_is_told_apart(tmp_path: Path) -> None:
    """A node that the scheduler is about to fence is told, also for a line that adds nothing to it."""
    path = tmp_path / "lost.xml"
    path.write_bytes(with_alpha_unreachable())
    done = _run("--cib", str(path), "--format", "json", "--", "node", "standby", "alpha")
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert told["summary"] == "nothing else moves"
    assert (told["actions"], told["fenced"]) == ([], [])
    assert told["anyway"]["fenced"] == ["alpha"]
    assert told["anyway"]["summary"].startswith("alpha is fenced; fence-alpha and webservice move")
    told_in_text = _run("--cib", str(path), "--", "node standby alpha").stdout
    assert "\nHappens anyway: alpha is fenced; " in told_in_text
    assert "\nStays: fence-beta, fence-gamma, backup\n" in told_in_text


def test_no_cib_is_an_error_with_a_next_step(tmp_path: Path) -> None:
    """A file that is not there ends with a sentence and an exit status of its own."""
    done = _run("--cib", str(tmp_path / "none.xml"), "--", "node", "standby", "n1")
    assert done.returncode == 2
    assert "There is no file" in done.stderr
