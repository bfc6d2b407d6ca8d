"""Whether an agent is installed on every node, as far as the cluster knows."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOT_INSTALLED = "5"
"""OCF_ERR_INSTALLED: what an agent, or Pacemaker for it, answers where it is not."""


def presence(cib: str, agent: str, nodes: Sequence[str]) -> str:
    """Say on which nodes an agent was found, by the results of its operations, as a sentence.

    Pacemaker keeps no list of the agents of other nodes; but it probes every resource on every node,
    and so knows where an agent that is in use is missing.

    Args:
        cib: The CIB with its status.
        agent: ``class:provider:type``, which is installed on the node that was asked.
        nodes: The nodes of the cluster.
    """
    found = _answers(cib, agent)
    missing = [node for node in nodes if found.get(node) is False]
    seen = [node for node in nodes if found.get(node)]
    unknown = [node for node in nodes if node not in found]
    parts = []
    if missing:
        parts.append(f"Not installed on {', '.join(missing)}.")
    if seen:
        parts.append(f"Found on {', '.join(seen)}." if unknown else "Found on every node.")
    if unknown:
        parts.append(f"No resource uses it on {', '.join(unknown)} yet, so it is not known there.")
    return " ".join(parts)


def _answers(cib: str, agent: str) -> dict[str, bool]:
    """Return by node whether the agent answered there; False where it was not installed."""
    try:
        root = ET.fromstring(cib)
    except ET.ParseError:
        return {}
    answers: dict[str, bool] = {}
    for state in root.iterfind("status/node_state"):
        for resource in state.iterfind("lrm/lrm_resources/lrm_resource"):
            parts = (resource.get(part, "") for part in ("class", "provider", "type"))
            if ":".join(part for part in parts if part) != agent:
                continue
            codes = [op.get("rc-code") for op in resource.iterfind("lrm_rsc_op")]
            if codes:
                node = state.get("uname", "")
                answers[node] = answers.get(node, False) or _NOT_INSTALLED not in codes
    return answers
