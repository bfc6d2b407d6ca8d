"""A saved configuration, which has no status, as the commands tell it."""

from __future__ import annotations

import json
import subprocess
import sys
from html import unescape
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.followed_cib import FollowedCib
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.backend.watch.snapshot import take_snapshot
from crmtui.cluster.state_words import ASSUMED, ASSUMPTION
from crmtui.demo import demo_cib

if TYPE_CHECKING:
    from pathlib import Path


def _configuration() -> bytes:
    before, _, rest = demo_cib().partition(b"<status>")
    return before + b"<status/>" + rest.partition(b"</status>")[2]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the configuration alone, as ``configure show xml`` prints it."""
    path = tmp_path_factory.mktemp("assumed") / "saved.xml"
    path.write_bytes(_configuration())
    return path


def _run(command: str, path: Path, *arguments: str) -> str:
    argv = [sys.executable, "-m", "crmtui", command, "--cib", str(path), *arguments]
    return subprocess.run(argv, capture_output=True, text=True, check=True, timeout=60).stdout


def test_the_snapshot_says_that_its_state_is_assumed(saved: Path) -> None:
    """Nodes are taken as online, which is useful, and said."""
    told = json.loads(_run("snapshot", saved, "--format", "json"))
    assert told["cluster"]["assumed"] is True
    assert {each["state"] for each in told["nodes"]} == {"online"}
    assert _run("snapshot", saved).splitlines()[1] == ASSUMPTION
    svg = _run("snapshot", saved, "--format", "svg")
    assert ASSUMED in unescape(svg).replace("\xa0", " ")


def test_a_forecast_says_that_its_beginning_is_assumed(saved: Path) -> None:
    """Text and JSON say it, also of a line that cannot be forecast or only reads."""
    assert ASSUMPTION in _run("forecast", saved, "--", "node standby alpha")
    told = json.loads(_run("forecast", saved, "--format", "json", "--", "node show"))
    assert told["assumed"] is True
    assert ASSUMPTION in _run("why", saved, "backup")


def test_a_cib_with_a_status_is_not_assumed(tmp_path: Path) -> None:
    """Of a whole CIB nothing is assumed."""
    path = tmp_path / "whole.xml"
    path.write_bytes(demo_cib())
    assert json.loads(_run("snapshot", path, "--format", "json"))["cluster"]["assumed"] is False
    assert ASSUMPTION not in _run("forecast", path, "--", "node standby alpha")


def test_a_followed_file_says_it_as_long_as_it_has_no_status(tmp_path: Path) -> None:
    """Once the file gets a status, the states on the screen were seen."""
    path = tmp_path / "followed.xml"
    path.write_bytes(_configuration())
    followed = FollowedCib(str(path))
    try:
        assert take_snapshot(followed).cluster.is_assumed
        path.write_bytes(demo_cib())
        assert not take_snapshot(followed).cluster.is_assumed
    finally:
        followed.close()


def test_it_stays_assumed_after_a_change() -> None:
    """A command on the copy does not make a state of an assumption."""
    sandbox = Sandbox(CibSource.parse("saved", _configuration()))
    try:
        sandbox.cib.write_bytes(sandbox.cib.read_bytes().replace(b'"10s"', b'"11s"'))
        sandbox.after_command()
        assert take_snapshot(sandbox).cluster.is_assumed
    finally:
        sandbox.close()
