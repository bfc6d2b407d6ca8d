"""Choice of the cluster for a command, and opening it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.errors import TargetInvalid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.backend.process.target import Target


@dataclass(frozen=True, slots=True)
class Where:
    """Cluster that a command is meant for; without values, this node's."""

    cib: str | None = None
    """A CIB to make a sandbox of."""
    hosts: tuple[str, ...] = ()
    """Nodes to reach by ssh, the preferred one first."""


@contextmanager
def opened(where: Where, *, is_followed: bool = False) -> Iterator[Target]:
    """Open the chosen cluster, this node's by default; close it afterwards.

    Args:
        where: The choice of cluster.
        is_followed: True to copy a CIB file anew each time it changes.

    Raises:
        TargetInvalid: This node is meant, but the environment points the tools to a file.
        CibUnreadable: Pacemaker's tools cannot read the CIB.
        ClusterUnavailable: None of the hosts lets the user in.
    """
    target: Target
    if where.cib is not None:
        from crmtui.backend.targets.cib_source import CibSource
        from crmtui.backend.targets.followed_cib import FollowedCib
        from crmtui.backend.targets.sandbox import Sandbox
        from crmtui.backend.watch.snapshot import take_snapshot

        target = FollowedCib(where.cib) if is_followed else Sandbox(CibSource.open(where.cib))
    elif where.hosts:
        from crmtui.backend.targets.ssh import SshTarget

        target = SshTarget(where.hosts)
    else:
        for variable in ("CIB_file", "CIB_shadow"):
            if os.environ.get(variable):
                raise TargetInvalid(
                    f"{variable} is set to {os.environ[variable]}, so crm would not work on the "
                    "live cluster.",
                    hint=f"Unset it, or name it: crmtui --cib {os.environ[variable]}",
                )
        from crmtui.backend.targets.live import LiveTarget

        target = LiveTarget()
    try:
        if where.cib is not None:
            take_snapshot(target)  # a CIB that is unreadable now stays so: better to fail at once
        yield target
    finally:
        target.close()
