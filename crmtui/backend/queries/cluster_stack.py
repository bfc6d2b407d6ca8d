"""One look at what a cluster stands on, from the node that is asked."""

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
"""Of more nodes than that the fencer is not asked: it takes a process for each."""
_QUORUM = ("corosync-quorumtool", "-s")
_KEYS = ("corosync-cmapctl", *membership.KEYS)
_LINKS = ("corosync-cmapctl", "-m", "stats", *membership.LINK_KEYS)
_UNITS = ("systemctl", "show", f"--property={','.join(daemons.UNIT_PROPERTIES)}", *daemons.UNITS)
_PROCESSES = ("ps", "-eo", "etimes=,args=")
_NO_NODE = "A sandbox is only a CIB: it has no Corosync, no daemons and no fencer."


def read_stack(
    target: Target, cluster: Cluster, cib: Cib | None, documented: Iterable[Parameter] = ()
) -> ClusterStack:
    """Look at quorum, membership, links, daemons, properties and fencing now.

    What cannot be looked at is None, with the reason in ``unseen``: no error ends the look.

    Args:
        target: Where to look.
        cluster: The last look at the cluster.
        cib: CIB with the fencing devices; None where it could not be read.
        documented: What the daemons say of the cluster's properties.
    """
    is_node = target.kind != "sandbox"  # its tools would speak to this machine's own cluster
    argvs = [_QUORUM, _KEYS, _LINKS, _UNITS, _PROCESSES] if is_node else []
    asked = [] if not is_node else _fenced_nodes(cluster)
    argvs += [_who_fences(node) for node in asked]
    said = _run_all(target, argvs)
    unseen = {} if is_node else dict.fromkeys(("quorum", "membership", "daemons"), _NO_NODE)
    registered = {
        node: _devices(done.output)
        for node in asked
        if (done := said[_who_fences(node)]) and not isinstance(done, str) and done.status == 0
    }
    return ClusterStack(
        quorum=_quorum(said, unseen) if is_node else None,
        membership=_membership(said, unseen) if is_node else None,
        daemons=_daemons(said, unseen) if is_node else None,
        properties=properties.properties(cluster.properties, documented),
        fencing=_fencing(cib, unseen, cluster, registered),
        unseen=unseen,
    )


_Said = dict[tuple[str, ...], "Completed | str"]
"""What each program printed, or why it could not be run."""


def _run_all(target: Target, argvs: list[tuple[str, ...]]) -> _Said:
    def one(argv: tuple[str, ...]) -> Completed | str:
        try:
            return run(target, argv, timeout=_TIMEOUT)
        except CrmtuiError as error:
            return error.what

    with ThreadPoolExecutor(max_workers=4) as pool:
        return dict(zip(argvs, pool.map(one, argvs), strict=True))


def _output(said: _Said, argv: tuple[str, ...]) -> tuple[str, str]:
    """Return what a program printed, and why it printed nothing of use."""
    done = said[argv]
    if isinstance(done, str):
        return "", done
    if done.output.strip():
        return done.output, ""
    lines = [plain_line(line) for line in done.errors.splitlines() if line.strip()]
    return "", f"{argv[0]}: {lines[-1] if lines else f'exit status {done.status}'}"


def _quorum(said: _Said, unseen: dict[str, str]) -> quorum.Quorum | None:
    # Its exit status is 2 where there is no quorum.
    text, why = _output(said, _QUORUM)
    found = quorum.parse(text)
    if found is None:
        unseen["quorum"] = why or "corosync-quorumtool says nothing of votes."
    return found


def _membership(said: _Said, unseen: dict[str, str]) -> membership.Membership | None:
    text, why = _output(said, _KEYS)
    if not text:
        unseen["membership"] = why
        return None
    return membership.parse(text, _output(said, _LINKS)[0])


def _daemons(said: _Said, unseen: dict[str, str]) -> tuple[daemons.Daemon, ...] | None:
    text, why = _output(said, _UNITS)
    if not text:
        unseen["daemons"] = why
        return None
    return daemons.parse(text, _output(said, _PROCESSES)[0])


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


def _who_fences(node: str) -> tuple[str, ...]:
    return ("stonith_admin", f"--list={node}", "--output-as=xml")


def _devices(xml: str) -> tuple[str, ...]:
    """Return the devices that ``stonith_admin --list`` names."""
    try:
        items = root(xml, "stonith_admin").iterfind("list/item")
        return tuple(plain_line(item.get("id") or item.text or "") for item in items)
    except CibUnreadable:
        return ()
