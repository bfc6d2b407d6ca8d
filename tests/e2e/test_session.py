"""The crm session against the real crm on a scratch CIB, and against one that asks what crm may."""

from __future__ import annotations

import html
import os
import queue
import select
import shutil
import signal
import statistics
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pexpect
import pytest

from crmtui.backend.approval.sandbox_rules import HeldBack
from crmtui.backend.process.target import Invocation, TargetKind, Wakeup
from crmtui.backend.process.tree import started_by_crm
from crmtui.backend.session.events import (
    CommandFinished,
    CrmReply,
    EditorWanted,
    HintGiven,
    LinesReturned,
    OutputArrived,
    QuestionAsked,
    QuestionWithdrawn,
    QuitRequested,
    SessionDied,
    SessionEvent,
    SessionFailed,
    SessionStarted,
)
from crmtui.backend.session.listening import listening
from crmtui.backend.session.session import CrmSession
from crmtui.errors import ClusterUnavailable, ProgramMissing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

CIB = """\
<cib crm_feature_set="{feature_set}" validate-with="pacemaker-3.7" admin_epoch="0" epoch="1"
     num_updates="0">
  <configuration>
    <crm_config/>
    <nodes><node id="1" uname="n1"/><node id="2" uname="n2"/></nodes>
    <resources/>
    <constraints/>
  </configuration>
  <status/>
</cib>
"""
SAFE = "property stonith-enabled=false no-quorum-policy=ignore"
DEADLINE = 30.0
TOOLS = "/usr/lib/pacemaker:/usr/libexec/pacemaker"

needs_crm = pytest.mark.skipif(shutil.which("crm") is None, reason="crm is not installed")
Event = TypeVar("Event", bound=SessionEvent)


