"""Uncommitted lines outlive whatever ends crm, crmtui or the terminal, and come back."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.tree import process_and_below
from crmtui.backend.session.events import (
    HintGiven,
    LinesReturned,
    PendingShown,
    QuestionAsked,
    SessionReady,
)
from crmtui.demo import demo_cib
from tests.e2e.session_driver import SAFE, Driver, ScratchTarget, crm_pid, needs_crm, scratch_cib
from tests.e2e.terminal import CRMTUI, Terminal, environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


pytestmark = needs_crm
NEW = "primitive x ocf:pacemaker:Dummy"
GONE = "delete backup-avoids-alpha"
ASKED = r"drop them \(d\), or not now \(n\)\?"
PROMPTED = r"# *(?:done \S+ m?s)?$"
"""The end of a prompt; in the shell there is beside it what came of the last line."""
TWO = r"configure \[2 pending\]" + PROMPTED
SCREENS = (("shell",), ())
"""The bare terminal and the screen: what is promised holds in both."""


@pytest.fixture
def cib(tmp_path: Path) -> Path:
    """Write the demo cluster to a file."""
    path = tmp_path / "cib.xml"
    path.write_bytes(demo_cib())
    return path


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Return where crmtui keeps what outlives a run."""
    return tmp_path / "state"


@pytest.fixture
def start(cib: Path, state: Path) -> Iterator[Callable[..., Terminal]]:
    """Return what starts crmtui on the file; with the arguments of its command line."""
    opened: list[Terminal] = []

    def run(*words: str) -> Terminal:
        argv = [*CRMTUI, *words, "--cib", str(cib)]
        env = environment({"XDG_STATE_HOME": str(state)})
        opened.append(Terminal(argv, size=(120, 40), env=env))
        return opened[-1].__enter__()

    yield run
    for terminal in opened:
        terminal.__exit__(None, None, None)


def stage(terminal: Terminal, *lines: str) -> None:
    """Type lines in ``configure``, and wait until crm has taken them."""
    terminal.shows(r"^.*crm\(live/\S+\)# *")
    terminal.enter("configure")
    terminal.shows(r"\)configure" + PROMPTED)
    for count, line in enumerate(lines, start=1):
        terminal.enter(line)
        terminal.shows(rf"configure \[{count} pending\]" + PROMPTED)


def journals(state: Path) -> list[Path]:
    """Return the journals that there are."""
    return sorted((state / "crmtui" / "uncommitted").glob("*"))


def crm_of(terminal: Terminal) -> int:
    """Return the crm that a crmtui has started."""
    return next(pid for pid in process_and_below(terminal.pid)[1:] if b"/crm\0" in cmdline(pid))


@pytest.mark.parametrize("words", SCREENS)
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP])
def test_lines_outlive_crmtui(
    start: Callable[..., Terminal], state: Path, words: tuple[str, ...], number: signal.Signals
) -> None:
    """After kill -9 or a hang-up the next start offers the lines, shows them, and stages them again."""
    first = start(*words)
    stage(first, NEW, GONE)
    (journal,) = journals(state)
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600
    os.kill(first.pid, number)
    first.ends()
    second = start(*words)
    second.shows(r"2 uncommitted lines of .* were left behind on sandbox", "has not changed", ASKED)
    second.enter("l")
    second.shows(rf"^.? *{NEW}\b", rf"^.? *{GONE}\b")
    second.enter("s")
    second.shows("All uncommitted lines are staged again", TWO)
    assert len(journals(state)) == 1
    second.enter("refresh")
    second.shows("Do you want to proceed")
    second.enter("y")
    second.wait(lambda: not journals(state), "no journal any more")


def hear_of_death(shell: Terminal) -> None:
    """Press Enter until the shell says that crm was killed, which it hears with the next line."""
    for _ in range(50):
        if shell.comes(lambda: "SIGKILL" in shell.text, 0.2):
            return
        shell.press("enter")


@pytest.mark.parametrize("words", SCREENS)
def test_lines_outlive_crm(start: Callable[..., Terminal], words: tuple[str, ...]) -> None:
    """A killed crm is started again at its level, and gets the lines back by itself."""
    terminal = start(*words)
    stage(terminal, NEW, GONE)
    os.kill(crm_of(terminal), signal.SIGKILL)
    if words:
        hear_of_death(terminal)
    terminal.shows("All uncommitted lines are staged again", TWO)


