"""Driver of a crm session, the scratch target that it works on, and a crm that asks what crm may."""

from __future__ import annotations

import os
import queue
import select
import shutil
import sys
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

from crmtui.backend.approval.sandbox_rules import SandboxPolicy
from crmtui.backend.process.target import Invocation, TargetKind, Wakeup
from crmtui.backend.process.tree import started_by_crm
from crmtui.backend.session.events import (
    CommandFinished,
    CrmReply,
    QuestionAsked,
    SessionEvent,
)
from crmtui.backend.session.session import CrmSession

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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
DEADLINE = 90.0
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
            target, SandboxPolicy(target.kind), self.events.put, columns=columns, is_kept=is_kept
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
        """Level at which crm is."""
        assert self.session.prompt is not None
        return " ".join(self.session.prompt.level)


def scratch_cib(folder: Path, feature_set: str = "3.15.0") -> Path:
    """Write a CIB with two nodes and no resource."""
    path = folder / "cib.xml"
    path.write_text(CIB.format(feature_set=feature_set))
    return path


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
