"""One thing that happened to a cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "quorum", "dc", "option", "node", "moved", "started", "stopped", "role", "flag", "failed",
    "cleaned", "fencing", "ticket", "ban", "configured",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClusterChange:
    """One thing that became different."""

    kind: Kind
    subject: str
    """The node, resource, ticket or property that it is about."""
    sentence: str
    """What happened, naming it, without a full stop: ``webip moved n1 → n2``."""
