"""One ssh that holds a connection, in which others have sessions (ssh_config(5), ControlMaster)."""

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
"""How long a host may take to answer at all (ssh_config(5), ConnectTimeout)."""
_BATCH_SECONDS = 30.0
"""How long a connection that asks nobody may take as a whole."""
_ALIVE_SECONDS, _ALIVE_COUNT = 5, 3
"""A host that says nothing for this often, and so many times, is given up."""
_READY = b"crmtui-ready"
_ON_ITS_OWN = (
    *("-N", "-o", "PermitLocalCommand=yes", "-o", f"LocalCommand=echo {_READY.decode()}"),
)
"""Takes none of the sessions that the host lets in for itself."""
_BOUND = ("setpriv", "--pdeathsig", "TERM", "--")
"""Ends it with the thread that started it, where there is no program at the far end to end with us."""


class Connection:
    """A connection to ``host``, as long as it holds.

    Args:
        host: As ssh takes it: ``n1``, ``root@n1``, an alias of ssh_config, ``ssh://root@n1:22``.
        socket: Where sessions find it; a short path in a private folder.
        command: What runs there as long as it holds, as the far end's shell takes it, and says that it
            is there; nothing if empty.
    """

    def __init__(self, host: str, socket: Path, command: str = "") -> None:
        self._host = host
        self._socket = socket
        self._command = command
        self._ssh: subprocess.Popen[bytes] | None = None
        self._is_over = False

    @property
    def is_up(self) -> bool:
        """Whether the connection holds, as far as ssh knows."""
        return self._ssh is not None and self._ssh.poll() is None

    @property
    def pipes(self) -> tuple[int, int]:
        """What the command writes to and reads from."""
        assert self._ssh is not None
        assert self._ssh.stdin is not None
        assert self._ssh.stdout is not None
        return self._ssh.stdout.fileno(), self._ssh.stdin.fileno()

    def open(self, *, asks: bool) -> None:
        """Connect.

        Args:
            asks: Whether ssh may ask on the terminal, for a password or about an unknown host key.

        Raises:
            ProgramMissing: There is no ssh on this machine.
            TargetInvalid: The host shows another key than the one that is known.
            ClusterUnavailable: The host does not answer, or lets us not in.
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
            if self._is_over:  # hung up meanwhile
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
        """Wait until it is said that it holds; ``False`` when ssh ended or it is late."""
        output, seen = self.pipes[0], b""
        while _READY not in seen:
            left = None if deadline is None else max(0.0, deadline - time.monotonic())
            if not select.select([output], [], [], left)[0]:
                return False
            chunk = os.read(output, 4096)
            if not chunk:
                return False
            seen = (seen + chunk)[-4096:]  # a shell's start-up files may print anything before
        return True

    def hang_up(self) -> None:
        """End the connection; may be called from any thread, also while it is being opened."""
        self._is_over = True
        if self._ssh is not None and self._ssh.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                self._ssh.send_signal(signal.SIGTERM)

    def close(self) -> None:
        """End the connection, and let go of it."""
        self.hang_up()
        ssh, self._ssh = self._ssh, None
        if ssh is None:
            return
        for stream in (ssh.stdin, ssh.stdout):
            assert stream is not None
            stream.close()
        ssh.wait()
        self._socket.unlink(missing_ok=True)