def test_what_is_dropped_is_gone_and_what_is_not_wanted_now_stays(
    start: Callable[..., Terminal], state: Path
) -> None:
    """Not now asks again at the next start, drop never again; a clean end leaves nothing behind."""
    first = start("shell")
    stage(first, NEW)
    os.kill(first.pid, signal.SIGKILL)
    first.ends()
    for answer in ("n", "d"):
        later = start("shell")
        later.shows("1 uncommitted line of .* was left behind", ASKED)
        later.enter(answer)
        later.shows(r"^crm\(live/\S+\)# *\Z")
        later.press("ctrl+d")
        assert later.ends() == 0
        assert len(journals(state)) == (answer == "n")
    last = start("shell")
    last.shows(r"^crm\(live/\S+\)# *\Z")
    assert "left behind" not in last.text


def test_two_at_once_do_not_mix(start: Callable[..., Terminal], state: Path) -> None:
    """Lines staged by a living crmtui are offered to nobody, and each has a journal of its own."""
    first = start("shell")
    stage(first, NEW)
    second = start("shell")
    stage(second, GONE)
    assert "left behind" not in second.text
    assert len(journals(state)) == 2
    os.kill(second.pid, signal.SIGKILL)
    second.ends()
    third = start("shell")
    third.shows("1 uncommitted line of", ASKED)
    third.enter("l")
    third.shows(rf"^ +{GONE}$")
    assert NEW not in third.text


def test_what_has_changed_meanwhile_is_said_first(
    start: Callable[..., Terminal], cib: Path
) -> None:
    """The offer shows what became of the configuration since the lines were typed."""
    first = start("shell")
    stage(first, NEW)
    os.kill(first.pid, signal.SIGKILL)
    first.ends()
    text = cib.read_text().replace(
        'name="no-quorum-policy" value="stop"', 'name="no-quorum-policy" value="ignore"'
    )
    cib.write_text(text)
    second = start("shell")
    second.shows("The configuration has changed since:", r"- +no-quorum-policy=stop", ASKED)


def test_a_secret_is_in_no_file_and_asked_for_again(
    start: Callable[..., Terminal], state: Path
) -> None:
    """History and journal have stars for a password; staged again the line waits for its value."""
    first = start("shell")
    stage(first, "primitive st stonith:external/ssh params hostlist=a password=geheim", NEW)
    for path in state.rglob("*"):
        assert path.is_dir() or b"geheim" not in path.read_bytes()
    os.kill(first.pid, signal.SIGKILL)
    first.ends()
    second = start("shell")
    second.shows(ASKED)
    second.enter("s")
    second.shows("stands for a secret", r"password=\*{6}\n.*primitive x")


