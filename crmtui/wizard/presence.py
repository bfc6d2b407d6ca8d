"""Presence of an agent on the nodes, as far as one node and the operation history tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element

    from crmtui.cib.document import Cib
    from crmtui.wizard.facts import Facts

AgentSeen = Literal["installed", "missing"]

_NOT_INSTALLED = "5"
"""OCF_ERR_INSTALLED: the agent, or a program that it needs, is missing on the node."""
_OF_AN_AGENT = frozenset({"0", "1", "2", "3", "4", "6", "7", "8", "9", "190", "191"})
"""Exit statuses that only an agent returns; Pacemaker uses the others where no agent answered."""


@dataclass(frozen=True, slots=True)
class Presence:
    """Nodes on which an agent is installed; Pacemaker itself keeps no such list."""

    agent: str
    """``class:provider:type``."""
    nodes: tuple[str, ...]
    here: str = ""
    """Name of the node that answered; empty without a node, as for a CIB file."""
    is_here: bool = False
    """True if the agent is installed on the node that answered."""
    seen: Mapping[str, AgentSeen] | None = None
    """Evidence from the results of operations, by node."""

    def of(self, node: str) -> AgentSeen | None:
        """Return the evidence for a node; None where there is none."""
        if node == self.here:
            return "installed" if self.is_here else "missing"
        return (self.seen or {}).get(node)

    def _nodes(self, what: AgentSeen | None) -> str:
        return ", ".join(node for node in self.nodes if self.of(node) == what)

    @property
    def note(self) -> str:
        """Short note where the agent is known to be missing; else empty."""
        missing = self._nodes("missing")
        return f"not on {missing}" if missing else ""

    def sentences(self) -> str:
        """Return everything known, as sentences."""
        return " ".join(self._sentences())

    def _sentences(self) -> Iterator[str]:
        installed, missing = self._nodes("installed"), self._nodes("missing")
        unknown = self._nodes(None)
        if missing:
            yield f"Not installed on {missing}, the agent or what it needs."
        if installed and not (missing or unknown):
            yield f"Installed on every node: {installed}."
        elif installed:
            yield f"Installed on {installed}."
        if unknown:
            yield (
                f"Unknown on {unknown}: no resource of it was tried there. To be sure, there: "
                f"crm_resource --show-metadata={self.agent}"
            )


def presence(facts: Facts, agent: str, *, is_here: bool) -> Presence:
    """Return the nodes with an agent, from the node that answered and from the operation history.

    Pacemaker probes a resource on every node before the first start. So a missing agent that is in
    use shows up in the history.

    Args:
        facts: The cluster.
        agent: ``class:provider:type``.
        is_here: True if the agent is installed on the node that collected ``facts``.
    """
    return Presence(agent, facts.nodes, facts.here, is_here, answers(facts.cib).get(agent, {}))


def answers(cib: Cib) -> dict[str, dict[str, AgentSeen]]:
    """Return the evidence of the last operation by agent and node, from a CIB with its status."""
    found: dict[str, dict[str, AgentSeen]] = {}
    for state in cib.root.iterfind("status/node_state"):
        node = state.get("uname", "")
        for resource in state.iterfind("lrm/lrm_resources/lrm_resource"):
            parts = (resource.get(part, "") for part in ("class", "provider", "type"))
            by_node = found.setdefault(":".join(part for part in parts if part), {})
            last = _last(resource)
            # One successful resource proves that the agent exists; another resource then missed
            # other software.
            if last is not None and by_node.get(node) != "installed":
                by_node[node] = last
    return found


def _last(resource: Element) -> AgentSeen | None:
    known: Sequence[tuple[int, str]] = sorted(
        (_when(op), op.get("rc-code", ""))
        for op in resource.iterfind("lrm_rsc_op")
        if op.get("rc-code", "") in {_NOT_INSTALLED, *_OF_AN_AGENT}
    )
    if not known:
        return None
    return "missing" if known[-1][1] == _NOT_INSTALLED else "installed"


def _when(op: Element) -> int:
    text = op.get("last-rc-change", "")
    return int(text) if text.isdigit() else 0