class ScratchTarget:
    """This machine, with every cluster program working on one CIB file."""

    name = "scratch"

    def __init__(self, cib: Path, path: str | None = None, kind: TargetKind = "live") -> None:
        self.cib = cib
        self.kind: TargetKind = kind
        self.commands = 0
        self.failure: Exception | None = None
        self._path = path or f"{os.environ['PATH']}:{TOOLS}"

    def invocation(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Invocation:
        """Return ``argv`` as it stands."""
        scratch = {"CIB_file": str(self.cib), "PATH": self._path}
        return Invocation(tuple(argv), {**os.environ, **scratch, **(env or {})})

    def wakeup(self) -> Wakeup:
        """Fail: nobody here watches."""
        raise NotImplementedError

    def after_command(self) -> None:
        """Count the commands."""
        self.commands += 1
        if self.failure is not None:
            raise self.failure

    def close(self) -> None:
        """Do nothing."""


class Driver:
    """Plays the application: submits, and waits for what comes of it."""

    def __init__(self, target: ScratchTarget, columns: int = 100, *, is_kept: bool = False) -> None:
        self.target = target
        self.events: queue.Queue[SessionEvent] = queue.Queue()
        self.seen: list[SessionEvent] = []
        self.session = CrmSession(
            target, HeldBack(target.kind), self.events.put, columns=columns, is_kept=is_kept
        )

    def wait(self, kind: type[Event]) -> Event:
        """Return the next event of this kind."""
        end = time.monotonic() + DEADLINE
        while True:
            event = self.events.get(timeout=max(0.01, end - time.monotonic()))
            self.seen.append(event)
            if isinstance(event, kind):
                return event

    def run(self, line: str) -> CrmReply:
        """Run a line that asks nothing."""
        self.session.submit(line)
        return self.wait(CommandFinished).reply

    def ask(self, line: str) -> QuestionAsked:
        """Run a line up to its question."""
        self.session.submit(line)
        return self.wait(QuestionAsked)

    def answer(self, text: str) -> CrmReply:
        """Answer the last question of a line."""
        self.session.answer(text)
        return self.wait(CommandFinished).reply

    @property
    def level(self) -> str:
        """Where crm is."""
        assert self.session.prompt is not None
        return " ".join(self.session.prompt.level)


@pytest.fixture
def drive() -> Iterator[Callable[[ScratchTarget], Driver]]:
    """Return what starts a session, which ends with the test."""
    drivers: list[Driver] = []

    def start(target: ScratchTarget) -> Driver:
        drivers.append(Driver(target))
        drivers[-1].session.start()
        drivers[-1].wait(SessionStarted)
        return drivers[-1]

    yield start
    for driver in drivers:
        driver.session.close()


def scratch_cib(folder: Path, feature_set: str = "3.15.0") -> Path:
    """Write a CIB with two nodes and no resource."""
    path = folder / "cib.xml"
    path.write_text(CIB.format(feature_set=feature_set))
    return path


@pytest.fixture
def crm(tmp_path: Path, drive: Callable[[ScratchTarget], Driver]) -> Driver:
    """Return a session with the real crm."""
    return drive(ScratchTarget(scratch_cib(tmp_path)))


def crm_pid() -> int:
    """Return the process of the only crm that this process has started."""
    children = Path(f"/proc/{os.getpid()}/task")
    found = {
        int(pid)
        for task in children.iterdir()
        for pid in (task / "children").read_text().split()
        if b"crm" in Path(f"/proc/{pid}/cmdline").read_bytes()
    }
    assert len(found) == 1
    return found.pop()


def is_sleeping() -> bool:
    """Say whether crm's program is up: between fork and exec it would lose the signal."""
    pids = started_by_crm(os.getpid())
    return any(Path(f"/proc/{pid}/cmdline").read_bytes().startswith(b"sleep\0") for pid in pids)


def until(condition: Callable[[], object]) -> None:
    """Wait until ``condition`` holds."""
    end = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < end
        select.select([], [], [], 0.01)


@needs_crm
def test_levels_and_output_pass_through(crm: Driver) -> None:
    """The prompt follows the level, and the output comes without prompt, echo and colours."""
    assert crm.level == ""
    assert crm.run("configure").prompt.level == ("configure",)
    assert crm.run(SAFE).output == ""
    reply = crm.run("show")
    assert reply.output.startswith("node 1: n1\nnode 2: n2\nproperty ")
    assert not reply.has_errors
    assert crm.run("ra").prompt.text.endswith(")configure ra# ")
    reply = crm.run("nonsense")
    assert reply.output == "ERROR: configure.ra.nonsense: No such command\n"
    assert reply.has_errors
    assert crm.target.commands == 5


@needs_crm
def test_lists_fit_the_columns(crm: Driver) -> None:
    """Lists are laid out for the width of the pane, not of its terminal."""
    lines = crm.run("ls").output.splitlines()
    assert 40 < max(len(line) for line in lines) <= 100


@needs_crm
def test_a_line_that_leaves_changes_behind_is_held_back(crm: Driver) -> None:
    """Stay keeps everything, no discards, yes commits; only then crm leaves the level."""
    crm.run("configure")
    crm.run(SAFE)
    assert crm.run("primitive p1 Dummy").staged == (SAFE, "primitive p1 Dummy")
    assert crm.ask("up").question.kind == "yes_no_cancel"
    crm.session.submit("status")
    reply = crm.answer("c")
    assert (reply.prompt.level, reply.staged) == (("configure",), (SAFE, "primitive p1 Dummy"))
    assert reply.outcome == "no effect"
    assert [e.lines for e in crm.seen if isinstance(e, LinesReturned)] == [("status",)]
    crm.ask("up")
    reply = crm.answer("n")
    assert (reply.prompt.level, reply.staged) == ((), ())
    assert "p1" not in crm.target.cib.read_text()
    crm.run("configure")
    crm.run(SAFE)
    crm.run("primitive p2 Dummy")
    crm.ask("up")
    assert crm.answer("y").prompt.level == ()
    assert 'id="p2"' in crm.target.cib.read_text()


@needs_crm
def test_changes_are_not_lost_from_a_sublevel(crm: Driver) -> None:
    """Quit from below configure commits first, then the application is asked to end."""
    for line in ("configure", SAFE, "primitive p1 Dummy", "ra"):
        crm.run(line)
    crm.ask("quit")
    reply = crm.answer("y")
    crm.wait(QuitRequested)
    assert (reply.prompt.level, crm.session.phase) == ((), "idle")
    assert 'id="p1"' in crm.target.cib.read_text()


@needs_crm
def test_quit_at_root_is_the_applications_to_decide(crm: Driver) -> None:
    """A quit is not sent to crm, which goes on."""
    crm.session.submit("quit")
    crm.wait(QuitRequested)
    assert crm.run("ls").output


@needs_crm
def test_a_question_of_crm_is_passed_on_and_answered(crm: Driver) -> None:
    """Refresh asks; its answer is one of the choices, and words of a command are refused."""
    for line in ("configure", SAFE, "primitive p1 Dummy"):
        crm.run(line)
    asked = crm.ask("refresh").question
    assert (asked.kind, asked.choices) == ("yes_no", ("y", "n"))
    crm.session.submit("show")
    crm.session.answer("node standby n1")
    crm.wait(HintGiven)
    crm.session.interrupt()
    crm.wait(HintGiven)
    reply = crm.answer("n")
    assert (reply.outcome, reply.staged) == ("no effect", (SAFE, "primitive p1 Dummy"))
    shown = crm.wait(CommandFinished).reply
    assert shown.line == "show"
    assert "primitive p1 Dummy" in shown.output
    crm.ask("refresh")
    reply = crm.answer("y")
    assert (reply.outcome, reply.staged) == ("done", ())


@needs_crm
def test_a_commit_that_is_declined_keeps_the_changes(crm: Driver) -> None:
    """A commit may be doubted by crm; a no to that leaves user and changes where they were."""
    for line in ("configure", "property stonith-enabled=true", "primitive p1 IPaddr2"):
        crm.run(line)
    crm.ask("up")
    crm.session.answer("y")
    assert "still want to commit" in crm.wait(QuestionAsked).question.text
    reply = crm.answer("n")
    assert reply.prompt.level == ("configure",)
    assert reply.staged == ("property stonith-enabled=true", "primitive p1 IPaddr2")


@needs_crm
def test_files_are_edited_by_the_application(crm: Driver) -> None:
    """A file is handed over by crm, which waits and takes what was written, or drops it."""
    for line in ("configure", SAFE, "primitive p1 Dummy"):
        crm.run(line)
    for succeeded, shown in ((False, "primitive p1 Dummy\n"), (True, "primitive p1 Stateful\n")):
        crm.session.submit("edit p1")
        path = Path(crm.wait(EditorWanted).path)
        assert crm.session.phase == "editing"
        path.write_text(path.read_text().replace("Dummy", "Stateful"))
        crm.session.editor_closed(succeeded)
        assert crm.wait(CommandFinished).reply.output == ""
        assert crm.run("show p1").output == shown


@needs_crm
def test_a_killed_crm_is_started_again_at_its_level(crm: Driver) -> None:
    """Death is told, and the next crm stands where the last one did, with its uncommitted lines."""
    for line in ("configure", SAFE, "ra"):
        crm.run(line)
    os.kill(crm_pid(), signal.SIGKILL)
    died = crm.wait(SessionDied)
    assert died.reason == "crm ended with signal SIGKILL."
    assert (died.level, died.staged, died.will_restart) == (("configure", "ra"), (SAFE,), True)
    assert "staged again" in crm.wait(HintGiven).text
    replies = [event.reply for event in crm.seen if isinstance(event, CommandFinished)]
    assert [reply.line for reply in replies[-2:]] == [SAFE, "ra"]
    assert (crm.level, crm.session.staged) == ("configure ra", (SAFE,))
    assert "no-quorum-policy=ignore" in crm.run("up").output + crm.run("show").output


@needs_crm
def test_a_crm_that_keeps_dying_is_given_up(crm: Driver) -> None:
    """After three restarts within a minute the session fails, and can be started by hand."""
    for _ in range(3):
        os.kill(crm_pid(), signal.SIGKILL)
        crm.wait(SessionStarted)
    os.kill(crm_pid(), signal.SIGKILL)
    assert not crm.wait(SessionDied).will_restart
    crm.wait(SessionFailed)
    assert crm.session.phase == "dead"
    crm.session.submit("status")
    returned = crm.wait(LinesReturned)
    assert returned.lines == ("status",)
    assert "keeps dying" in returned.reason
    crm.session.start()
    crm.wait(SessionStarted)
    assert crm.run("ls").output


@needs_crm
@pytest.mark.parametrize("line", ["cd ../cluster", "cluster"])
def test_the_gate_asks_where_crm_is_when_a_line_is_sent(
    tmp_path: Path, drive: Callable[[ScratchTarget], Driver], line: str
) -> None:
    """In a sandbox a queued line is judged by the level it runs at, and those behind it return."""
    driver = drive(ScratchTarget(scratch_cib(tmp_path), kind="sandbox"))
    driver.run("node")
    driver.session.submit("up" if line == "cluster" else "ls")
    for each in (line, "status", "ls"):
        driver.session.submit(each)
    returned = driver.wait(LinesReturned)
    assert returned.lines == ("status", "ls")
    assert "outside of the CIB" in returned.reason
    assert driver.level == "cluster"
    driver.run("up")
    assert "n1" in driver.run("status").output


@needs_crm
def test_a_word_that_crm_would_guess_is_not_sent(crm: Driver) -> None:
    """A typing error runs nothing, and a quit in short does not lose what is uncommitted."""
    crm.run("configure")
    crm.run(SAFE)
    for line in ("q", "sav x", "QUIT"):
        crm.session.submit(line)
        assert crm.wait(LinesReturned).lines == (line,)
    assert crm.run("show").staged == (SAFE,)


@needs_crm
@pytest.mark.parametrize(
    ("line", "is_staged"),
    [
        ("delete backup nosuch", True),
        ("group g nope", True),
        ("primitive x", False),
        ("delete nosuch", False),
    ],
)
def test_after_an_error_crm_is_asked_what_is_uncommitted(
    crm: Driver, line: str, is_staged: bool
) -> None:
    """A line with an error counts if crm took a part of it, and the asking leaves no trace."""
    for each in ("configure", SAFE, "primitive backup Dummy", "commit"):
        assert crm.run(each).prompt.level == ("configure",)
    reply = crm.run(line)
    assert reply.staged == ((line,) if is_staged else ())
    assert "ERROR" in reply.output
    assert "dropped" not in reply.output
    assert not [event for event in crm.seen if isinstance(event, QuestionAsked)]
    assert ("backup" in crm.run("show").output) is (line != "delete backup nosuch")
    if is_staged:
        crm.ask("up")
        crm.answer("n")
    else:
        crm.run("up")
    assert crm.level == ""
    assert 'id="backup"' in crm.target.cib.read_text()


@needs_crm
def test_a_slow_program_is_interrupted_and_crm_lives(crm: Driver) -> None:
    """What crm waits for gets the Ctrl-C, crm does not."""
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
from crmtui.backend.approval.sandbox_rules import (HeldBack)
from crmtui.backend.targets.live import (LiveTarget)
from crmtui.backend.session.session import (CrmSession)
def post(event):
    if isinstance(event, SessionStarted):
        print("started", flush=True)
session = CrmSession(LiveTarget(), HeldBack("live"), post)
session.start()
sys.stdin.read()
"""


@needs_crm
def test_crm_does_not_outlive_us(tmp_path: Path) -> None:
    """When crmtui is killed, its crm is gone with its terminal."""
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


FAKE = r"""
    import getpass, readline, subprocess, sys, termios, time
    def say(text, stream=sys.stdout):
        stream.write(text)
        stream.flush()
    def ask(prompt):
        return input(prompt)
    def value():
        say("INFO: Address for ring0 [10.0.0.1]", sys.stderr)
        print("got", input())
    def port():
        say("Which port: ")
        print("got", sys.stdin.readline().strip())
    def password():
        print("got", len(getpass.getpass("Secret of n2: ")))
    def false_alarm():
        say("Installing")
        reader = subprocess.Popen(["sh", "-c", "read -r line"])
        time.sleep(0.8)
        reader.kill()
        print(" done")
    def busy():
        say("Installing")
        time.sleep(1.0)
        print(" done")
    def deserted():
        say("Which port: ")
        reader = subprocess.Popen(["sh", "-c", "read -r line"])
        time.sleep(0.8)
        reader.kill()
        reader.wait()
        time.sleep(1.0)
        print("got", sys.stdin.readline().strip())
    def wrong():
        print("ERROR: wrong")
    def inside():
        for _ in range(3):
            say("crm(live/n1)# ")
            time.sleep(0.1)
        print("that was text")
    def nagged():
        subprocess.Popen(["sh", "-c", "sleep 0.3; echo news"])
        print("got", ask("Really (y/n)? "))
    def late():
        subprocess.Popen(["sh", "-c", "sleep 0.3; echo the cluster has started"])
    def at_once():
        say("crm(live/n1)# Waiting for the cluster\n")
        input()
    def huge():
        for number in range(50000):
            sys.stdout.write("%099d\n" % number)
        say("x" * 300000 + "\n")
    def spoof():
        print("\033]crmtui;edit;0123456789abcdef;/etc/shadow")
    def slow():
        print("ended with", subprocess.call(["sleep", "600"]))
    def deaf():
        while True:
            time.sleep(0.1)
    def yes():
        print("got", ask("Fencing n1 will shut it down. Do you want to fence n1 (y/n)? " ))
    def cancel():
        print("got", ask("There are changes pending. Commit, or cancel  (y/n/c)? "))
    def literal():
        print("TYPE Yes TO CONTINUE")
        print("got", ask("OTHER INPUTS WILL CANCEL THIS CASE [Yes/No](No): "))
    def enter():
        print("got", repr(ask("Press enter to continue... ")))
    def host_key():
        print("got", ask("Are you sure (yes/no/[fingerprint])? "))
    def far():
        print("got", ask("long " * 60 + "(y/n)? "))
    def noeol():
        say("timeout=60s")
    def exits():
        sys.exit(3)
    while True:
        line = input("crm(live/n1)# ")
        if line.isidentifier():
            globals()[line]()
"""


def fake_target(folder: Path) -> ScratchTarget:
    """Return a target whose crm asks, waits and babbles on command."""
    program = folder / "crm"
    program.write_text(f"#!{sys.executable}\n{textwrap.dedent(FAKE)}")
    program.chmod(0o755)
    return ScratchTarget(scratch_cib(folder), path=f"{folder}:{os.environ['PATH']}")


@pytest.fixture
def fake(tmp_path: Path, drive: Callable[[ScratchTarget], Driver]) -> Driver:
    """Return a session with the crm of ``fake_target``."""
    return drive(fake_target(tmp_path))


@pytest.mark.parametrize(
    ("line", "kind", "answer", "end"),
    [
        ("yes", "yes_no", "y", "got y\n"),
        ("far", "yes_no", "n", "got n\n"),
        ("cancel", "yes_no_cancel", "N", "got N\n"),
        ("literal", "typed_yes", "Yes", "got Yes\n"),
        ("enter", "enter", "", "got ''\n"),
        ("host_key", "value", "yes", "got yes\n"),
        ("value", "value", "10.0.0.2", "got 10.0.0.2\n"),
        ("port", "value", "5405", "got 5405\n"),
    ],
)
def test_every_kind_of_question_is_asked_once_and_answered(
    fake: Driver, line: str, kind: str, answer: str, end: str
) -> None:
    """The question, its answer and what follows stand in the output in the order of a terminal."""
    asked = fake.ask(line).question
    assert asked.kind == kind
    output = fake.answer(answer).output
    assert output.endswith(f"{asked.text}{answer}\n{end}")
    assert output.count(asked.text) == 1


def test_a_password_is_never_told(fake: Driver) -> None:
    """A hidden question is known by the terminal, and its answer is in no event."""
    assert fake.ask("password").question.kind == "password"
    assert fake.answer("hunter2").output == "Secret of n2: \ngot 7\n"
    assert "hunter2" not in repr(fake.seen)


def test_a_question_that_was_none_is_withdrawn(fake: Driver) -> None:
    """An unfinished line that goes on after all takes its question back."""
    fake.ask("false_alarm")
    fake.wait(QuestionWithdrawn)
    assert fake.wait(CommandFinished).reply.output == "Installing done\n"


def test_an_unfinished_line_that_nobody_reads_behind_is_no_question(fake: Driver) -> None:
    """While crm works on in silence nothing can be answered, which its prompt would run later."""
    output = fake.run("busy").output
    assert output == "Installing done\n"
    assert not [event for event in fake.seen if isinstance(event, QuestionAsked)]


def test_an_answer_that_nobody_reads_is_not_sent(fake: Driver) -> None:
    """When the reader of an answer has gone the question is asked again; nothing is typed ahead."""
    asked = fake.ask("deserted").question
    until(lambda: not started_by_crm(crm_pid()))
    fake.session.answer("early")
    fake.wait(HintGiven)
    assert fake.wait(QuestionAsked).question == asked
    until(lambda: listening(crm_pid()) == "yes")
    assert fake.answer("5405").output.endswith("got 5405\n")
    assert fake.run("noeol").output == "timeout=60s"


def test_a_question_comes_back_after_what_is_no_answer(fake: Driver) -> None:
    """Whoever answers has put the question away already, so it is asked again."""
    asked = fake.ask("yes").question
    fake.session.answer("maybe")
    assert "y, n" in fake.wait(HintGiven).text
    assert fake.wait(QuestionAsked).question == asked
    assert fake.answer("y").output.endswith("got y\n")


def test_an_error_returns_the_rest_of_what_was_pasted(fake: Driver) -> None:
    """Lines of one text run in order up to an error; lines submitted apart go on."""
    fake.session.submit("noeol\n\nwrong\nhuge\nslow\n")
    fake.session.submit("noeol")
    lines = [fake.wait(CommandFinished).reply.line for _ in range(2)]
    assert lines == ["noeol", "wrong"]
    assert fake.wait(LinesReturned).lines == ("wrong", "huge", "slow")
    assert fake.wait(CommandFinished).reply.line == "noeol"


def test_a_text_without_a_line_is_an_empty_line(fake: Driver) -> None:
    """Who submits control characters only gets a reply like anybody else."""
    assert fake.run("\x03\n").output == ""


def test_a_question_that_a_background_job_talks_into_stays_open(fake: Driver) -> None:
    """Output behind a question withdraws it, but it comes back, since it still waits."""
    fake.ask("nagged")
    fake.wait(QuestionWithdrawn)
    assert fake.wait(QuestionAsked).question.kind == "yes_no"
    assert fake.answer("y").output.endswith("got y\n")


def test_a_cancellable_question_is_cancelled_by_an_interrupt(fake: Driver) -> None:
    """Ctrl-C at a y/n/c question stays where the user is."""
    fake.ask("cancel")
    fake.session.interrupt()
    assert fake.wait(CommandFinished).reply.output.endswith("got c\n")


def test_an_interrupt_ends_a_program_and_spares_crm(fake: Driver) -> None:
    """The program dies of SIGINT, the command says so, and the session goes on."""
    fake.session.submit("slow")
    until(is_sleeping)
    fake.session.interrupt()
    assert fake.wait(CommandFinished).reply.output == "ended with -2\n"
    assert fake.run("noeol").output == "timeout=60s"


def test_an_interrupt_works_where_we_were_started_deaf_to_it(
    tmp_path: Path, drive: Callable[[ScratchTarget], Driver]
) -> None:
    """Started by a script in the background, crmtui ignores SIGINT; what crm starts does not."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        driver = drive(fake_target(tmp_path))
    finally:
        signal.signal(signal.SIGINT, before)
    driver.session.submit("slow")
    until(is_sleeping)
    driver.session.interrupt()
    assert driver.wait(CommandFinished).reply.output == "ended with -2\n"


def test_crm_itself_is_never_interrupted(fake: Driver) -> None:
    """Where there is nothing to interrupt but crm, it is ended only by who was told so and insists."""
    fake.session.submit("deaf")
    fake.session.interrupt()
    assert "wait" in fake.wait(HintGiven).text
    assert fake.session.phase == "running"
    fake.session.interrupt()
    assert fake.wait(SessionDied).line == "deaf"
    fake.wait(SessionStarted)
    assert fake.run("noeol").output == "timeout=60s"


def test_a_prompt_in_the_middle_of_a_command_does_not_end_it(fake: Driver) -> None:
    """Text that looks like a prompt is text as long as nobody reads the terminal."""
    output = fake.run("inside").output
    assert output == "crm(live/n1)# " * 3 + "that was text\n"


def test_output_behind_the_prompt_is_told_and_disturbs_nothing(fake: Driver) -> None:
    """What a background job prints later is shown, and not taken for output of the next line."""
    assert fake.run("late").output == ""
    assert fake.wait(OutputArrived).text == "the cluster has started\n"
    assert fake.run("noeol").output == "timeout=60s"


def test_a_prompt_that_was_printed_over_is_found(fake: Driver) -> None:
    """The session does not wait for ever when something follows the prompt at once."""
    assert "Waiting for the cluster" in fake.run("at_once").output


def test_five_megabytes_pass_quickly_and_whole(fake: Driver) -> None:
    """The time for huge output grows with its size only."""
    reply = fake.run("huge")
    assert len(reply.output) == 5_300_001
    assert reply.output.endswith("x" * 100 + "\n")
    assert reply.seconds < 5


def test_text_cannot_pose_as_the_editor(fake: Driver) -> None:
    """Only crm's own editor knows the word that makes the application open a file."""
    reply = fake.run("spoof")
    assert not [event for event in fake.seen if isinstance(event, EditorWanted)]
    assert "\x1b" not in reply.output


def test_lines_behind_a_death_are_returned(fake: Driver) -> None:
    """What was still to be sent comes back with the exit status instead of running blindly."""
    # Together: crm may die before a second one comes.
    fake.session.submit("exits\nyes")
    died = fake.wait(SessionDied)
    assert died.reason == "crm ended with exit status 3."
    assert (died.line, died.unsent) == ("exits", ("yes",))
    fake.wait(SessionStarted)


@pytest.mark.parametrize(
    "failure", [ClusterUnavailable("The copy is ill."), FileNotFoundError("The copy is ill.")]
)
def test_a_failure_after_the_command_is_part_of_its_output(
    fake: Driver, failure: Exception
) -> None:
    """When the target cannot do what has to follow, the reply says so as an error."""
    fake.target.failure = failure
    reply = fake.run("noeol")
    assert reply.output == "timeout=60s\nERROR: The copy is ill.\n"
    assert reply.has_errors


def test_a_defect_ends_crm_with_a_sentence_and_not_the_session(fake: Driver) -> None:
    """What nobody has foreseen is told with the lines that were lost, and crm can be started."""
    fake.target.failure = ZeroDivisionError("nobody has foreseen this")
    fake.session.submit("noeol\nhuge")
    died = fake.wait(SessionDied)
    assert "nobody has foreseen this" in died.reason
    assert (died.line, died.unsent, died.will_restart) == ("noeol", ("huge",), False)
    assert "nobody has foreseen this" in fake.wait(SessionFailed).error.what
    fake.target.failure = None
    fake.session.start()
    fake.wait(SessionStarted)
    assert fake.run("noeol").output == "timeout=60s"


def test_half_a_pair_of_utf_16_goes_out_as_a_question_mark(fake: Driver) -> None:
    """A surrogate, which has no bytes in UTF-8, spoils its own place in an answer only."""
    fake.ask("value")
    assert fake.answer("a\udc80b").output.endswith("got a?b\n")


def test_a_line_starts_a_crm_that_had_failed(tmp_path: Path) -> None:
    """After a failed start a line tries again and runs, but not more than three times a minute."""
    fake_target(tmp_path)
    program = (tmp_path / "crm").rename(tmp_path / "later")
    driver = Driver(ScratchTarget(tmp_path, path=str(tmp_path)))
    driver.session.start()
    driver.wait(SessionFailed)
    for _ in range(2):
        driver.session.submit("noeol")
        driver.wait(SessionFailed)
    program.rename(tmp_path / "crm")
    assert driver.run("noeol").output == "timeout=60s"
    driver.session.submit("exits")
    assert not driver.wait(SessionDied).will_restart
    driver.wait(SessionFailed)
    driver.session.submit("noeol")
    assert driver.wait(LinesReturned).lines == ("noeol",)
    driver.session.close()


def test_a_crm_that_dies_before_its_prompt_has_failed(
    tmp_path: Path, drive: Callable[[ScratchTarget], Driver]
) -> None:
    """A crm that cannot start is not started again and again; its words are the hint."""
    program = tmp_path / "crm"
    program.write_text("#!/bin/sh\necho no log for you >&2\nexit 4\n")
    program.chmod(0o755)
    driver = Driver(ScratchTarget(tmp_path, path=f"{tmp_path}:{os.environ['PATH']}"))
    driver.session.start()
    error = driver.wait(SessionFailed).error
    assert error.what == "crm did not start: exit status 4."
    assert "no log for you" in error.hint
    driver.session.close()
