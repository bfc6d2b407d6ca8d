"""``crmtui forecast``, as a script calls it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from crmtui.demo import demo_cib

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
    assert list(told) == ["summary", "actions", "fenced", "lost", "unforeseeable"]
    assert {"action": "move", "resource": "webip", "node": "beta"}.items() <= told["actions"][
        2
    ].items()
    assert cib.read_bytes() == before


def test_text_is_for_people(cib: Path) -> None:
    """The sentence comes first."""
    done = _run("--cib", str(cib), "--", "resource stop webip")
    assert done.stdout.splitlines()[0] == "webservice RUNS NOWHERE ANY MORE"


def test_what_cannot_be_forecast_says_so(cib: Path) -> None:
    """There is an answer, and it says why there is no forecast."""
    done = _run("--cib", str(cib), "--format", "json", "--", "cluster", "stop", "--all")
    told = json.loads(done.stdout)
    assert "cluster stop" in told["unforeseeable"]
    assert told["actions"] == []


def test_no_cib_is_an_error_with_a_next_step(tmp_path: Path) -> None:
    """A file that is not there ends with a sentence and an exit status of its own."""
    done = _run("--cib", str(tmp_path / "none.xml"), "--", "node", "standby", "n1")
    assert done.returncode == 2
    assert "There is no file" in done.stderr
