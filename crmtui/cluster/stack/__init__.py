"""Stack under a cluster: quorum, membership, links, daemons, properties and fencing."""

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
    """Snapshot of the whole stack; an unknown part is None, and ``unseen`` has the reason."""

    quorum: Quorum | None
    membership: Membership | None
    daemons: tuple[Daemon, ...] | None
    properties: tuple[Property, ...] | None
    fencing: Fencing | None
    unseen: Mapping[str, str]
    """Reasons for unknown parts by the name of the field, each a sentence."""
