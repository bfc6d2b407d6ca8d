"""A terminal that sends what is no UTF-8, that stands still, or that goes away."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import struct
import termios
import time
from typing import TYPE_CHECKING

import pexpect
import pytest

from tests.e2e.terminal import CRMTUI, Terminal, environment
from tests.e2e.test_bad_input import descendants, is_alive, needs_crm

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_SECONDS = 30.0


def _until(is_true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + _SECONDS
    while not is_true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


@needs_crm()
@pytest.mark.parametrize(
    "sent", [b"n\xe9t\xe9", b"\x1b[200~latin1 \xe9t\xe9, bad\xff end\x1b[201~"]
)
def test_bytes_of_another_encoding_end_nothing(sent: bytes) -> None:
    """What is no UTF-8, typed or pasted, is shown as a sign for that, and said once."""
    with Terminal((*CRMTUI, "demo"), size=(120, 40)) as screen:
        screen.to_the_line()
        screen.send_bytes(sent)
        screen.shows("that are not UTF-8", "\ufffdt")
        screen.press("ctrl+u")
        screen.send("status")
        screen.shows("# status")
        screen.press("ctrl+u")
        screen.to_the_panes()
        screen.press("q")
        assert screen.ends() == 0


class Stalled:
    """A program on a terminal that somebody stops reading, and closes."""

    def __init__(self, folder: Path) -> None:
        env = environment({"XDG_STATE_HOME": str(folder)})
        self._child: pexpect.spawn[bytes] = pexpect.spawn(
            CRMTUI[0], [*CRMTUI[1:], "demo"], env=env, dimensions=(50, 160), timeout=_SECONDS
        )
        assert self._child.pid is not None
        self.pid = self._child.pid
        self._child.expect(rb"crm\(live/[^)]*\)")
        self.children: list[int] = []

    def stage(self) -> None:
        """Stage a line, and remember what runs for it."""
        self._child.send(b":\x15configure\r")
        self._child.expect(rb"\)configure")
        self._child.send(b"primitive x1 Dummy\r")
        self._child.expect(rb"1 pending")
        self.children = descendants(self.pid)

    def stand_still(self) -> None:
        """Read nothing any more, and let the program paint until the terminal takes nothing."""
        unread, alike = -1, 0
        deadline = time.monotonic() + _SECONDS
        while alike < 10 and time.monotonic() < deadline:
            for key in (b"\x1bOP", b"\x1b"):  # help comes and goes: whole screens
                with contextlib.suppress(BlockingIOError):
                    os.write(self._child.child_fd, key)
                time.sleep(0.1)
            before, unread = unread, self._unread()
            alike = alike + 1 if unread == before else 0
        assert alike, "the terminal never filled up"

    def _unread(self) -> int:
        answer = fcntl.ioctl(self._child.child_fd, termios.FIONREAD, struct.pack("i", 0))
        return int(struct.unpack("i", answer)[0])

    def go_away(self) -> None:
        """Close the terminal."""
        os.close(self._child.child_fd)

    def is_gone(self) -> bool:
        """Say whether the program has ended, and reap it."""
        with contextlib.suppress(ChildProcessError):
            return os.waitpid(self.pid, os.WNOHANG)[0] == self.pid
        return True

    def kill(self) -> None:
        """End what is left of it."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)


@needs_crm()
@pytest.mark.parametrize("how", ["gone", "stalled", "terminated"])
def test_a_terminal_that_goes_leaves_nothing_behind(how: str, tmp_path: Path) -> None:
    """Program and crm end, and the journal is free to be offered, however the terminal goes."""
    program = Stalled(tmp_path)
    try:
        program.stage()
        if how != "gone":
            program.stand_still()
        if how == "terminated":
            os.kill(program.pid, signal.SIGTERM)
            assert _until(program.is_gone), "deaf to SIGTERM while the terminal stands still"
        program.go_away()
        assert how == "terminated" or _until(program.is_gone)
        assert _until(lambda: not any(map(is_alive, program.children)))
        (journal,) = (tmp_path / "crmtui" / "uncommitted").iterdir()
        assert "primitive x1 Dummy" in journal.read_text("utf-8")
        with journal.open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # nobody holds it: it is offered
        assert not (tmp_path / "crmtui" / "crash.log").exists()
    finally:
        program.kill()
