"""The cluster from an administrator's own machine: ssh to real nodes, near and far, that come and go."""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.approval.sandbox_rules import SandboxPolicy
from crmtui.backend.process.run import kill, run, start
from crmtui.backend.session.events import (
    CommandFinished,
    QuestionAsked,
    SessionDied,
    SessionStarted,
)
from crmtui.backend.session.session import CrmSession
from crmtui.backend.targets.ssh import SshTarget
from crmtui.errors import ClusterUnavailable, TargetInvalid
from tests.e2e.terminal import CRMTUI, Terminal, environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crmtui.backend.session.events import SessionEvent
    from crmtui.lab import Lab

    Eventually = Callable[[Callable[[], bool], float], bool]

pytestmark = [
    pytest.mark.lab,
    pytest.mark.usefixtures("_own_state"),
    pytest.mark.skipif(shutil.which("ssh") is None, reason="openssh-client is not installed"),
]

RETURN_SECONDS = 90.0
"""Bound until the next host is in use: ssh notices a dead one after 15 s."""
_DELAY_SECONDS = 0.3
_FEW_PORT, _FEW_SESSIONS = 2222, 2
"""Port of an sshd, and the number of sessions that it lets into one connection."""
_CONFIG = """
Host *
    User root
    IdentityFile {key}
    IdentitiesOnly yes
    UserKnownHostsFile {known}
    StrictHostKeyChecking yes
    GlobalKnownHostsFile /dev/null
Host n1 far few behind
    HostName {first}
    HostKeyAlias n1
Host n2
    HostName {second}
    HostKeyAlias n2
Host far
    ProxyCommand {python} {delayed} {delay} %h %p
Host few
    Port {port}
Host behind
    ProxyJump n2
"""


