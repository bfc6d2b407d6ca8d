"""Target that is a node behind ssh, for an administrator's own machine.

Programs run on the first host that accepts the login. When it goes away, the next program runs on the
next host: that of the watch after its first failure, or a new crm.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from crmtui.backend.process.private_folder import PrivateFolder
from crmtui.backend.targets.ssh.link import SshLink
from crmtui.errors import ClusterUnavailable, TargetInvalid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.backend.process.target import Invocation, TargetKind, Wakeup

_ENVIRONMENT = {"LC_ALL": "C.UTF-8"}
"""Variables that are added to the host's environment; our own environment stays here."""


class SshTarget:
    """Cluster node behind ssh, with others that can replace it.

    Args:
        hosts: Nodes as ssh takes them, the preferred one first.

    Raises:
        TargetInvalid: There is no host, or the key of one has changed.
        ClusterUnavailable: None of them accepts the login.
    """

    def __init__(self, hosts: Sequence[str]) -> None:
        if not hosts:
            raise TargetInvalid("No host is named.", hint="--host root@n1,n2")
        self._folder = PrivateFolder.make("ssh")
        self._lock = threading.Lock()
        self._is_closed = False
        self._links = [
            SshLink(host, self._folder.path / str(number)) for number, host in enumerate(hosts)
        ]
        self._at = 0
        try:
            self._connect(asks=True)
        except BaseException:
            self.close()
            raise

    def _connect(self, *, asks: bool) -> SshLink:
        """Return a link that holds: the one in use, else the next that accepts the login."""
        reasons: list[str] = []
        hint = ""
        for step in range(len(self._links)):
            at = (self._at + step) % len(self._links)
            try:
                self._links[at].connect(asks=asks)
            except ClusterUnavailable as error:
                reasons.append(error.what)
                hint = hint or error.hint
                continue
            self._at = at
            return self._links[at]
        raise ClusterUnavailable(" ".join(reasons), hint=hint)

    @property
    def kind(self) -> TargetKind:
        """Kind for the badge on the screen."""
        return "ssh"

    @property
    def name(self) -> str:
        """Name of the host in use."""
        return self._links[self._at].host

    def invocation(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Invocation:
        """Return the local command that runs ``argv`` on the host in use, or on the next one.

        Raises:
            ClusterUnavailable: None of the hosts accepts the login.
            TargetInvalid: The key of a host differs from the known one.
        """
        with self._lock:
            if self._is_closed:
                raise ClusterUnavailable("The connection was closed.")
            link = self._connect(asks=False)
        return link.invocation(argv, {**_ENVIRONMENT, **(env or {})})

    def wakeup(self) -> Wakeup:
        """Return a follower of the host's Pacemaker log, or a timer if the log cannot be read."""
        # Imported here: the first snapshot is taken meanwhile.
        from crmtui.backend.targets.wakeups.pacemaker_log import open_wakeup

        return open_wakeup(self)

    def after_command(self) -> None:
        """Do nothing: a real cluster moves by itself."""

    def close(self) -> None:
        """End the connections."""
        with self._lock:
            self._is_closed = True
            for link in self._links:
                link.close()
        self._folder.close()
