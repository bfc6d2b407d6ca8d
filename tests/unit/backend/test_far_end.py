"""The script at the far end of an ssh connection; run here, without ssh."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING, cast

import pytest

from crmtui.backend.targets.ssh import far_end as module
from crmtui.backend.targets.ssh.far_end import FarEnd, FarProgram

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crmtui.backend.targets.ssh.connection import Connection

_BEGUN = 'CRMTUI_SESSION="$0.$$"; export CRMTUI_SESSION; exec "$@"'
_CRM = 'trap "echo hit" INT TERM; sh -c "trap - INT; echo ready; sleep 100"; echo over; sleep 100'
"""A crm that waits for what it has started, and then goes on."""


class Wire:
    """A connection to a shell of this machine."""

    def __init__(self, command: str) -> None:
        self._shell = subprocess.Popen(
            ["sh", "-c", command], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._shell.stdin is not None
        assert self._shell.stdout is not None
        self.pipes = self._shell.stdout.fileno(), self._shell.stdin.fileno()

    @property
    def is_up(self) -> bool:
        """True if the shell is there."""
        return self._shell.poll() is None

    def hang_up(self) -> None:
        """Go away, as a connection does; the far end stays for the seconds that it gives."""
        assert self._shell.stdin is not None
        self._shell.stdin.close()

    def wait(self) -> None:
        """Wait until the far end is gone."""
        assert self._shell.stdout is not None
        self._shell.wait(timeout=30)
        self._shell.stdout.close()

    def close(self) -> None:
        """Go away, and wait for the far end."""
        self.hang_up()
        self.wait()

    def kill(self) -> None:
        """End at once."""
        self._shell.kill()
        for stream in (self._shell.stdin, self._shell.stdout):
            assert stream is not None
            stream.close()
        self._shell.wait()


@pytest.fixture(scope="module")
def hung_up() -> Iterator[list[Wire]]:
    """Return the connections that went away; all of their far ends are waited for together."""
    wires: list[Wire] = []
    yield wires
    for wire in wires:
        wire.wait()


@pytest.fixture
def far_end(hung_up: list[Wire]) -> Iterator[FarEnd]:
    """Return a far end on this machine."""
    made = FarEnd()
    wire = Wire(made.command)
    made.talk_through(cast("Connection", wire))
    yield made
    wire.hang_up()
    hung_up.append(wire)


def begin(far_end: FarEnd, script: str) -> tuple[subprocess.Popen[bytes], FarProgram]:
    """Start a program as it starts on a host; return it when it has said something."""
    program = FarProgram(far_end, far_end.name())
    argv = ["sh", "-c", _BEGUN, program.name, "sh", "-c", script]
    child = subprocess.Popen(
        argv, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, start_new_session=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    return child, program


def test_what_crm_has_started_is_interrupted_and_crm_spared(far_end: FarEnd) -> None:
    """Ctrl-C reaches the program that crm waits for, and crm goes on."""
    crm, program = begin(far_end, _CRM)
    assert program.interrupt(signal.SIGINT)
    assert crm.stdout is not None
    assert crm.stdout.readline() == b"over\n"
    assert crm.poll() is None
    program.end()
    assert crm.wait(timeout=30) != 0
    crm.stdout.close()


def test_nothing_to_interrupt_is_said(far_end: FarEnd) -> None:
    """A crm that has started nothing has nothing that could be interrupted."""
    crm, program = begin(far_end, "echo ready; exec sleep 100")
    assert not program.interrupt(signal.SIGINT)
    assert crm.poll() is None
    program.end()
    crm.communicate(timeout=30)


def test_the_end_of_a_program_is_that_of_others_not(far_end: FarEnd) -> None:
    """A program that hangs, deaf to a hang-up, is ended with what it has started, and nothing else."""
    deaf, program = begin(far_end, "trap '' HUP; sh -c 'echo ready; sleep 100'; sleep 100")
    other, its = begin(far_end, "sh -c 'echo ready; sleep 100'; sleep 100")
    program.end()
    deaf.communicate(timeout=30)  # reads to the end: nobody is left that could write
    assert other.poll() is None
    its.end()
    other.communicate(timeout=30)


def test_what_was_started_ends_with_the_connection(tmp_path: Path) -> None:
    """Programs that were started through a connection go away with it; but no daemon does."""
    far_end = FarEnd()
    wire = Wire(far_end.command)
    far_end.talk_through(cast("Connection", wire))
    ours = tmp_path / "pid"
    daemon = f"setsid sh -c 'echo $$ >{ours}; echo ready; exec sleep 100'"
    child, _ = begin(far_end, f"{daemon} & exec >/dev/null; sleep 100")
    wire.close()
    assert child.wait(timeout=30) != 0
    pid = int(ours.read_text())
    os.kill(pid, signal.SIGKILL)  # fails where it has ended as well
    assert child.stdout is not None
    child.stdout.close()


def test_far_end_that_is_gone_reaches_nothing(far_end: FarEnd) -> None:
    """With nobody there any more, nothing is reached and nobody waits."""
    far_end.talk_through(None)
    began = time.monotonic()
    assert not FarProgram(far_end, "x.1").interrupt(signal.SIGINT)
    FarProgram(far_end, "x.1").end()
    assert time.monotonic() - began < 1


def test_a_host_that_talks_without_end_is_not_listened_to_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Endless text of a host without an answer ends the wait, and fills no memory."""
    monkeypatch.setattr(module, "_SECONDS", 0.3)
    far_end = FarEnd()
    wire = Wire("exec cat /dev/zero")
    far_end.talk_through(cast("Connection", wire))
    try:
        assert not FarProgram(far_end, far_end.name()).interrupt(signal.SIGINT)
        assert len(far_end._said) <= 1 << 16
    finally:
        wire.kill()
