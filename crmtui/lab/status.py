"""Status of a lab and its nodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.backend.process.run import run
from crmtui.cib.xml import root
from crmtui.errors import CibUnreadable, ClusterUnavailable, LabFailed
from crmtui.lab.lab_target import LabTarget
from crmtui.lab.network import is_cut
from crmtui.lab.power import init_process

if TYPE_CHECKING:
    from crmtui.backend.process.target import Target
    from crmtui.lab.lab_plan import LabPlan, PlannedNode

_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class NodeStatus:
    """Status of one node."""

    name: str
    address: str
    is_running: bool
    """True if its container has power, whatever the cluster in it does."""
    is_cut: bool
    """True if its network cable is pulled."""
    is_online: bool
    """True if it sees itself as an online member of the Pacemaker cluster."""


@dataclass(frozen=True, slots=True)
class LabStatus:
    """Status of a lab; without nodes when it is down."""

    name: str
    release: str
    """Empty when the lab is down."""
    subnet: str
    """Network for virtual IPs, as ``10.1.2.0/24``; empty when the lab is down."""
    nodes: tuple[NodeStatus, ...]

    @property
    def is_up(self) -> bool:
        """True if the lab has nodes."""
        return bool(self.nodes)


def lab_status(name: str, plan: LabPlan | None) -> LabStatus:
    """Return the status of the lab called ``name``; a plan of None means that it is down."""
    if plan is None:
        return LabStatus(name, "", "", ())
    nodes = tuple(_node_status(node) for node in plan.nodes)
    return LabStatus(name, plan.release, str(plan.subnet), nodes)


def _node_status(node: PlannedNode) -> NodeStatus:
    return NodeStatus(
        name=node.name,
        address=str(node.address),
        is_running=init_process(node) is not None,
        is_cut=is_cut(node),
        is_online=node.name in seen_online(LabTarget(node)),
    )


def seen_online(target: Target) -> frozenset[str]:
    """Return the nodes that a node sees online; none while its cluster does not answer."""
    try:
        answer = run(target, ["crm_mon", "-1", "--output-as=xml"], timeout=_SECONDS)
    except (ClusterUnavailable, LabFailed):
        return frozenset()
    return online_nodes(answer.output)


def online_nodes(xml: str) -> frozenset[str]:
    """Return the names of the nodes that ``crm_mon --output-as=xml`` calls online and not pending.

    Without a DC no node counts: crm_mon then reports the CIB's last knowledge. A node that boots prints
    other text than XML, or nothing, before its daemons run; then no node counts either.
    """
    try:
        told = root(xml, "crm_mon")
    except CibUnreadable:
        return frozenset()
    if told.find("summary/current_dc[@present='true']") is None:
        return frozenset()
    online = told.iterfind("nodes/node[@online='true'][@pending='false']")
    return frozenset(node.get("name", "") for node in online)
