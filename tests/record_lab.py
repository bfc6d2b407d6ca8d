"""Make ``tests/data/lab``: the CIB of real nodes while one of them loses its power.

``python -m tests.record_lab``, as root, boots three nodes in the lab, gives them an address, a web
server, a promotable resource and fencing, takes the power of the node that the service runs on, and
keeps what the CIB was before, when the loss was noticed, and when all had been recovered.
``tests.screenshots`` draws pictures from it: the same each time, so that stale ones are found.
"""

from __future__ import annotations

import re
import select
import time
from pathlib import Path
from typing import TYPE_CHECKING

from crmtui.backend.process.run import run
from crmtui.backend.watch.snapshot import take_snapshot
from crmtui.lab import Lab
from tests.e2e.fencing import put_agent

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.backend.process.target import Target
    from crmtui.cluster.model import Cluster

DATA = Path(__file__).parent / "data" / "lab"
FRAMES = ("before", "lost", "recovered")
_LOST, _SEEN_BY = "n1", "n2"
_WHEN = 1700000000
"""Seconds since 1970: when the last thing that the CIB remembers has happened."""
_SECONDS = 120.0
_CLUSTER = """\
property stonith-enabled=true stonith-watchdog-timeout=0
rsc_defaults resource-stickiness=10
primitive fencing stonith:fence_lab params pcmk_host_list="n1 n2 n3" op monitor interval=60s
primitive webip ocf:heartbeat:IPaddr2 params ip={address} op monitor interval=10s
primitive webserver systemd:nginx op monitor interval=10s
group webservice webip webserver
primitive database ocf:pacemaker:Stateful op monitor interval=11s role=Promoted op monitor interval=12s
clone database-clone database meta promotable=true
location service-first webservice 50: n1
location fencing-elsewhere fencing 50: n3
order database-first Mandatory: database-clone:promote webservice:start
colocation with-database inf: webservice database-clone:Promoted
"""


def main() -> None:
    """Record all frames."""
    lab = Lab("shop")
    lab.down()
    try:
        lab.up(3, "bookworm", print)
        witness = lab.target(_SEEN_BY)
        for node in ("n1", "n2", "n3"):
            # A real device takes some seconds, too.
            put_agent(lab.target(node), "fence_lab", "The power of the lab", seconds=5)
        here = run(witness, ["ip", "-4", "-br", "address", "show", "host0"]).output.split()[2]
        address = here.partition("/")[0].rpartition(".")[0] + ".80"
        load = 'printf %s "$1" | crm configure load update -'
        done = run(witness, ["sh", "-c", load, "-", _CLUSTER.format(address=address)], timeout=60)
        assert done.status == 0, done.errors
        before = _once(witness, lambda cluster: _is_settled(cluster, _LOST))
        lab.kill(_LOST)
        lost = _once(witness, lambda cluster: "UNCLEAN" in _state(cluster))
        recovered = _once(
            witness,
            lambda cluster: _state(cluster) == "OFFLINE" and _is_settled(cluster, _SEEN_BY, "n3"),
        )
    finally:
        lab.down()
    DATA.mkdir(parents=True, exist_ok=True)
    last = max(int(when) for when in re.findall(_TIMES, before + lost + recovered))
    for name, cib in zip(FRAMES, (before, lost, recovered), strict=True):
        (DATA / f"{name}.xml").write_text(_moved(cib, _WHEN - last), "utf-8")
        print(f"tests/data/lab/{name}.xml written")  # noqa: T201


_TIMES = r'(?<=last-rc-change=")\d+|(?<=last-run=")\d+'


def _moved(cib: str, seconds: int) -> str:
    """Return ``cib`` with all that it remembers so many seconds later."""
    return re.sub(_TIMES, lambda when: str(int(when[0]) + seconds), cib)


def _state(cluster: Cluster) -> str:
    lost = cluster.node(_LOST)
    return lost.state if lost is not None else ""


def _is_settled(cluster: Cluster, *where: str) -> bool:
    """Say whether the service and all else that can run does so, on one of these nodes."""
    running = {each.id: each for each in cluster.walk() if each.nodes}
    web, fencing = running.get("webserver"), running.get("fencing")
    promoted = [each for each in cluster.walk() if each.role == "Promoted"]
    return bool(
        web is not None
        and web.nodes[0] in where
        and web.role == "Started"
        and fencing is not None
        and promoted
    )


def _once(target: Target, is_so: Callable[[Cluster], bool]) -> str:
    """Wait until the cluster is so, and return its CIB of that moment."""
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        before = run(target, ["cibadmin", "--query"]).output
        cluster = take_snapshot(target).cluster
        if is_so(cluster) and run(target, ["cibadmin", "--query"]).output == before:
            return before
        select.select([], [], [], 0.05)
    raise TimeoutError("the cluster does not get there")


if __name__ == "__main__":
    main()
