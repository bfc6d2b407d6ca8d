"""The stack of a real cluster, as the tools of its nodes have it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.run import run
from crmtui.backend.queries.cib_query import query_cib
from crmtui.backend.queries.cluster_stack import read_stack
from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.backend.watch.snapshot import take_snapshot
from crmtui.demo import demo_cib

if TYPE_CHECKING:
    from crmtui.backend.process.target import Target
    from crmtui.cluster.stack import ClusterStack
    from crmtui.lab import Lab

Eventually = Callable[[Callable[[], bool], float], bool]

_DEVICES = """\
primitive fence-any stonith:null params hostlist="n1 n2"
primitive fence-n2 stonith:null params hostlist="n2" pcmk_host_list="n2"
fencing_topology n1: fence-any n2: fence-n2 fence-any
"""


def stack_of(target: Target) -> ClusterStack:
    """Return the stack as it is now."""
    return read_stack(target, take_snapshot(target).cluster, query_cib(target))


def configure(target: Target, lines: str) -> None:
    """Let crm load some lines."""
    done = run(
        target, ["sh", "-c", 'printf %s "$1" | crm configure load update -', "-", lines], timeout=60
    )
    assert done.status == 0, done


@pytest.mark.lab
def test_a_real_cluster_tells_what_it_stands_on(each_lab: Lab, eventually: Eventually) -> None:
    """Quorum, members, links, daemons, properties and fencing of real nodes are found out."""
    target = each_lab.target("n1")
    configure(target, _DEVICES)
    try:
        assert eventually(lambda: _is_fenceable(stack_of(target)), 30)
        found = stack_of(target)
    finally:
        run(target, ["crm", "configure", "delete", "fencing_topology"], timeout=60)
        run(target, ["crm", "--force", "configure", "delete", "fence-any", "fence-n2"], timeout=60)

    assert found.unseen == {}
    assert found.quorum is not None
    assert (found.quorum.total, found.quorum.spare_nodes) == (2, 1)
    assert found.quorum.has("2Node")
    assert found.membership is not None
    assert [(n.name, n.is_member, len(n.links)) for n in found.membership.nodes] == [
        ("n1", True, 1),
        ("n2", True, 1),
    ]
    assert found.membership.nodes[1].links[0].is_connected
    assert found.daemons is not None
    assert {d.name for d in found.daemons} >= {"corosync", "pacemaker", "pacemaker-based"}
    assert all(d.is_running for d in found.daemons)
    assert found.fencing is not None
    assert {d.id for d in found.fencing.devices} == {"fence-any", "fence-n2"}
    assert found.fencing.nodes[1].devices == ("fence-n2", "fence-any")


def _is_fenceable(found: ClusterStack) -> bool:
    """Say whether the fencer knows the devices by now."""
    return found.fencing is not None and all(node.devices for node in found.fencing.nodes)


def test_a_sandbox_asks_nothing_of_this_machine() -> None:
    """A sandbox has no Corosync: what runs on this machine is not mistaken for it."""
    sandbox = Sandbox(CibSource.parse("demo", demo_cib()))
    try:
        found = stack_of(sandbox)
    finally:
        sandbox.close()

    assert (found.quorum, found.membership, found.daemons) == (None, None, None)
    assert set(found.unseen) == {"quorum", "membership", "daemons"}
    assert found.fencing is not None
    assert found.properties
