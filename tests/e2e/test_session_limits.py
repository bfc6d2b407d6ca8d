"""Session with the real crm at its limits: slow programs, long lines, crashes, idling, the end."""

from __future__ import annotations

import html
import os
import queue
import select
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pytest

from crmtui.backend.process.tree import started_by_crm
from crmtui.backend.session.events import (
    CommandFinished,
    HintGiven,
    LinesReturned,
    SessionDied,
    SessionFailed,
    SessionStarted,
)
from crmtui.errors import ProgramMissing
from tests.e2e.session_driver import (
    DEADLINE,
    SAFE,
    Driver,
    ScratchTarget,
    crm_pid,
    is_sleeping,
    needs_crm,
    scratch_cib,
    until,
)

if TYPE_CHECKING:
    from collections.abc import Callable


@needs_crm
def test_a_slow_program_is_interrupted_and_crm_lives(crm: Driver) -> None:
    """The program that crm waits for gets the Ctrl-C, crm does not."""
    for line in ("configure", SAFE, "primitive p1 Dummy"):
        crm.run(line)
    pid = crm_pid()
    crm.session.submit("filter 'sleep 600'")
    until(is_sleeping)
    crm.session.interrupt()
    reply = crm.wait(CommandFinished).reply
    assert reply.staged == (SAFE, "primitive p1 Dummy")
    assert crm_pid() == pid
    assert started_by_crm(pid) == ()
    assert "primitive p1 Dummy" in crm.run("show").output
    crm.session.interrupt()
    crm.wait(HintGiven)


@needs_crm
@pytest.mark.parametrize("before", [(), (SAFE,)])
def test_what_changes_nothing_is_not_counted(crm: Driver, before: tuple[str, ...]) -> None:
    """A program that is stopped, fails or gives the text back stages nothing; what it changes counts."""
    for line in ("configure", SAFE, "primitive p1 Dummy", "commit", *before):
        crm.run(line)
    crm.session.submit("filter 'sleep 600'")
    until(is_sleeping)
    crm.session.interrupt()
    assert crm.wait(CommandFinished).reply.staged == before
    for line in ("filter false", "filter cat", "filter cat xml p1"):
        assert crm.run(line).staged == before
    line = "filter 'sed s/p1/p2/' p1"
    reply = crm.run(line)
    assert (reply.staged, reply.output) == ((*before, line), "")
    assert "primitive p2 Dummy" in crm.run("show").output


@needs_crm
def test_a_change_of_a_password_alone_is_counted(crm: Driver) -> None:
    """Crm shows passwords as stars, and is not taken at its word that they are what they were."""
    for line in ("configure", SAFE, "primitive p1 ocf:pacemaker:Dummy params passwd=old", "commit"):
        crm.run(line)
    line = "filter 'sed s/old/new/' p1"
    assert crm.run(line).staged == (line,)


@needs_crm
@pytest.mark.parametrize("length", [300, 5000, 20_000])
def test_long_lines_arrive_whole(crm: Driver, length: int) -> None:
    """A line longer than a terminal's 4095 bytes reaches crm to its last character."""
    crm.run("configure")
    value = "x" * (length - 1) + "y"
    assert not crm.run(f"primitive p1 Dummy params fake={value}").output
    assert f"fake={value}" in "".join(crm.run("show p1").output.split())


@needs_crm
def test_prompts_and_other_alphabets_in_output_are_text(crm: Driver) -> None:
    """A prompt in a description does not end the command, and UTF-8 goes both ways."""
    crm.run("configure")
    crm.run('primitive p1 Dummy description="crm(live/n1)# "')
    assert 'description="crm(live/n1)# "' in crm.run("show").output
    crm.run('primitive p2 Dummy description="Grüße 日本"')
    assert "Grüße 日本" in html.unescape(crm.run("show p2").output)  # crm shows it as XML
    assert "configure.größer: No such command" in crm.run("größer").output


@needs_crm
def test_a_line_is_never_left_hanging(crm: Driver) -> None:
    """Tabs, control characters and a dangling backslash end in a prompt like any other line."""
    crm.run("configure")
    assert crm.run("primitive p1\tDummy \\").staged == ("primitive p1 Dummy",)
    assert crm.run("show\x03 \\\n p1").output == "primitive p1 Dummy\n"


