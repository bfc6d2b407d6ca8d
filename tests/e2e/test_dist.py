"""The files that are handed out: one for a node without a network, the wheel's pages and completions."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.run import run
from tests.e2e.conftest import build
from tests.e2e.inside import PYZ, put_crmtui
from tests.e2e.terminal import Terminal, environment

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.backend.process.target import Target
    from crmtui.lab import Lab

TERM = {"TERM": "xterm-256color"}


@pytest.fixture(params=["root", "haclient"])
def as_user(request: pytest.FixtureRequest) -> Callable[[Target], list[str]]:
    """Return what makes a program run as root, or as an ordinary member of the group haclient."""

    def prefix(target: Target) -> list[str]:
        if request.param == "root":
            return []
        made = ["sh", "-c", "id member || useradd --create-home --groups haclient member"]
        assert run(target, made).status == 0
        return ["runuser", "--user", "member", "--", "env", "HOME=/home/member"]

    return prefix


@pytest.mark.lab
def test_one_file_is_all_that_a_node_needs(
    dist: Path, each_lab: Lab, as_user: Callable[[Target], list[str]]
) -> None:
    """On both releases the file runs with the node's own python3, for root and for haclient."""
    target = each_lab.target("n1")
    put_crmtui(target, dist)
    user = as_user(target)
    seen = run(target, [*user, "python3", PYZ, "snapshot"], timeout=60)
    assert seen.status == 0, seen.errors
    assert "n2" in seen.output
    invocation = target.invocation([*user, PYZ], TERM)
    with Terminal(invocation.argv, env=invocation.env) as screen:
        screen.shows("LIVE", "● n1 +online", "● n2 +online", seconds=60)
        screen.shows(r"crm\(live/n1\)# *$", seconds=60)
        screen.enter("node show n2")
        screen.shows(r"n2\(2\): member")
        screen.to_the_panes()
        screen.press("q")
        assert screen.ends() == 0
        assert screen.is_restored


def test_the_same_commit_gives_the_same_bytes(dist: Path, tmp_path: Path) -> None:
    """Two builds of a commit are the same to the last byte, in whichever folder."""
    again = build(tmp_path / "again")
    files = sorted(path.relative_to(dist) for path in dist.rglob("*") if path.is_file())
    assert [
        str(each) for each in files if (dist / each).read_bytes() != (again / each).read_bytes()
    ] == []


def test_a_manual_page_for_each_command(dist: Path) -> None:
    """The manual pages name the options and commands that ``--help`` names."""
    pages = {page.name for page in (dist / "share" / "man" / "man1").iterdir()}
    assert {"crmtui.1", "crmtui-lab-up.1", "crmtui-snapshot.1"} <= pages
    page = (dist / "share" / "man" / "man1" / "crmtui.1").read_text()
    assert r"\-\-cib" in page
    assert r"\-\-host" in page
    assert "..." not in page.partition(".SH COMMANDS")[2], "a command's sentence is cut"


_SHELLS = {
    "bash": (["bash", "--norc"], "source {share}/bash-completion/completions/crmtui"),
    "zsh": (
        ["zsh", "-f"],
        "fpath=({share}/zsh/site-functions $fpath); autoload -Uz compinit; compinit -D",
    ),
    "fish": (["fish", "--no-config"], "source {share}/fish/vendor_completions.d/crmtui.fish"),
}


@pytest.mark.parametrize("shell", _SHELLS)
def test_each_shell_completes_commands_and_options(dist: Path, tmp_path: Path, shell: str) -> None:
    """In the real shell Tab completes a command, one below it, and an option of crmtui."""
    argv, load = _SHELLS[shell]
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    env = environment({"PATH": path, "HOME": str(tmp_path), "PS1": "$ "})
    with Terminal(argv, env=env) as terminal:
        terminal.enter(load.format(share=dist / "share"))
        terminal.enter("echo load''ed")
        terminal.shows("^loaded")
        for typed, completed in (
            ("crmtui sna", "crmtui snapshot"),
            ("crmtui lab stat", "crmtui lab status"),
            ("crmtui snapshot --form", "crmtui snapshot --format"),
        ):
            terminal.send(f"{typed}\t")
            terminal.shows(f"{completed}( |$)")
            terminal.press("ctrl+u")
