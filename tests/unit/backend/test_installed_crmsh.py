"""Questions to the installed crmsh, and how long the answers are remembered."""

from __future__ import annotations

import json
import shutil
import stat
import threading
from typing import TYPE_CHECKING

import pytest

from crmtui import paths
from crmtui.backend.process.run import Completed
from crmtui.backend.queries import installed_crmsh
from crmtui.backend.queries.knowledge import LiveKnowledge
from tests.unit.backend.test_knowledge import FileTarget

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crmtui.backend.process.target import Target
    from crmtui.crmsh.installed_commands import Crmsh

needs_crm = pytest.mark.skipif(shutil.which("crm") is None, reason="crmsh is not installed")
MANUAL = """
[[cmdhelp_site,site support]]
=== `site` - Site support

[[cmdhelp_site_ticket,manage tickets,From Code]]
==== `ticket`

Manage tickets.

Usage:
...............
ticket grant <ticket>
...............
[[topics_X,X]]
No command.
"""
LISTING = {
    "levels": {
        "root": [
            {"name": "site", "aliases": [], "help": "", "is_level": True, "least": 0, "most": None}
        ],
        "site": [
            {
                "name": "ticket",
                "aliases": ["t"],
                "help": "x",
                "is_level": False,
                "least": 2,
                "most": 3,
            }
        ],
    },
    "manual": MANUAL,
    "containers": ["docker"],
    "options": {"core.wait": ["yes", "no"]},
    "templates": "/t",
    "configurations": "/c",
}


class Crm:
    """Stands in for ``run``: a crm script of a certain size, and what its crmsh lists."""

    def __init__(self, listing: str) -> None:
        self.listing = listing
        self.size = 1
        self.asked = 0

    def run(self, _: Target, argv: Sequence[str], **_options: float) -> Completed:
        """Answer the question for the script, or for the listing."""
        if argv[0] == "sh":
            return Completed(0, f"/usr/sbin/crm {self.size} 2\n#!/usr/bin/python3 -s\n", "")
        assert argv[:4] == ("/usr/bin/python3", "-s", "-B", "-c")
        self.asked += 1
        return Completed(0 if self.listing else 1, self.listing, "")


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileTarget:
    """A scratch CIB, and a cache of its own."""
    monkeypatch.setattr(paths, "cache_dir", lambda: tmp_path)
    return FileTarget(tmp_path)


def read(target: FileTarget, monkeypatch: pytest.MonkeyPatch, crm: Crm) -> Crmsh | None:
    """Return what is read of such a crm."""
    monkeypatch.setattr(installed_crmsh, "run", crm.run)
    return installed_crmsh.read(target)


def test_commands_come_with_their_manual(
    target: FileTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command's one line and its paragraphs are those of crmsh's manual."""
    found = read(target, monkeypatch, Crm(json.dumps(LISTING)))
    assert found is not None
    ticket = found.command("site", "t")
    assert ticket is not None
    assert ticket.help == "Manage tickets"
    assert "Manage tickets.\n\nUsage:" in ticket.manual
    assert "No command" not in ticket.manual
    assert (found.containers, found.options) == (("docker",), {"core.wait": ("yes", "no")})


def test_the_answer_is_kept_for_this_crm(
    target: FileTarget, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The same script is asked once, in a private file; another one is asked anew."""
    crm = Crm(json.dumps(LISTING))
    for _ in range(2):
        assert read(target, monkeypatch, crm) is not None
    assert crm.asked == 1
    (kept,) = tmp_path.glob("crmsh-*.json")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    crm.size = 2
    assert read(target, monkeypatch, crm) is not None
    assert crm.asked == 2


@pytest.mark.parametrize("listing", ["", "no json", "[]", "{}"])
def test_without_an_answer_our_own_table_stands_in(
    target: FileTarget, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, listing: str
) -> None:
    """A crmsh that cannot be imported, or says something else, is as good as none."""
    assert read(target, monkeypatch, Crm(listing)) is None
    assert not list(tmp_path.glob("crmsh-*"))


@needs_crm
def test_the_real_crmsh_lists_itself(target: FileTarget) -> None:
    """Levels, aliases, help, manual, containers and preferences of the installed crmsh are known."""
    found = installed_crmsh.read(target)
    assert found is not None
    location = found.command("configure", "location")
    assert location is not None
    assert location.help == "A location preference"
    assert "resource-discovery" in location.manual
    assert found.command("resource", "migrate") == found.command("resource", "move")
    assert "docker" in found.containers
    assert found.options["core.check_mode"] == ("strict", "relaxed")


def test_nobody_waits_for_crmsh(target: FileTarget, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking what crmsh has returns at once; when the answer is there it is used."""
    may_answer, has_answered = threading.Event(), threading.Event()

    def slow(_: Target) -> Crmsh:
        may_answer.wait(10)
        has_answered.set()
        return installed_crmsh._parsed(json.dumps(LISTING))

    monkeypatch.setattr(installed_crmsh, "read", slow)
    live = LiveKnowledge(target)
    assert live.crmsh() is None
    assert live.crmsh() is None
    may_answer.set()
    assert has_answered.wait(10)
    for thread in threading.enumerate():
        if thread.name == "crmsh":
            thread.join(10)
    assert live.crmsh() is not None