class Office:
    """An administrator's machine: a key, the hosts it knows, and an ssh that uses just these."""

    def __init__(self, folder: Path, lab: Lab) -> None:
        self.folder, self.lab = folder, lab
        self.key, self.known = folder / "key", folder / "known_hosts"
        quietly = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f"]
        subprocess.run([*quietly, str(self.key)], check=True)
        public = self.key.with_suffix(".pub").read_text()
        for node in ("n1", "n2"):
            self._let_in(node, public)
        addresses = {node: self._address(node) for node in ("n1", "n2")}
        config = _CONFIG.format(
            key=self.key,
            known=self.known,
            first=addresses["n1"],
            second=addresses["n2"],
            python=sys.executable,
            delayed=Path(__file__).with_name("delayed.py"),
            delay=_DELAY_SECONDS,
            port=_FEW_PORT,
        )
        (folder / "config").write_text(config)
        ssh = folder / "bin" / "ssh"
        ssh.parent.mkdir()
        ssh.write_text(f'#!/bin/sh\nexec {shutil.which("ssh")} -F {folder / "config"} "$@"\n')
        ssh.chmod(0o755)
        self.path = f"{ssh.parent}{os.pathsep}{os.environ['PATH']}"

    @property
    def environment(self) -> dict[str, str]:
        """Environment of a program that is started there."""
        return environment({"PATH": self.path})

    def crmtui(self, *argv: str) -> subprocess.CompletedProcess[str]:
        """Run crmtui there, to its end."""
        return subprocess.run(
            [*CRMTUI, *argv],
            env=self.environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    def _let_in(self, node: str, public: str) -> None:
        target = self.lab.target(node)
        script = (
            "ssh-keygen -A >/dev/null && mkdir -p -m 700 /root/.ssh /run/sshd && "
            'printf "%s" "$1" >/root/.ssh/authorized_keys && systemctl start ssh && '
            "cat /etc/ssh/ssh_host_ed25519_key.pub"
        )
        done = run(target, ["sh", "-c", script, "sh", public], timeout=60)
        assert done.status == 0, done.errors
        with self.known.open("a") as file:
            file.write(f"{node} {' '.join(done.output.split()[:2])}\n")

    def _address(self, node: str) -> str:
        shown = run(self.lab.target(node), ["ip", "-4", "-br", "address", "show", "host0"])
        return shown.output.split()[2].partition("/")[0]


@pytest.fixture(scope="module")
def office(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Let one key into both nodes of the lab."""
    return Office(tmp_path_factory.mktemp("office"), lab)


@pytest.fixture
def at_office(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Work at the administrator's machine."""
    monkeypatch.setenv("PATH", office.path)
    return office


@pytest.fixture
def node(at_office: Office) -> Iterator[SshTarget]:
    """Connect to n1."""
    target = SshTarget(["n1"])
    yield target
    target.close()


@pytest.fixture
def few(at_office: Office) -> Iterator[SshTarget]:
    """Connect to n1 where it lets in few sessions."""
    sshd = f"/usr/sbin/sshd -p {_FEW_PORT} -o MaxSessions={_FEW_SESSIONS} -o PidFile=/run/few.pid"
    script = f"kill -0 $(cat /run/few.pid) || {sshd}"
    assert run(at_office.lab.target("n1"), ["sh", "-c", script]).status == 0
    target = SshTarget(["few"])
    yield target
    target.close()


@pytest.mark.parametrize("word", ["a b", "$(id)", "`id`", "a'b\"c", "a\nb", "*", "!!", "ü;|&>"])
def test_words_arrive_as_they_are(node: SshTarget, word: str) -> None:
    """No shell on the way makes anything of an argument."""
    assert run(node, ["printf", "%s", word]).output == word


def test_what_runs_there_finds_pacemaker_and_its_variables(node: SshTarget) -> None:
    """Programs of /usr/sbin are found, and variables arrive."""
    assert run(node, ["sh", "-c", "command -v crm_mon"]).status == 0
    assert run(node, ["sh", "-c", 'echo "$X $LC_ALL"'], env={"X": "a b"}).output == "a b C.UTF-8\n"


def test_without_its_connection_no_password_is_asked_for(at_office: Office) -> None:
    """A connection that is gone, to a host that cannot be had again, is an error at once."""
    target = SshTarget(["n1"])
    invocation = target.invocation(["true"])
    target.close()
    ended = subprocess.run(
        invocation.argv, env=invocation.env, stdin=subprocess.DEVNULL, timeout=30, check=False
    )
    assert ended.returncode == 255


def test_what_is_given_up_ends_there(node: SshTarget, eventually: Eventually) -> None:
    """A program that hangs is ended on the host as well, and not by the end of the connection."""
    child = start(node, ["sleep", "1234"])
    search = ["pgrep", "-f", "^sleep 1234"]
    assert eventually(lambda: run(node, search).status == 0, 30)
    kill(child)
    child.communicate()
    assert eventually(lambda: run(node, search).status != 0, 30)


def test_more_programs_than_sessions(few: SshTarget) -> None:
    """A host that lets two sessions into a connection runs a dozen programs at once all the same."""
    with ThreadPoolExecutor(12) as pool:
        asked = [pool.submit(run, few, ["sh", "-c", "sleep 1; echo $0", str(n)]) for n in range(12)]
    assert [each.result().output for each in asked] == [f"{number}\n" for number in range(12)]


def test_questions_and_interrupts_reach_crm(at_office: Office, eventually: Eventually) -> None:
    """With 300 ms of delay a question is answered, a slow program interrupted, and crm goes on."""
    target = SshTarget(["far"])
    events: queue.Queue[SessionEvent] = queue.Queue()
    session = CrmSession(target, SandboxPolicy(target.kind), events.put)

    def heard(kind: type[SessionEvent]) -> SessionEvent:
        while not isinstance(event := events.get(timeout=60), kind):
            assert not isinstance(event, SessionDied), event
        return event

    def runs(*command: str) -> bool:
        return run(target, ["pgrep", "-f", *command]).status == 0

    try:
        session.start()
        heard(SessionStarted)
        session.submit("node clearstate n2")
        heard(QuestionAsked)
        session.answer("n")
        heard(CommandFinished)
        session.submit("configure filter 'sleep 2345'")
        assert eventually(lambda: runs("^sleep 2345"), 60)
        session.interrupt()
        heard(CommandFinished)
        assert not runs("^sleep 2345")
        session.submit("node show n2")
        finished = heard(CommandFinished)
        assert isinstance(finished, CommandFinished)
        assert "n2(2): member" in finished.reply.output
        session.close()
        assert eventually(lambda: not runs("crm -D plain"), 60)
    finally:
        session.close()
        target.close()


@pytest.mark.parametrize("host", ["few", "far"])
def test_everything_works_as_on_the_node(at_office: Office, few: SshTarget, host: str) -> None:
    """Panes, commands and keys with their forecasts work over ssh: few sessions, 300 ms of delay."""
    with Terminal([*CRMTUI, "--host", host], env=at_office.environment) as screen:
        screen.shows("SSH", "● n1 .*online", r"crm\(live/n1\)# *$", seconds=60)
        screen.enter("node show n2")
        screen.shows(r"n2\(2\): member", seconds=60)
        screen.to_the_panes()
        screen.press("1", "up", "down", "s")
        screen.shows("crm node standby n2", seconds=60)
        screen.confirms()
        screen.shows("n2 .*standby", seconds=60)
        screen.press("o")
        screen.shows("crm node online n2", seconds=60)
        screen.confirms()
        screen.shows("● n2 +online", seconds=60)


def test_the_next_host_is_taken_when_one_goes_away(
    at_office: Office, eventually: Eventually
) -> None:
    """A host that loses its power is replaced, the screen says so, and pending work is kept."""
    lab = at_office.lab
    with Terminal([*CRMTUI, "--host", "n1,n2"], env=at_office.environment) as screen:
        screen.shows(r"crm\(live/n1\)# *$", seconds=60)
        screen.enter("configure")
        screen.shows(r"configure# *$", seconds=60)
        screen.enter("primitive kept ocf:pacemaker:Dummy")
        screen.shows(r"configure \[1 pending\]# *$", seconds=60)
        try:
            lab.kill("n1")
            screen.shows(
                "crm ended with the connection to its host",
                "n1 is unreachable: n2 answers instead",
                r"crm\(live/n2\)configure \[1 pending\]# *$",
                "SSH.*n2",
                "n1 .*(OFFLINE|UNCLEAN|offline)",
                seconds=RETURN_SECONDS,
            )
            screen.enter("show kept")
            screen.shows(r"configure# show kept *● done", seconds=60)
            screen.to_the_panes()
            screen.press("5")
            screen.shows("host +n1 is unreachable")
            screen.press(":")
            screen.enter("refresh")
            screen.shows(r"\(y/n\)\? ")
            screen.enter("y")
            screen.shows(r"crm\(live/n2\)configure# *$", seconds=60)
        finally:
            lab.boot("n1")
            run(lab.target("n1"), ["sh", "-c", "mkdir -p /run/sshd; systemctl start ssh"])


def test_what_only_prints_does_so_through_a_jump_host(at_office: Office) -> None:
    """A jump host of ssh's own configuration is used, by snapshot, doctor and watch alike."""
    seen = at_office.crmtui("--host", "behind", "snapshot")
    assert seen.returncode == 0, seen.stderr
    assert "n2" in seen.stdout

    examined = at_office.crmtui("doctor", "--host", "behind", "--format", "json")
    told = json.loads(examined.stdout)
    assert told["target"] == {"kind": "SSH", "name": "behind"}
    assert (examined.returncode, told["well"]) == (0, True), told

    attribute = ["crm_attribute", "--node", "n2", "--name", "office"]
    watching = subprocess.Popen(
        [*CRMTUI, "watch", "--host", "behind", "--format", "json"],
        env=at_office.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert watching.stdout is not None
        assert json.loads(watching.stdout.readline())["event"] == "state"
        run(at_office.lab.target("n2"), [*attribute, "--update", "upstairs"])
        assert "upstairs" in json.loads(watching.stdout.readline())["sentence"]
        watching.send_signal(signal.SIGINT)
        _, errors = watching.communicate(timeout=30)
        assert (watching.returncode, errors) == (0, "")
    finally:
        run(at_office.lab.target("n2"), [*attribute, "--delete"])
        watching.kill()
        watching.communicate()


def test_a_changed_host_key_is_an_alarm(at_office: Office) -> None:
    """If another key than the known one is shown, nothing is sent and the reason is told."""
    known = at_office.known.read_text()
    other = at_office.key.with_suffix(".pub").read_text()
    at_office.known.write_text(f"n1 {other}")
    try:
        with pytest.raises(TargetInvalid, match="host key of n1 has changed"):
            SshTarget(["n1"])
    finally:
        at_office.known.write_text(known)


def test_a_wrong_key_names_the_host(at_office: Office, tmp_path: Path) -> None:
    """A key that the host does not take ends in a sentence with the host and what to try."""
    side_session = tmp_path / "side-session"
    at_office.key.rename(side_session)
    try:
        with pytest.raises(ClusterUnavailable, match="n1 refuses your login") as caught:
            SshTarget(["n1"])
    finally:
        side_session.rename(at_office.key)
    assert "ssh n1" in caught.value.hint


def test_no_host_at_all(at_office: Office) -> None:
    """Of hosts that cannot be reached each is named, and the program ends with the status for it."""
    done = at_office.crmtui("--host", "nosuch.invalid,neither.invalid", "snapshot")
    assert done.returncode == 4
    assert "nosuch.invalid cannot be reached" in done.stderr
    assert "neither.invalid cannot be reached" in done.stderr
