"""Far end of a link: a shell on the host that interrupts and ends programs there.

A program outlives its local ssh: without a terminal it gets no signal, and one that hangs keeps its
session. So a shell waits on the host (``far_end.sh``). It finds programs by a variable in their
environment.
"""

from __future__ import annotations

import os
import secrets
import select
import shlex
import threading
import time
from dataclasses import dataclass
from importlib import resources
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import signal

    from crmtui.backend.targets.ssh.connection import Connection

_SECONDS = 1.0
"""Seconds for an answer, during which Ctrl-C waits; an answer over a slow line takes less."""
_LONGEST = 1 << 16
"""Bytes that are kept of a host's output; an answer has some ten."""


class FarEnd:
    """Shell on a host, with the names of the programs started there."""

    def __init__(self) -> None:
        self._link = secrets.token_hex(8)
        self._names = count(1)
        self._requests = count(1)
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._said = b""

    @property
    def command(self) -> str:
        """Command that starts the shell, for the user's shell on the host."""
        script = (
            resources.files("crmtui.backend.targets.ssh").joinpath("far_end.sh").read_text("utf-8")
        )
        return shlex.join(["exec", "sh", "-c", script, "far_end", self._link])

    def name(self) -> str:
        """Return a new name for the next program."""
        return f"{self._link}.{next(self._names)}"

    def talk_through(self, connection: Connection | None) -> None:
        """Use a connection that runs our command; None for no connection."""
        with self._lock:
            self._connection, self._said = connection, b""

    def interrupt(self, name: str, number: signal.Signals) -> bool:
        """Signal the children of the program ``name``; return True if there are any."""
        with self._lock:
            asked = self._ask(f"{number.name.removeprefix('SIG')} {name}")
            return asked is not None and self._answer(asked) > 0

    def end(self, name: str) -> None:
        """End the program ``name`` and its children, within a second or so."""
        with self._lock:
            self._ask(f"end {name}")

    def _ask(self, request: str) -> int | None:
        """Send a request; return its number, or None if the far end takes none."""
        if self._connection is None or not self._connection.is_up:
            return None
        number = next(self._requests)
        _, sink = self._connection.pipes
        # No wait for a connection that hangs: when it breaks, the programs there end as well.
        if not select.select([], [sink], [], 0)[1]:
            return None
        try:
            os.write(sink, f"{number} {request}\n".encode())
        except BrokenPipeError:
            return None
        return number

    def _answer(self, number: int) -> int:
        """Return the answer to a request, which is a count; 0 without an answer in time."""
        assert self._connection is not None
        source, _ = self._connection.pipes
        deadline = time.monotonic() + _SECONDS
        while True:
            *lines, self._said = self._said.split(b"\n")
            for line in lines:
                asked, _, reached = line.partition(b" ")
                if asked == str(number).encode() and reached.strip().isdigit():
                    return int(reached)
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([source], [], [], left)[0]:
                return 0
            chunk = os.read(source, 4096)
            if not chunk:
                return 0
            self._said = (self._said + chunk)[-_LONGEST:]


@dataclass(frozen=True, slots=True)
class FarProgram:
    """Program on a host; see `crmtui.backend.process.target.FarProcess`."""

    _far_end: FarEnd
    name: str

    def interrupt(self, number: signal.Signals) -> bool:
        """Signal the children of the program, but not itself; return True if there are any."""
        return self._far_end.interrupt(self.name, number)

    def end(self) -> None:
        """End the program and its children."""
        self._far_end.end(self.name)
