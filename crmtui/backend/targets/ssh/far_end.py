"""Reaches what was started on a host: to interrupt it, and to end it.

To end the local ssh of a program does not end the program: without a terminal it is told of nothing,
and one that hangs would stay there and keep its session. So a shell waits at the far end
(``far_end.sh``) that knows programs by a variable in their environment.
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
"""How long an answer may take, which Ctrl-C waits for; over a slow line it is below that."""
_LONGEST = 1 << 16
"""Bytes that are kept of what a host says; an answer has some ten."""


class FarEnd:
    """The shell that waits on a host, and the names of what is started there."""

    def __init__(self) -> None:
        self._link = secrets.token_hex(8)
        self._names = count(1)
        self._requests = count(1)
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._said = b""

    @property
    def command(self) -> str:
        """What starts it, as the shell of a user there takes it."""
        script = (
            resources.files("crmtui.backend.targets.ssh").joinpath("far_end.sh").read_text("utf-8")
        )
        return shlex.join(["exec", "sh", "-c", script, "far_end", self._link])

    def name(self) -> str:
        """Return a name for a program that is to be started."""
        return f"{self._link}.{next(self._names)}"

    def talk_through(self, connection: Connection | None) -> None:
        """Use a connection from now on whose command is ours; None for none."""
        with self._lock:
            self._connection, self._said = connection, b""

    def interrupt(self, name: str, number: signal.Signals) -> bool:
        """Signal what the program ``name`` has started, not itself; say whether that was anything."""
        with self._lock:
            asked = self._ask(f"{number.name.removeprefix('SIG')} {name}")
            return asked is not None and self._answer(asked) > 0

    def end(self, name: str) -> None:
        """End the program ``name`` and all that it has started, within a second or so."""
        with self._lock:
            self._ask(f"end {name}")

    def _ask(self, request: str) -> int | None:
        """Send a request; return its number, or None where nobody is there to take it."""
        if self._connection is None or not self._connection.is_up:
            return None
        number = next(self._requests)
        _, sink = self._connection.pipes
        # Nobody waits for a line that hangs; with it the programs there end as well.
        if not select.select([], [sink], [], 0)[1]:
            return None
        try:
            os.write(sink, f"{number} {request}\n".encode())
        except BrokenPipeError:
            return None
        return number

    def _answer(self, number: int) -> int:
        """Wait for the answer to a request: a count; 0 where none comes."""
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
    """A program on a host; see `crmtui.backend.process.target.FarProcess`."""

    _far_end: FarEnd
    name: str

    def interrupt(self, number: signal.Signals) -> bool:
        """Signal what it has started, but not itself; say whether that was anything."""
        return self._far_end.interrupt(self.name, number)

    def end(self) -> None:
        """End it, and all that it has started."""
        self._far_end.end(self.name)
