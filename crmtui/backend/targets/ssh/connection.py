"""Connection of one ssh, in which others have sessions (ssh_config(5), ControlMaster)."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import tempfile
import time
from typing import TYPE_CHECKING

from crmtui.backend.targets.ssh.ssh_refusal import refusal
from crmtui.errors import ProgramMissing
from crmtui.text import plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CONNECT_SECONDS = 10
"""Seconds for the host's first answer (ssh_config(5), ConnectTimeout)."""
_BATCH_SECONDS = 30.0
"""Seconds for a whole connection that may not ask on the terminal."""
_ALIVE_SECONDS, _ALIVE_COUNT = 5, 3
"""Seconds between two probes of the connection, and probes without an answer until it ends."""
_READY = b"crmtui-ready"
_ON_ITS_OWN = (
    *("-N", "-o", "PermitLocalCommand=yes", "-o", f"LocalCommand=echo {_READY.decode()}"),
)
"""Options of a connection without a command, which uses up none of the host's sessions."""
_BOUND = ("setpriv", "--pdeathsig", "TERM", "--")
"""Prefix that ends ssh with the thread that started it. A connection with a command needs none: the
command ends with us."""


class Connection:
    """Connection to ``host``, as long as it holds.

    Args:
        host: Host as ssh takes it: ``n1``, ``root@n1``, an alias of ssh_config, ``ssh://root@n1:22``.
        socket: Socket for its sessions; a short path in a private folder.
        command: Shell command on the host for the life of the connection; it prints a word when ready.
            Empty for no command.
    """

    def __init__(self, host: str, socket: Path, command: str = "") -> None:
        self._host = host
        self._socket = socket
        self._command = command
        self._ssh: subprocess.Popen[bytes] | None = None
        self._is_over = False

    @property
    def is_up(self) -> bool:
        """True while the connection holds, as far as ssh knows."""
        return self._ssh is not None and self._ssh.poll() is None

    @property
    def pipes(self) -> tuple[int, int]:
        """File descriptors of the command's output and input."""
        assert self._ssh is not None
        assert self._ssh.stdin is not None
        assert self._ssh.stdout is not None
        return self._ssh.stdout.fileno(), self._ssh.stdin.fileno()

    def open(self, *, asks: bool) -> None:
        """Connect.

        Args:
            asks: True if ssh may ask on the terminal, for a password or about an unknown host key.

        Raises:
            ProgramMissing: There is no ssh on this machine.
            TargetInvalid: The host's key differs from the known one.
            ClusterUnavailable: The host does not answer, or refuses the login.
        """
        with tempfile.TemporaryFile() as said:
            try:
                self._ssh = subprocess.Popen(
                    self._argv(asks=asks),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=said,
                    start_new_session=not asks,
                )
            except FileNotFoundError as error:
                raise ProgramMissing(
                    "The program ssh is not installed on this machine.",
                    hint="Install it: apt-get install openssh-client, zypper install openssh-clients.",
                ) from error
            if self._is_over:  # `hang_up` was called meanwhile
                self.hang_up()
            if not self._is_ready(None if asks else time.monotonic() + _BATCH_SECONDS):
                self.close()
                said.seek(0)
                raise refusal(self._host, plain(said.read().decode(errors="replace")))

    def _argv(self, *, asks: bool) -> Sequence[str]:
        options = (
            *("-o", "ControlMaster=yes", "-o", "ControlPersist=no", "-S", str(self._socket)),
            *("-o", f"ConnectTimeout={CONNECT_SECONDS}"),
            *("-o", f"ServerAliveInterval={_ALIVE_SECONDS}"),
            *("-o", f"ServerAliveCountMax={_ALIVE_COUNT}"),
            *("-o", f"BatchMode={'no' if asks else 'yes'}", "-T"),
        )
        if self._command:
            return ("ssh", *options, self._host, self._command)
        return (*_BOUND, "ssh", *options, *_ON_ITS_OWN, self._host)

    def _is_ready(self, deadline: float | None) -> bool:
        """Wait for the word that the connection is ready; False if ssh has ended or time is up."""
        output, seen = self.pipes[0], b""
        while _READY not in seen:
            left = None if deadline is None else max(0.0, deadline - time.monotonic())
            if not select.select([output], [], [], left)[0]:
                return False
            chunk = os.read(output, 4096)
            if not chunk:
                return False
            seen = (seen + chunk)[-4096:]  # a shell's start-up files may print anything first
        return True

    def hang_up(self) -> None:
        """End the connection; any thread may call this, also during `open`."""
        self._is_over = True
        if self._ssh is not None and self._ssh.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                self._ssh.send_signal(signal.SIGTERM)

    def close(self) -> None:
        """End the connection, reap ssh and remove the socket."""
        self.hang_up()
        ssh, self._ssh = self._ssh, None
        if ssh is None:
            return
        for stream in (ssh.stdin, ssh.stdout):
            assert stream is not None
            stream.close()
        ssh.wait()
        self._socket.unlink(missing_ok=True)
