"""The picture that ``crmtui snapshot --format svg`` prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html import unescape

import pytest

from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.backend.watch.snapshot import take_snapshot
from crmtui.demo import demo_cib
from crmtui.settings import Settings
from crmtui.tui.still_svg import picture

_FORMAT = 'xmlns="http://www.w3.org/2000/svg"'


@pytest.fixture(scope="module")
def svg(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the picture of a file whose name says nothing of the cluster."""
    path = tmp_path_factory.mktemp("picture") / "tuesday.xml"
    path.write_bytes(demo_cib())
    argv = [sys.executable, "-m", "crmtui", "snapshot", "--cib", path.name, "--format", "svg"]
    # The command is run where the file is, so that the title is as short as what was typed.
    there = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        argv, capture_output=True, text=True, check=True, timeout=60, cwd=path.parent, env=there
    )
    return done.stdout


def _words(svg: str) -> str:
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    return unescape("\n".join(texts)).replace("\xa0", " ")


def test_it_fetches_nothing(svg: str) -> None:
    """A viewer of it asks no machine for anything: the only address is the name of the format."""
    assert svg.count(_FORMAT) == 1
    assert not re.search(
        r"https?:|url\((?!['\"]?#)|@import|@font-face|href=", svg.replace(_FORMAT, "")
    )
    assert "Fira" not in svg


def test_its_title_names_what_was_opened(svg: str) -> None:
    """The title is the file that was looked at, whatever the cluster is called."""
    words = _words(svg)
    assert "crmtui --cib tuesday.xml" in words
    assert "crmtui demo" not in words


def test_it_shows_what_the_screen_would_show(svg: str) -> None:
    """The timeline has what Pacemaker remembers, and crm's prompt stands in the command line."""
    words = _words(svg)
    assert "12 entries" in words
    assert "webip started on alpha" in words or "database promoted on alpha" in words
    assert f"crm(live/{os.uname().nodename})# " in words


def test_a_hostile_name_breaks_no_picture() -> None:
    """Text of the cluster is text in the picture."""
    sandbox = Sandbox(CibSource.parse("</text><script>\x1b]0;a\n\u202eb", demo_cib()))
    try:
        svg = picture(sandbox, take_snapshot(sandbox), (160, 50), Settings())
    finally:
        sandbox.close()
    assert "<script" not in svg
    assert "\x1b" not in svg
    assert "\u202e" not in svg
