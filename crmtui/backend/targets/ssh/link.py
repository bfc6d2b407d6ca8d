"""Link to one host, through the system's own OpenSSH.

OpenSSH uses the configuration, agent, known hosts and jump hosts of the user. One ssh holds the
connection. Each program on the host is a session in it, without a new handshake or password. If the
host's sshd allows no more sessions in it, further connections are made, unless they need a password.
Otherwise programs wait for earlier ones to end (``session.sh``).
"""

from __future__ import annotations

import os
import select
import shlex
import threading
from importlib import resources
from typing import TYPE_CHECKING

from crmtui.backend.process.target import Invocation
from crmtui.backend.targets.live import local_environment
from crmtui.backend.targets.ssh.connection import Connection
from crmtui.backend.targets.ssh.far_end import FarEnd, FarProgram
from crmtui.errors import CrmtuiError, TargetInvalid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_MOST = 8
"""Connections to one host at most."""
_REMOTE = (
    'PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" CRMTUI_SESSION="$0.$$"; '
    'export PATH CRMTUI_SESSION; exec "$@"'
)
"""Script around each program on the host. Pacemaker's programs are in sbin, which PATH may lack outside
of a login. ``far_end.sh`` finds the program by the variable."""


class SshLink:
    """Link to ``host``, with one connection or several.

    Args:
        host: Host as ssh takes it: ``n1``, ``root@n1``, an alias of ssh_config, ``ssh://root@n1:22``.
        folder: Private folder to create, with a short path.
    """

    def __init__(self, host: str, folder: Path) -> None:
        if not host or host.startswith("-"):
            raise TargetInvalid(f"{host or 'An empty name'} is no host.", hint="--host root@n1,n2")
        self.host = host
        self._folder = folder
        self._far_end = FarEnd()
        folder.mkdir(mode=0o700)
        self._script = (
            resources.files("crmtui.backend.targets.ssh").joinpath("session.sh").read_text("utf-8")
        )
        os.mkfifo(folder / "wanted", 0o600)
        self._connections: list[Connection] = []
        self._growing: threading.Thread | None = None
        self._wanted = os.open(folder / "wanted", os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        self._is_closing = False

    @property
    def is_up(self) -> bool:
        """True while the first connection holds, as far as ssh knows."""
        return bool(self._connections) and self._connections[0].is_up

    def connect(self, *, asks: bool) -> None:
        """Connect, unless a connection holds already.

        Args:
            asks: True if ssh may ask on the terminal, for a password or about an unknown host key.

        Raises:
            ProgramMissing: There is no ssh on this machine.
            TargetInvalid: The host's key differs from the known one.
            ClusterUnavailable: The host does not answer, or refuses the login.
        """
        if self.is_up:
            return
        self.disconnect()
        first = Connection(self.host, self._socket(0), self._far_end.command)
        first.open(asks=asks)
        self._connections = [first]
        self._far_end.talk_through(first)
        self._is_closing = False
        self._growing = threading.Thread(target=self._grow, name=f"ssh {self.host}", daemon=True)
        self._growing.start()

    def _socket(self, number: int) -> Path:
        return self._folder / f"{number}.socket"

    def _grow(self) -> None:
        """Make a further connection when a program wants one, as long as none needs a password."""
        can_grow = True
        while not self._is_closing:
            select.select([self._wanted], [], [])
            if can_grow and not self._is_closing:
                further = Connection(self.host, self._socket(len(self._connections)))
                self._connections.append(further)
                try:
                    further.open(asks=False)
                except CrmtuiError:  # session.sh waits for room, and reports the lack of it
                    can_grow = False
                can_grow = can_grow and len(self._connections) < _MOST
            os.read(self._wanted, 4096)

    def invocation(self, argv: Sequence[str], env: Mapping[str, str]) -> Invocation:
        """Return the local command that runs ``argv`` on the host, in an open connection.

        The host's shell gets every word quoted. A program gets a terminal there if it has one here.
        """
        program = FarProgram(self._far_end, self._far_end.name())
        variables = [f"{name}={value}" for name, value in env.items()]
        remote = ["exec", "env", *variables, "sh", "-c", _REMOTE, program.name, *argv]
        way = ("sh", "-c", self._script, "session", str(self._folder), self.host)
        return Invocation((*way, shlex.join(remote)), local_environment(env), program)

    def disconnect(self) -> None:
        """End the connections, and with them the programs in them."""
        self._far_end.talk_through(None)
        self._is_closing = True
        for connection in self._connections:
            connection.hang_up()
        if self._growing is not None:
            os.write(self._wanted, b"\n")
            self._growing.join()
            self._growing = None
        for connection in self._connections:
            connection.close()
        self._connections = []

    def close(self) -> None:
        """End the connections for good."""
        self.disconnect()
        os.close(self._wanted)
