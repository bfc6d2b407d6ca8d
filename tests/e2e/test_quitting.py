"""Leaving keeps what is uncommitted unless it is discarded in so many words, and takes two seconds."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.tree import process_and_below
from crmtui.demo import demo_cib
from tests.e2e.hanging import Hanging, sleepers, within
from tests.e2e.session_driver import needs_crm, until
from tests.e2e.terminal import CRMTUI, Terminal, environment
from tests.e2e.test_uncommitted import ASKED, NEW, PROMPTED, SCREENS, journals, stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = needs_crm

HEARD = 1.5
"""Seconds after a Ctrl-C in which each wait ends, with some for a machine that is busy."""
LEFT = 2.5
"""Seconds in which crmtui is left, with some for a machine that is busy."""


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Return where crmtui keeps what outlives a run."""
    return tmp_path / "state"


@pytest.fixture
def hanging(tmp_path: Path) -> Hanging:
    """Return programs that hang from when they are told to: none yet."""
    return Hanging(tmp_path)


@pytest.fixture
def start(tmp_path: Path, state: Path, hanging: Hanging) -> Iterator[Callable[..., Terminal]]:
    """Return what starts crmtui on a file, with the arguments of its command line."""
    opened: list[Terminal] = []
    cib = tmp_path / "cib.xml"
    cib.write_bytes(demo_cib())

    def run(*words: str) -> Terminal:
        path = f"{hanging.path}:{os.environ['PATH']}"
        env = environment({"XDG_STATE_HOME": str(state), "PATH": path})
        argv = [*CRMTUI, *words, "--cib", str(cib)]
        opened.append(Terminal(argv, size=(120, 40), env=env))
        return opened[-1].__enter__()

    yield run
    for terminal in opened:
        terminal.__exit__(None, None, None)
    until(lambda: not sleepers())


def hangs_at_show(hanging: Hanging) -> None:
    """Let what asks for the committed configuration hang: F2 does."""
    hanging.add("crm", 'case "$*" in *"configure show"*) true;; *) false;; esac')


def leaves(terminal: Terminal, key: str) -> int:
    """Choose in the dialog; return the exit status, and fail where that takes long."""
    below = process_and_below(terminal.pid)[1:]
    with within(LEFT):
        terminal.press(key)
        status = terminal.ends()
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in below))
    assert not sleepers()
    return status


@pytest.mark.parametrize(("key", "kept"), [("k", True), ("d", False)])
def test_a_crm_that_hangs_costs_no_line(
    start: Callable[..., Terminal], state: Path, hanging: Hanging, key: str, *, kept: bool
) -> None:
    """With F2 in vain, keep keeps and discard discards, as in the dialog of a crm that is idle."""
    hangs_at_show(hanging)
    first = start()
    stage(first, NEW)
    hanging.begin()
    first.send("\x1bOQ")
    first.wait(lambda: bool(sleepers()), "crm hangs")
    first.press("ctrl+q")
    first.shows("crm still runs a command", "offered at the next start", "k  keep", "d  discard")
    assert leaves(first, key) == 0
    assert bool(journals(state)) == kept
    hanging.end()
    if kept:
        second = start()
        second.shows("1 uncommitted line of .* was left behind", ASKED)


def test_a_commit_that_hangs_costs_no_line(
    start: Callable[..., Terminal], state: Path, hanging: Hanging
) -> None:
    """Left amidst a commit, the lines are offered with the word that they may be committed already."""
    in_commit = '[ "${CIB_file##*/}" != copy.xml ]'  # and not in the forecast of it
    hanging.add("cibadmin", in_commit + ' && case "$*" in *-P*|*-R*) true;; *) false;; esac')
    hanging.add("crm_verify", in_commit)
    first = start()
    stage(first, NEW)
    hanging.begin()
    first.enter("commit")
    first.confirms()
    first.wait(lambda: bool(sleepers()), "the commit hangs")
    first.press("ctrl+q")
    first.shows("crm still runs a command")
    assert leaves(first, "k") == 0
    assert len(journals(state)) == 1
    hanging.end()
    second = start()
    second.shows("A commit of them had begun", ASKED)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("words", SCREENS)
def test_a_signal_is_heard_while_crm_hangs(
    start: Callable[..., Terminal],
    state: Path,
    hanging: Hanging,
    words: tuple[str, ...],
    number: signal.Signals,
) -> None:
    """Told to end, crmtui does, and keeps what is uncommitted."""
    hangs_at_show(hanging)
    first = start(*words)
    stage(first, NEW)
    hanging.begin()
    first.send("\x1bOQ")
    first.wait(lambda: bool(sleepers()), "crm hangs")
    with within(LEFT):
        os.kill(first.pid, number)
        first.ends()
    assert len(journals(state)) == 1
    hanging.end()


@pytest.mark.parametrize("words", SCREENS)
def test_a_forecast_that_hangs_ends_at_ctrl_c(
    start: Callable[..., Terminal], hanging: Hanging, words: tuple[str, ...]
) -> None:
    """A line whose forecast is waited for is given up at once, and what runs for it is ended."""
    hanging.add("crm_simulate")
    terminal = start(*words)
    terminal.shows(r"^.*crm\(live/\S+\)" + PROMPTED)
    hanging.begin()
    terminal.enter("resource stop webservice")
    terminal.wait(lambda: bool(sleepers()), "the scheduler hangs")
    with within(HEARD):
        terminal.press("ctrl+c" if words or not terminal.is_asked else "escape")
        terminal.shows("Not run")
    terminal.wait(lambda: not sleepers(), "the scheduler is ended")
    hanging.end()


def test_the_shell_is_left_while_the_cluster_hangs(
    start: Callable[..., Terminal], hanging: Hanging
) -> None:
    """Waits of completion and of the watch hold up nobody who presses Ctrl-D."""
    for program in ("cibadmin", "crm_mon", "crm_resource"):
        hanging.add(program)
    shell = start("shell")
    shell.shows(r"^crm\(live/\S+\)" + PROMPTED)
    hanging.begin()
    shell.send("resource stop ")
    shell.wait(lambda: bool(sleepers()), "completion hangs")
    shell.press("ctrl+c")
    with within(LEFT):
        shell.press("ctrl+d")
        assert shell.ends() == 0
    assert not sleepers()


def test_what_a_read_only_disk_holds_does_not_hold_up_who_leaves(
    start: Callable[..., Terminal], state: Path
) -> None:
    """A journal that can be neither written nor removed is told, and quitting works."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount")
    state.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(state)], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,ro", str(state)], check=True)
        first = start()
        stage(first, NEW)
        first.shows("cannot be written to disk", "Read-only file system")
        first.press("ctrl+q")
        first.shows("1 change is not committed")
        assert leaves(first, "d") == 0
    finally:
        subprocess.run(["umount", "-l", str(state)], check=True)
