"""Children of crmtui end with it, however it ends."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.inside import PYZ, put_crmtui
from tests.e2e.terminal import CRMTUI, Terminal, environment

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.lab import Lab

    Eventually = Callable[[Callable[[], bool], float], bool]

pytestmark = pytest.mark.usefixtures("_own_state")


def descendants(pid: int) -> list[int]:
    """Return the living processes below a process."""
    below: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        below.setdefault(int(fields[1]), []).append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        children = below.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def is_alive(pid: int) -> bool:
    """Say whether a process runs, zombies left out."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.lab
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
@pytest.mark.parametrize("place", ["demo", "node"])
def test_no_child_outlives_it(
    number: signal.Signals, place: str, lab: Lab, dist: Path, eventually: Eventually
) -> None:
    """Told to end, it restores the terminal; however it ends, crm and what follows the log end too."""
    argv, env = [*CRMTUI, "demo"], environment()
    if place == "node":
        target = lab.target("n1")
        put_crmtui(target, dist)
        invocation = target.invocation(["python3", PYZ], {"TERM": "xterm-256color"})
        argv, env = list(invocation.argv), dict(invocation.env)
    with Terminal(argv, env=env) as screen:
        screen.shows(r"^▎ crm\(live/.*\)# *$", "● .* online")
        program = next(pid for pid in [screen.pid, *descendants(screen.pid)] if is_python(pid))
        children = descendants(program)
        assert children
        os.kill(program, number)
        status = screen.ends()
        assert number == signal.SIGKILL or screen.is_restored
        assert number == signal.SIGKILL or status == 128 + number
    assert eventually(lambda: not any(map(is_alive, children)), 10), children


def is_python(pid: int) -> bool:
    """Say whether a process is crmtui itself, not what brings it to a node."""
    words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return b"python" in words[0] and not {b"crmtui", PYZ.encode()}.isdisjoint(words)
