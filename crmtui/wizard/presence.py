"""Whether an agent is installed on every node, as far as anybody can know it on one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crmtui.cib.xml import root
from crmtui.errors import CibUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element

    from crmtui.wizard.facts import Facts

Seen = Literal["installed", "missing"]

_NOT_INSTALLED = "5"
"""OCF_ERR_INSTALLED: what an agent, or Pacemaker for it, answers where it or its software is not."""
_OF_AN_AGENT = frozenset({"0", "1", "2", "3", "4", "6", "7", "8", "9", "190", "191"})
"""What only an agent can have answered; other codes are Pacemaker's own, for no answer."""


@dataclass(frozen=True, slots=True)
class Presence:
    """On which nodes an agent is installed; Pacemaker itself keeps no list of that."""

    agent: str
    """``class:provider:type``."""
    nodes: tuple[str, ...]
    here: str = ""
    """The node that was asked; empty where no node was, as for a CIB file."""
    is_here: bool = False
    """Whether it is installed where was asked."""
    seen: Mapping[str, Seen] | None = None
    """What the results of operations tell, by node."""

    def of(self, node: str) -> Seen | None:
        """Return what is known of a node; None where nothing is."""
        if node == self.here:
            return "installed" if self.is_here else "missing"
        return (self.seen or {}).get(node)

    def _nodes(self, what: Seen | None) -> str:
        return ", ".join(node for node in self.nodes if self.of(node) == what)

    @property
    def note(self) -> str:
        """A few words where it is known to be missing; else empty."""
        missing = self._nodes("missing")
        return f"not on {missing}" if missing else ""

    def sentences(self) -> str:
        """Say all of it."""
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
    """Return on which nodes an agent is, as the node that was asked and the history tell it.

    Pacemaker probes every resource on every node before it starts it, so it learns where an agent
    that is in use is missing.

    Args:
        facts: The cluster.
        agent: ``class:provider:type``.
        is_here: Whether it is installed where ``facts`` were collected.
    """
    return Presence(agent, facts.nodes, facts.here, is_here, answers(facts.cib).get(agent, {}))


def answers(cib: str) -> dict[str, dict[str, Seen]]:
    """Return by agent and node what its last operation there tells, from a CIB with its status."""
    try:
        tree = root(cib, "cibadmin")
    except CibUnreadable:
        return {}
    found: dict[str, dict[str, Seen]] = {}
    for state in tree.iterfind("status/node_state"):
        node = state.get("uname", "")
        for resource in state.iterfind("lrm/lrm_resources/lrm_resource"):
            parts = (resource.get(part, "") for part in ("class", "provider", "type"))
            by_node = found.setdefault(":".join(part for part in parts if part), {})
            last = _last(resource)
            # Where one resource found it, another one did not miss the agent but its own software.
            if last is not None and by_node.get(node) != "installed":
                by_node[node] = last
    return found


def _last(resource: Element) -> Seen | None:
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
