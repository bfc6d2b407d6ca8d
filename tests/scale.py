"""Generated clusters of any size: ``python -m tests.scale NODES RESOURCES`` prints the CIB of one.

The mixture is that of real ones: groups of three with a filesystem, an address and a service, single
primitives, promotable clones on two nodes, and one clone that runs everywhere. Each resource runs
somewhere, with its history; a few have failed, a few nodes are in standby.
"""

from __future__ import annotations

import sys
import zlib
from typing import TYPE_CHECKING

from tests.record_crm_mon import (
    cib,
    done,
    history,
    meta_attributes,
    primitive,
    state,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

SIZES = ((16, 200), (32, 500), (64, 1000))
"""Nodes and primitives that crmtui is measured with."""
_FAILING = 97
"""Of so many instances about one has failed."""
_STANDBY = 13
"""Every so many nodes one is in standby."""


class ScaledCluster:
    """A cluster of ``nodes`` nodes and about ``resources`` primitives.

    Args:
        nodes: How many nodes.
        resources: How many primitives, instances of clones counted once.
        with_probes: Whether each node also remembers that it looked for each resource and did not
            find it, as real ones do; that makes most of a CIB.
        also_standby: The numbers of more nodes that are in standby; what ran there runs elsewhere.
    """

    def __init__(
        self,
        nodes: int,
        resources: int,
        *,
        with_probes: bool = False,
        also_standby: Collection[int] = (),
    ) -> None:
        self._standby = frozenset(also_standby)
        self._nodes = nodes
        self._with_probes = with_probes
        self._histories: dict[int, list[str]] = {number: [] for number in range(1, nodes + 1)}
        self._names: list[str] = []
        self._resources = list(self._make(resources))

    @property
    def active(self) -> list[int]:
        """The nodes that may run resources."""
        return [n for n in range(1, self._nodes + 1) if not self._is_standby(n)]

    def _is_standby(self, number: int) -> bool:
        return number in self._standby or (self._nodes > 2 and number % _STANDBY == 0)

    def _make(self, resources: int) -> Iterator[str]:
        yield self._everywhere("dlm")
        made, serial = 1, 0
        while made < resources:
            serial += 1
            kind = serial % 4
            if kind == 0:
                yield self._promotable(f"db{serial:04}", serial)
                made += 1
            elif kind == 1 or resources - made < 3:
                yield self._single(f"vip{serial:04}", serial)
                made += 1
            else:
                yield self._group(f"web{serial:04}", serial)
                made += 3

    def _home(self, serial: int) -> int:
        home = serial % self._nodes + 1
        while self._is_standby(home):
            home = home % self._nodes + 1
        return home

    def _runs(self, name: str, number: int, *, is_promoted: bool = False) -> None:
        self._names.append(name)
        agent = "Stateful" if name.startswith("db") else "Dummy"
        entries = [done("start", 10), done("monitor", 11, interval=10000)]
        if is_promoted:
            entries.insert(1, done("promote", 12))
        if zlib.crc32(f"{name} {number}".encode()) % _FAILING == 0:
            entries.append(done("monitor", 13, 7, interval=10000))
        self._histories[number].append(history(name, *entries, agent=agent))

    def _single(self, name: str, serial: int) -> str:
        self._runs(name, self._home(serial))
        return primitive(name, op=_monitor(name))

    def _group(self, name: str, serial: int) -> str:
        members = [f"{name}-{part}" for part in ("fs", "ip", "srv")]
        for member in members:
            self._runs(member, self._home(serial))
        return (
            f'<group id="{name}">{"".join(primitive(m, op=_monitor(m)) for m in members)}</group>'
        )

    def _promotable(self, name: str, serial: int) -> str:
        self._runs(name, self._home(serial), is_promoted=True)
        if len(self.active) > 1:
            self._runs(name, self._home(self._home(serial)))
        meta = meta_attributes(f"{name}-clone", "promotable=true clone-max=2")
        inside = primitive(name, agent="Stateful", op=_monitor(name))
        return f'<clone id="{name}-clone">{meta}{inside}</clone>'

    def _everywhere(self, name: str) -> str:
        for number in self.active:
            self._runs(name, number)
        meta = meta_attributes(f"{name}-clone", "interleave=true")
        return f'<clone id="{name}-clone">{meta}{primitive(name, op=_monitor(name))}</clone>'

    def cib(self) -> str:
        """Return it as a CIB."""
        status = "".join(
            state(number, *self._histories[number], *self._probes(number))
            for number in range(1, self._nodes + 1)
        )
        nodes = {n: "standby=on" if self._is_standby(n) else "" for n in self._histories}
        return cib(
            "".join(self._resources),
            status,
            nodes=nodes,
            options="stonith-enabled=false no-quorum-policy=stop cluster-name=scale",
        )

    def _probes(self, number: int) -> Iterator[str]:
        if self._with_probes:
            here = "".join(self._histories[number])
            for name in dict.fromkeys(self._names):
                if f'"{name}"' not in here:
                    yield history(name, done("monitor", 5, 7))


def _monitor(name: str) -> str:
    return f'<op id="{name}-monitor" name="monitor" interval="10s"/>'


if __name__ == "__main__":
    sys.stdout.write(ScaledCluster(int(sys.argv[1]), int(sys.argv[2])).cib())
