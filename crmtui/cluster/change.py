"""Change of a cluster: one event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ChangeKind = Literal[
    "quorum", "dc", "option", "node", "moved", "started", "stopped", "role", "flag", "failed",
    "cleaned", "fencing", "ticket", "ban", "configured",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClusterChange:
    """One event in a cluster."""

    kind: ChangeKind
    subject: str
    """Name of the changed node, resource, ticket or property."""
    sentence: str
    """Sentence that names the subject, without a full stop: ``webip moved n1 → n2``."""