@needs_crm
def test_a_crm_that_crashes_in_a_commit_is_told_with_its_last_words(
    tmp_path: Path, drive: Callable[[ScratchTarget], Driver]
) -> None:
    """A CIB of a newer Pacemaker cannot be written: crm says so, or dies of it (4.4.1)."""
    driver = drive(ScratchTarget(scratch_cib(tmp_path, feature_set="99.0.0")))
    driver.run("configure")
    driver.run(SAFE)
    driver.session.submit("commit\nstatus")
    event = driver.wait(SessionDied) if _crashes() else driver.wait(CommandFinished)
    if isinstance(event, SessionDied):
        assert "NameError" in event.output
        assert (event.line, event.staged, event.unsent) == ("commit", (SAFE,), ("status",))
    else:
        assert event.reply.staged == (SAFE,)


def _crashes() -> bool:
    """Say whether this crmsh dies of a refused commit (4.4.1: a wrong name in ``update_err``)."""
    version = subprocess.run(["crm", "--version"], capture_output=True, text=True, check=True)
    return version.stdout.startswith("crm 4.4")


@needs_crm
def test_the_session_adds_little_to_bare_pexpect(crm: Driver) -> None:
    """A command takes at most 20 ms more than typing it at crm by pexpect."""
    invocation = crm.target.invocation(["crm", "-D", "plain"], {"TERM": "dumb"})
    bare = pexpect.spawn("crm", ["-D", "plain"], env=dict(invocation.env), timeout=DEADLINE)
    bare.delaybeforesend = None
    bare.expect(rb"\)# $")
    mine, theirs = [], []
    for line in ["ra", "up"] * 50:  # in turn, so that what else the machine does is in both
        began = time.monotonic()
        crm.run(line)
        mine.append(time.monotonic() - began)
        began = time.monotonic()
        bare.send(f"{line}\n")
        bare.expect(rb"\n.*# $")
        theirs.append(time.monotonic() - began)
    bare.close(force=True)
    # The quickest tenth: others that want the processor are not what the session adds.
    assert statistics.quantiles(mine, n=10)[0] < statistics.quantiles(theirs, n=10)[0] + 0.02


@needs_crm
def test_an_idle_session_takes_no_time(crm: Driver) -> None:
    """While nothing happens nothing is polled, and nothing is told."""
    crm.run("ls")
    began = time.process_time()
    with pytest.raises(queue.Empty):
        crm.events.get(timeout=1.0)
    assert time.process_time() - began < 0.02


@needs_crm
def test_close_leaves_nothing_behind(tmp_path: Path) -> None:
    """After close there is neither a crm nor a zombie, nothing was committed, no file is open."""
    target = ScratchTarget(scratch_cib(tmp_path))
    before = target.cib.read_text()
    files = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - of a path that changes meanwhile
    driver = Driver(target)
    driver.session.start()
    driver.wait(SessionStarted)
    for line in ("configure", SAFE):
        driver.run(line)
    pid = crm_pid()
    driver.session.close()
    driver.session.close()
    assert driver.session.phase == "dead"
    assert not Path(f"/proc/{pid}").exists()
    assert target.cib.read_text() == before
    assert len(os.listdir("/proc/self/fd")) == files  # noqa: PTH208


OWNER = """
import os, sys
from crmtui.backend.session.events import (SessionStarted)
from crmtui.backend.approval.sandbox_rules import (SandboxPolicy)
from crmtui.backend.targets.live import (LiveTarget)
from crmtui.backend.session.session import (CrmSession)
def post(event):
    if isinstance(event, SessionStarted):
        print("started", flush=True)
session = CrmSession(LiveTarget(), SandboxPolicy("live"), post)
session.start()
sys.stdin.read()
"""


@needs_crm
def test_crm_does_not_outlive_us(tmp_path: Path) -> None:
    """If crmtui is killed, its crm is gone with its terminal."""
    env = {**os.environ, "CIB_file": str(scratch_cib(tmp_path)), "PYTHONPATH": str(Path.cwd())}
    with subprocess.Popen(
        [sys.executable, "-c", OWNER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env
    ) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == b"started\n"
        children = Path(f"/proc/{owner.pid}/task").iterdir()
        pids = [pid for task in children for pid in (task / "children").read_text().split()]
        assert len(pids) == 1
        crm = os.pidfd_open(int(pids[0]))
        owner.kill()
        assert select.select([crm], [], [], DEADLINE)[0]
        os.close(crm)


def test_a_missing_crm_is_told_as_an_event(tmp_path: Path) -> None:
    """Without crm the session fails with a sentence that says what to install."""
    driver = Driver(ScratchTarget(scratch_cib(tmp_path), path=str(tmp_path)))
    driver.session.submit("status")
    driver.session.start()
    assert driver.wait(LinesReturned).lines == ("status",)
    error = driver.wait(SessionFailed).error
    assert isinstance(error, ProgramMissing)
    assert "crmsh" in error.hint
    driver.session.close()
