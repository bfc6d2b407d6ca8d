"""What a cluster stands on: quorum, membership, links, daemons, properties and fencing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.cluster.stack.daemons import Daemon
    from crmtui.cluster.stack.fencing import Fencing
    from crmtui.cluster.stack.membership import Membership
    from crmtui.cluster.stack.properties import Property
    from crmtui.cluster.stack.quorum import Quorum

__all__ = ["ClusterStack"]


@dataclass(frozen=True, slots=True)
class ClusterStack:
    """One look at it all; what could not be looked at is None, and ``unseen`` says why."""

    quorum: Quorum | None
    membership: Membership | None
    daemons: tuple[Daemon, ...] | None
    properties: tuple[Property, ...] | None
    fencing: Fencing | None
    unseen: Mapping[str, str]
    """By the name of a field, why it is None: a sentence."""
