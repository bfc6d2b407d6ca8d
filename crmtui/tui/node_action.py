"""Standby and online of a node: the line, what it concerns, and what came of it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from crmtui.cluster.progress import progress

if TYPE_CHECKING:
    from crmtui.cluster.model import Cluster


@dataclass(slots=True)
class NodeAction:
    """One action on one node, from the key to the settled cluster."""

    verb: Literal["standby", "online"]
    node: str
    before: Cluster
    """The picture that the user decided on."""
    has_run: bool = field(default=False)
    """Whether crm has run the line."""

    @property
    def line(self) -> str:
        """The crm line it stands for."""
        return f"node {self.verb} {shlex.quote(self.node)}"

    @property
    def now(self) -> str:
        """What there is to know of the node before the line runs."""
        node = self.before.node(self.node)
        state = f"{self.node} is {node.state}" if node is not None else f"{self.node} is unknown"
        running = [resource.id for resource in self.before.running_on(self.node)]
        what = ", ".join(running) if running else "nothing"
        return f"{state}; it runs {what}."

    def sentence(self, now: Cluster, *, is_settled: bool) -> str:
        """Say how far it is, or what came of it."""
        return progress(self.before, now, self.node, is_settled=is_settled).sentence
