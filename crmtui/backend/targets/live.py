"""Target that is this node: programs run here, as this user."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from crmtui.backend.process.target import Invocation, TargetKind, Wakeup
from crmtui.paths import without_others

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TOOLS = ("/usr/sbin", "/sbin", "/usr/bin", "/bin", "/usr/libexec/pacemaker", "/usr/lib/pacemaker")
"""Folders of cluster programs, some of which PATH lacks for ordinary users."""


def local_environment(env: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return our environment with the cluster tools on its PATH, and with the variables of ``env``.

    Variables that lead to another user's files are left out: crm runs the editor in crm.conf.
    """
    merged = {**without_others(os.environ), **(env or {})}
    path = [part for part in merged.get("PATH", "").split(os.pathsep) if part]
    merged["PATH"] = os.pathsep.join([*path, *(tool for tool in TOOLS if tool not in path)])
    return merged


class LiveTarget:
    """Cluster node that crmtui itself runs on."""

    @property
    def kind(self) -> TargetKind:
        """Kind for the badge on the screen."""
        return "live"

    @property
    def name(self) -> str:
        """Host name, which is the node's name in Pacemaker by default."""
        return os.uname().nodename

    def invocation(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Invocation:
        """Return ``argv`` unchanged, since it runs here."""
        return Invocation(tuple(argv), local_environment(env))

    def wakeup(self) -> Wakeup:
        """Return a follower of Pacemaker's log, or a timer if the log cannot be read."""
        # Imported here: the first snapshot is taken meanwhile.
        from crmtui.backend.targets.wakeups.pacemaker_log import open_wakeup

        return open_wakeup(self)

    def after_command(self) -> None:
        """Do nothing: a real cluster moves by itself."""

    def close(self) -> None:
        """Do nothing: nothing was made."""
