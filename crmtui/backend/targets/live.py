"""The target that is this node: programs run here, as this user."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from crmtui.backend.process.target import Invocation, TargetKind, Wakeup
from crmtui.paths import without_others

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TOOLS = ("/usr/sbin", "/sbin", "/usr/bin", "/bin", "/usr/libexec/pacemaker", "/usr/lib/pacemaker")
"""Where cluster programs live; a login shell of an ordinary user has not all of them on its PATH."""


def local_environment(env: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return this process's environment with the cluster tools on its PATH, and ``env`` over it.

    What another user's variables name is left out: crm runs the editor that it finds in crm.conf.
    """
    merged = {**without_others(os.environ), **(env or {})}
    path = [part for part in merged.get("PATH", "").split(os.pathsep) if part]
    merged["PATH"] = os.pathsep.join([*path, *(tool for tool in TOOLS if tool not in path)])
    return merged


class LiveTarget:
    """The cluster node that crmtui itself runs on."""

    @property
    def kind(self) -> TargetKind:
        """Which badge the screen shows."""
        return "live"

    @property
    def name(self) -> str:
        """The host name, which Pacemaker takes for the node's name unless told otherwise."""
        return os.uname().nodename

    def invocation(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Invocation:
        """Return ``argv`` as it stands: it runs here."""
        return Invocation(tuple(argv), local_environment(env))

    def wakeup(self) -> Wakeup:
        """Return a follower of Pacemaker's log, or a timer where that cannot be read."""
        # Not above: the first look goes on while this is loaded.
        from crmtui.backend.targets.wakeups.pacemaker_log import open_wakeup

        return open_wakeup(self)

    def after_command(self) -> None:
        """Do nothing: a real cluster moves by itself."""

    def close(self) -> None:
        """Do nothing: nothing was made."""
