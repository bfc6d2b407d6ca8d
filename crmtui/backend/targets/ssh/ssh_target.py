"""The target that is a node reached by ssh, from an administrator's own machine.

Programs run on the first of the named hosts that lets us in. When it goes away the next one is taken
by whoever needs a program next: the watch after its first failure, crm when it is started again.
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
"""What a program finds there beside what the host gives it; nothing of ours goes over."""


class SshTarget:
    """A cluster node on the other end of ssh, and those that can stand in for it.

    Args:
        hosts: The nodes, the preferred one first, as ssh takes them.

    Raises:
        TargetInvalid: There is no host among them, or one shows a changed key.
        ClusterUnavailable: None of them lets us in.
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
        """Return a link that holds: the one in use, else the next that lets us in."""
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
        """Which badge the screen shows."""
        return "ssh"

    @property
    def name(self) -> str:
        """The host in use."""
        return self._links[self._at].host

    def invocation(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Invocation:
        """Return how to start ``argv`` on the host in use; a host that is gone is replaced first.

        Raises:
            ClusterUnavailable: None of the hosts lets us in.
            TargetInvalid: A host shows another key than the one that is known.
        """
        with self._lock:
            if self._is_closed:
                raise ClusterUnavailable("The connection was closed.")
            link = self._connect(asks=False)
        return link.invocation(argv, {**_ENVIRONMENT, **(env or {})})

    def wakeup(self) -> Wakeup:
        """Return a follower of the host's Pacemaker log, or a timer where that cannot be read."""
        # Not above: the first look goes on while this is loaded.
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