@pytest.fixture
def filler(state: Path) -> Iterator[Path]:
    """Let crmtui's files lie on a disk that is full until the file that is returned is removed."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a full disk")
    state.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(state)], check=True)
    path = state / "filler"
    path.write_bytes(b"x" * 65536)
    yield path
    subprocess.run(["umount", str(state)], check=True)


@pytest.mark.parametrize("words", SCREENS)
def test_a_full_disk_is_said_and_work_goes_on(
    filler: Path, start: Callable[..., Terminal], state: Path, words: tuple[str, ...]
) -> None:
    """A journal that cannot be written is told once, and crm gets the lines all the same."""
    terminal = start(*words)
    stage(terminal, NEW)
    terminal.shows("cannot be written to disk", "No space left on device", "in memory")
    filler.unlink()
    terminal.enter(GONE)
    terminal.shows("are on disk again", TWO)
    assert len(journals(state)) == 1


@pytest.fixture
def crm(tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    """Return a session with the real crm on a scratch CIB, in ``configure``."""
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    driver = Driver(ScratchTarget(scratch_cib(tmp_path)), is_kept=True)
    driver.session.start()
    driver.wait(SessionReady)
    for line in ("configure", SAFE, "primitive a Dummy", "commit"):
        driver.run(line)
    yield driver
    driver.session.close()


def elsewhere(crm: Driver, *words: str) -> None:
    """Let somebody else change the configuration."""
    invocation = crm.target.invocation(["crm", "configure", *words])
    subprocess.run(invocation.argv, env=dict(invocation.env), check=True, capture_output=True)


def test_a_commit_into_a_changed_configuration_is_asked_for(crm: Driver) -> None:
    """Changes by others are shown before the commit, which a no holds back and a yes runs."""
    crm.run("primitive b Dummy")
    elsewhere(crm, "primitive", "c", "Dummy")
    asked = crm.ask("commit").question
    assert "has changed since you began" in asked.text
    reply = crm.answer("n")
    assert "+ primitive c Dummy" in reply.output
    assert reply.staged == ("primitive b Dummy",)
    crm.ask("commit")
    assert crm.answer("y").staged == ()
    assert {"a", "b", "c"} <= set(re.findall(r'primitive id="(\w+)"', crm.target.cib.read_text()))


def test_a_commit_into_the_same_configuration_is_not_asked_for(crm: Driver) -> None:
    """A long stay in configure starts from what is committed now, and nothing is asked."""
    elsewhere(crm, "primitive", "c", "Dummy")
    crm.run("primitive b Dummy")
    assert crm.run("commit").staged == ()
    assert not [event for event in crm.seen if isinstance(event, QuestionAsked)]


def test_after_a_death_a_changed_configuration_is_said_before_anything_is_staged(
    crm: Driver,
) -> None:
    """The lines are staged again after a yes only; after a no they come back to be looked at."""
    crm.run("primitive b Dummy")
    elsewhere(crm, "primitive", "c", "Dummy")
    os.kill(crm_pid(), signal.SIGKILL)
    assert "stage the uncommitted lines again" in crm.wait(QuestionAsked).question.text
    assert not crm.session.staged
    crm.session.answer("n")
    assert crm.wait(LinesReturned).lines == ("primitive b Dummy",)
    crm.wait(SessionReady)
    crm.run("primitive b Dummy")
    os.kill(crm_pid(), signal.SIGKILL)
    assert "staged again" in crm.wait(HintGiven).text
    assert crm.session.staged == ("primitive b Dummy",)


def test_pending_changes_are_shown_with_what_is_deleted(crm: Driver) -> None:
    """The changes of a commit are told by object, deletions included, from below configure too."""
    crm.run("delete a")
    crm.run("primitive b Dummy")
    crm.run("ra")
    crm.session.look_at_pending()
    shown = crm.wait(PendingShown)
    assert [(each.kind, each.name) for each in shown.differences] == [
        ("removed", "primitive a"),
        ("added", "primitive b"),
    ]
    assert shown.lines == ("delete a", "primitive b Dummy")
    assert crm.run("up").staged == shown.lines
    crm.run("template")
    crm.run("delete crmtui-test force")
    crm.run("new crmtui-test virtual-ip params ip=192.0.2.1")
    crm.session.look_at_pending()
    assert crm.wait(PendingShown).differences == shown.differences
    assert not crm.run("apply update").has_errors  # what was loaded there is loaded still
    crm.run("delete crmtui-test force")
    crm.run("up")
    crm.session.look_at_pending()
    assert len(crm.wait(PendingShown).differences) == len(shown.differences) + 1
    crm.run("commit")
    crm.session.look_at_pending()
    assert crm.wait(PendingShown).lines == ()


def test_a_line_that_crm_refuses_stops_what_is_staged_again(crm: Driver) -> None:
    """The line and what follows it come back to be corrected; what was before it is staged."""
    for line in ("primitive b Dummy", "primitive c Dummy", "primitive d Dummy"):
        crm.run(line)
    elsewhere(crm, "primitive", "c", "Dummy")
    os.kill(crm_pid(), signal.SIGKILL)
    crm.wait(QuestionAsked)
    crm.session.answer("y")
    assert crm.wait(LinesReturned).lines == ("primitive c Dummy", "primitive d Dummy")
    assert crm.session.staged[0] == "primitive b Dummy"
    assert "primitive d Dummy" not in crm.session.staged


def sleeper(terminal: Terminal) -> int | None:
    """Return the program that crm was told to run."""
    wanted = b"sleep\x00777\x00"
    found = (pid for pid in process_and_below(terminal.pid)[1:] if wanted in cmdline(pid))
    return next(found, None)


def cmdline(pid: int) -> bytes:
    """Return the arguments of a process; empty when it has gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
