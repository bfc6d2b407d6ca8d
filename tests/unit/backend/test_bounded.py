"""Output of a child is read with a bound on time and on bytes."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.bounded import TooLate, TooMuch, read_to_end
from crmtui.backend.process.run import finish, run, start
from crmtui.backend.session.transcript import Transcript
from crmtui.crmsh.prompt import CrmPrompt
from crmtui.errors import ClusterUnavailable
from tests.unit.backend.test_knowledge import FileTarget

if TYPE_CHECKING:
    from pathlib import Path

MB = 1 << 20


def _child(program: str, *, reads: bool = False) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE if reads else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_both_streams_are_read_whatever_comes_first() -> None:
    """More than a pipe holds comes whole, of both streams, and what is given is read meanwhile."""
    program = """
import sys
given = sys.stdin.buffer.read()
sys.stderr.write("e" * 300000)
sys.stdout.write("o" * 300000 + str(len(given)))
"""
    child = _child(program, reads=True)
    printed = read_to_end(child, b"x" * 500000, seconds=30)
    assert printed.output == b"o" * 300000 + b"500000"
    assert printed.errors == b"e" * 300000
    assert child.returncode == 0


def test_a_child_that_reads_nothing_is_no_fault() -> None:
    """Input that a child does not read is not waited for."""
    child = _child("import os; os.close(0); print('done')", reads=True)
    assert read_to_end(child, b"x" * MB, seconds=30).output == b"done\n"


def test_a_child_that_prints_without_end_is_not_kept() -> None:
    """Beyond the limit no more is read, and what was read is let go."""
    child = _child("while True: print('x' * 4095)")
    with pytest.raises(TooMuch):
        read_to_end(child, None, seconds=30, limit=MB)
    child.kill()
    child.wait()
    for stream in (child.stdout, child.stderr):
        assert stream is not None
        stream.close()


def test_a_child_that_says_nothing_is_late() -> None:
    """The bound on time holds for a child that is silent, and for one that closed its streams."""
    for program in ("input()", "import os; os.close(1); os.close(2); input()"):
        child = _child(program, reads=True)
        stdin, child.stdin = child.stdin, None  # nobody closes it: it waits
        began = time.monotonic()
        with pytest.raises(TooLate):
            read_to_end(child, None, seconds=0.3)
        assert time.monotonic() - began < 30
        child.kill()
        child.wait()
        for stream in (stdin, child.stdout, child.stderr):
            assert stream is not None
            stream.close()


def test_a_program_without_end_is_ended_with_a_sentence(tmp_path: Path) -> None:
    """The error names such a program and how much it printed, and the program is gone."""
    target = FileTarget(tmp_path)
    child = start(target, ("sh", "-c", "exec cat /dev/zero"))
    with pytest.raises(
        ClusterUnavailable, match=r"^crm_mon printed more than 64 MB, and was ended"
    ):
        finish(child, "crm_mon", 60)
    assert child.returncode is not None
    assert run(target, ("echo", "fine")).output == "fine\n"


def test_a_command_without_end_keeps_its_end() -> None:
    """Of what crm prints without end the last of it is kept, and that is said."""
    transcript = Transcript(lambda _event: None)
    transcript.begin()
    for number in range(1300):
        transcript.take(b"x" * 8000 + b"%d\n" % number)
    reply = transcript.reply("status", CrmPrompt("live", "n1"), (), quits=False)
    assert len(reply.output) < 9 * MB
    assert reply.output.startswith("… The output is longer than crmtui keeps")
    assert reply.output.endswith("1299\n")
    transcript.begin()
    transcript.take(b"fine\n")
    assert transcript.reply("status", CrmPrompt("live", "n1"), (), quits=False).output == "fine\n"


def test_what_is_muted_is_bounded_too() -> None:
    """Of what crm prints without end while nobody sees it, the last is kept."""
    transcript = Transcript(lambda _event: None)
    transcript.mute(is_muted=True)
    for number in range(1300):
        transcript.take(b"x" * 8000 + b"%d\n" % number)
    assert len(transcript.muted) < 9 * MB
    assert transcript.muted.endswith("1299\n")


def test_memory_goes_back() -> None:
    """Memory for the output of an endless program goes back to the system at its end, each time."""
    argv = [sys.executable, "-c", _MEASURED]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    before, *after = map(int, done.stdout.split())
    assert all(each - before < 16_000 for each in after)  # kB; 64 MB were read


_MEASURED = """
import re, subprocess, threading
from pathlib import Path
from crmtui.backend.process.bounded import (TooMuch, read_to_end)

def resident():
    return re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]

def look():
    child = subprocess.Popen(["cat", "/dev/zero"], stdout=subprocess.PIPE)
    try:
        read_to_end(child, None, seconds=60)
    except TooMuch:
        kept.append(bytes(1000))
        child.kill()
        child.wait()

kept = []
print(resident())
for _ in range(3):
    looking = threading.Thread(target=look)  # as the watch looks
    looking.start()
    looking.join()
    print(resident())
"""


def test_a_deadline_is_told_in_tenths_of_a_second(tmp_path: Path) -> None:
    """The rest of a deadline is no number to read: 0.1999 s is 0.2 s."""
    with pytest.raises(ClusterUnavailable, match=r"sleep gave no answer within 0\.2 s\."):
        run(FileTarget(tmp_path), ["sleep", "60"], timeout=0.1999)
