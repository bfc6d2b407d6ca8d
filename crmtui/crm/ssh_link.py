"""One multiplexed connection to a host, through the system's own OpenSSH.

Its configuration, agent, known hosts and jump hosts are those of whoever runs it; nothing of ssh is
done here. One ``ssh`` holds the connection (ssh_config(5), ControlMaster) and each program that runs on
the host is a session in it, which costs no new handshake and asks for no password.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import shlex
import signal
import subprocess
import tempfile
import time
from typing import TYPE_CHECKING

from crmtui.cluster.text import plain
from crmtui.errors import ClusterUnavailable, ProgramMissing, TargetInvalid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

CONNECT_SECONDS = 10
"""How long a host may take to answer at all (ssh_config(5), ConnectTimeout)."""
_BATCH_SECONDS = 30.0
"""How long a connection that asks nobody may take as a whole."""
_ALIVE_SECONDS, _ALIVE_COUNT = 5, 3
"""A host that says nothing for this often, and so many times, is given up."""
_READY = b"crmtui-ready"
# Ends when we do: our end of its input is closed then, however we end.
_HOLD = f"echo {_READY.decode()}; exec cat >/dev/null"
_SBIN = 'PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"; export PATH; exec "$@"'
"""A session that is no login may have no sbin on its PATH, where Pacemaker's programs are."""
_CHANGED_KEY = re.compile(r"REMOTE HOST IDENTIFICATION HAS CHANGED")
_UNKNOWN_KEY = re.compile(r"Host key verification failed|No .* host key is known")
_REFUSED = re.compile(r"Permission denied")


class SshLink:
    """A connection to ``host`` as long as it holds.

    Args:
        host: As ssh takes it: ``n1``, ``root@n1``, an alias of ssh_config, ``ssh://root@n1:22``.
        socket: Where sessions find the connection; a short path in a private folder.
    """

    def __init__(self, host: str, socket: Path) -> None:
        if not host or host.startswith("-"):
            raise TargetInvalid(f"{host or 'An empty name'} is no host.", hint="--host root@n1,n2")
        self.host = host
        self._socket = socket
        self._master: subprocess.Popen[bytes] | None = None

    @property
    def is_up(self) -> bool:
        """Whether the connection holds, as far as ssh knows."""
        return self._master is not None and self._master.poll() is None

    def connect(self, *, asks: bool) -> None:
        """Connect, unless that holds already.

        Args:
            asks: Whether ssh may ask on the terminal, for a password or about an unknown host key.

        Raises:
            ProgramMissing: There is no ssh on this machine.
            TargetInvalid: The host shows another key than the one that is known.
            ClusterUnavailable: The host does not answer, or lets us not in.
        """
        if self.is_up:
            return
        self.close()
        with tempfile.TemporaryFile() as said:
            try:
                self._master = subprocess.Popen(
                    self._master_argv(asks=asks),
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
            if not self._is_ready(None if asks else time.monotonic() + _BATCH_SECONDS):
                self.close()
                said.seek(0)
                raise _refusal(self.host, plain(said.read().decode(errors="replace")))

    def _master_argv(self, *, asks: bool) -> list[str]:
        options = [
            *("-o", "ControlMaster=yes", "-o", "ControlPersist=no", "-S", str(self._socket)),
            *("-o", f"ConnectTimeout={CONNECT_SECONDS}"),
            *("-o", f"ServerAliveInterval={_ALIVE_SECONDS}"),
            *("-o", f"ServerAliveCountMax={_ALIVE_COUNT}"),
            *("-o", f"BatchMode={'no' if asks else 'yes'}", "-T"),
        ]
        return ["ssh", *options, self.host, _HOLD]

    def _is_ready(self, deadline: float | None) -> bool:
        """Wait until the far end has said that it is there; ``False`` when ssh ended or it is late."""
        assert self._master is not None
        assert self._master.stdout is not None
        output, seen = self._master.stdout.fileno(), b""
        while _READY not in seen:
            left = None if deadline is None else max(0.0, deadline - time.monotonic())
            if not select.select([output], [], [], left)[0]:
                return False
            chunk = os.read(output, 4096)
            if not chunk:
                return False
            seen = (seen + chunk)[-4096:]  # a shell's start-up files may print anything before
        return True

    def argv(self, argv: Sequence[str], env: Mapping[str, str]) -> tuple[str, ...]:
        """Return how to start ``argv`` here so that it runs on the host, in this connection.

        The far end's shell gets every word quoted. A terminal is made there where the program is
        started on one here. Without the connection ssh must not make a new one: it would ask for
        passwords on the terminal that the screen is painted on.
        """
        variables = [f"{name}={value}" for name, value in env.items()]
        remote = ["exec", "env", *variables, "sh", "-c", _SBIN, "sh", *argv]
        return (
            *("ssh", "-S", str(self._socket), "-t", "-o", "ControlMaster=no"),
            *("-o", "BatchMode=yes", "-o", "LogLevel=ERROR", "-o", "ProxyCommand=false"),
            *(self.host, shlex.join(remote)),
        )

    def close(self) -> None:
        """End the connection, and with it whatever runs in it."""
        master, self._master = self._master, None
        if master is None:
            return
        with contextlib.suppress(ProcessLookupError):
            master.send_signal(signal.SIGTERM)
        for stream in (master.stdin, master.stdout):
            assert stream is not None
            stream.close()
        master.wait()
        self._socket.unlink(missing_ok=True)


def _refusal(host: str, said: str) -> ClusterUnavailable | TargetInvalid:
    """Return what to say of a connection that did not come about."""
    last = said.strip().splitlines()[-1] if said.strip() else "ssh gave no reason"
    if _CHANGED_KEY.search(said):
        return TargetInvalid(
            f"{host} shows another host key than the one that is known: somebody may be in between.",
            hint="Nothing was sent. If it was installed anew: ssh-keygen -R HOST, then connect once.",
        )
    if _UNKNOWN_KEY.search(said):
        return ClusterUnavailable(
            f"The host key of {host} is not known ({last}).", hint=f"Connect once: ssh {host}"
        )
    if _REFUSED.search(said):
        return ClusterUnavailable(
            f"{host} does not let you in: {last}",
            hint=f"Does this work: ssh {host}? Another key: IdentityFile in ~/.ssh/config.",
        )
    return ClusterUnavailable(f"{host} cannot be reached: {last}", hint=f"Try: ssh {host}")
