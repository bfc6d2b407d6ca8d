"""Query of a cluster's stack, from one node: quorum, membership, links, daemons, properties, fencing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from crmtui.backend.process.run import run
from crmtui.cib.xml import root
from crmtui.cluster import devices
from crmtui.cluster.stack import ClusterStack, daemons, fencing, membership, properties, quorum
from crmtui.errors import CibUnreadable, CrmtuiError
from crmtui.text import plain_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crmtui.backend.process.run import Completed
    from crmtui.backend.process.target import Target
    from crmtui.cib.agents import Parameter
    from crmtui.cib.document import Cib
    from crmtui.cluster.model import Cluster

_TIMEOUT = 5.0
_MOST_NODES = 16
"""Nodes up to which the fencer is queried, since each node takes a process."""
_QUORUM = ("corosync-quorumtool", "-s")
_KEYS = ("corosync-cmapctl", *membership.KEYS)
_LINKS = ("corosync-cmapctl", "-m", "stats", *membership.LINK_KEYS)
_UNITS = ("systemctl", "show", f"--property={','.join(daemons.UNIT_PROPERTIES)}", *daemons.UNITS)
_PROCESSES = ("ps", "-eo", "etimes=,args=")
_NO_NODE = "A sandbox is only a CIB: it has no Corosync, no daemons and no fencer."


def read_stack(
    target: Target, cluster: Cluster, cib: Cib | None, documented: Iterable[Parameter] = ()
) -> ClusterStack:
    """Query quorum, membership, links, daemons, properties and fencing now.

    A part that cannot be read is None, with its reason in ``unseen``; no error ends the query.

    Args:
        target: Target with the cluster.
        cluster: Cluster of the last snapshot.
        cib: CIB with the fencing devices; None if it could not be read.
        documented: Metadata of the cluster's properties.
    """
    is_node = target.kind != "sandbox"  # a sandbox's tools would query this machine's own cluster
    argvs = [_QUORUM, _KEYS, _LINKS, _UNITS, _PROCESSES] if is_node else []
    asked = [] if not is_node else _fenced_nodes(cluster)
    argvs += [_devices_query(node) for node in asked]
    outcomes = _run_all(target, argvs)
    unseen = {} if is_node else dict.fromkeys(("quorum", "membership", "daemons"), _NO_NODE)
    registered = {
        node: _devices(done.output)
        for node in asked
        if (done := outcomes[_devices_query(node)])
        and not isinstance(done, str)
        and done.status == 0
    }
    return ClusterStack(
        quorum=_quorum(outcomes, unseen) if is_node else None,
        membership=_membership(outcomes, unseen) if is_node else None,
        daemons=_daemons(outcomes, unseen) if is_node else None,
        properties=properties.properties(cluster.properties, documented),
        fencing=_fencing(cib, unseen, cluster, registered),
        unseen=unseen,
    )


_Outcomes = dict[tuple[str, ...], "Completed | str"]
"""Outcome of each command, or the reason why it did not run."""


def _run_all(target: Target, argvs: list[tuple[str, ...]]) -> _Outcomes:
    def one(argv: tuple[str, ...]) -> Completed | str:
        try:
            return run(target, argv, timeout=_TIMEOUT)
        except CrmtuiError as error:
            return error.what

    with ThreadPoolExecutor(max_workers=4) as pool:
        return dict(zip(argvs, pool.map(one, argvs), strict=True))


def _output(outcomes: _Outcomes, argv: tuple[str, ...]) -> tuple[str, str]:
    """Return the output of a command, or else the reason why there is none."""
    done = outcomes[argv]
    if isinstance(done, str):
        return "", done
    if done.output.strip():
        return done.output, ""
    lines = [plain_line(line) for line in done.errors.splitlines() if line.strip()]
    return "", f"{argv[0]}: {lines[-1] if lines else f'exit status {done.status}'}"


def _quorum(outcomes: _Outcomes, unseen: dict[str, str]) -> quorum.Quorum | None:
    # The exit status is of no use: it is 2 in a healthy cluster without quorum.
    text, why = _output(outcomes, _QUORUM)
    found = quorum.parse(text)
    if found is None:
        unseen["quorum"] = why or "corosync-quorumtool prints no votes."
    return found


def _membership(outcomes: _Outcomes, unseen: dict[str, str]) -> membership.Membership | None:
    text, why = _output(outcomes, _KEYS)
    if not text:
        unseen["membership"] = why
        return None
    return membership.parse(text, _output(outcomes, _LINKS)[0])


def _daemons(outcomes: _Outcomes, unseen: dict[str, str]) -> tuple[daemons.Daemon, ...] | None:
    text, why = _output(outcomes, _UNITS)
    if not text:
        unseen["daemons"] = why
        return None
    return daemons.parse(text, _output(outcomes, _PROCESSES)[0])


def _fencing(
    cib: Cib | None,
    unseen: dict[str, str],
    cluster: Cluster,
    registered: Mapping[str, tuple[str, ...]],
) -> fencing.Fencing | None:
    if cib is None:
        unseen["fencing"] = "The CIB could not be read."
        return None
    return fencing.fencing(cluster, cib.objects, fencing.levels(cib.root), registered)


def _fenced_nodes(cluster: Cluster) -> list[str]:
    nodes = [node.name for node in cluster.nodes if node.kind != "guest"]
    is_asked = devices.has_device(cluster) and len(nodes) <= _MOST_NODES
    return nodes if is_asked else []


def _devices_query(node: str) -> tuple[str, ...]:
    return ("stonith_admin", f"--list={node}", "--output-as=xml")


def _devices(xml: str) -> tuple[str, ...]:
    """Return the devices in the output of ``stonith_admin --list``."""
    try:
        items = root(xml, "stonith_admin").iterfind("list/item")
        return tuple(plain_line(item.get("id") or item.text or "") for item in items)
    except CibUnreadable:
        return ()
