"""Lab as a whole: up, down, and an administrator's deeds on its nodes in between."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING

from crmtui.errors import LabFailed
from crmtui.lab import cgroup, image, network, power
from crmtui.lab.folder import LabFolder
from crmtui.lab.host import require, require_root
from crmtui.lab.lab_plan import (
    DEFAULT_NAME,
    LabPlan,
    PlannedNode,
    Release,
    check_name,
    check_release,
    check_size,
    choose_subnet,
)
from crmtui.lab.lab_target import LabTarget
from crmtui.lab.status import LabStatus, lab_status, seen_online

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ONLINE_SECONDS = 120.0
"""Seconds after which nodes must be online; an idle machine needs about 20."""
_PACE = 0.3
_FIREWALL = (
    "A host firewall that filters bridges, as Docker's does, cuts nodes off from each other."
)


def _silent(_sentence: str) -> None:
    """Report nothing."""


class Lab:
    """Throwaway cluster on this machine.

    Each method but the constructor needs root and raises ``LabFailed`` if it cannot do its work.

    Args:
        name: Name of the lab and its bridge, and part of the containers' names; one lab per name.
    """

    def __init__(self, name: str = DEFAULT_NAME) -> None:
        self.name = check_name(name)
        self._folder = LabFolder(self.name)

    def up(
        self,
        nodes: int = 3,
        release: str = "bookworm",
        report: Callable[[str], None] = _silent,
    ) -> None:
        """Bring the lab up, or its missing parts, and wait until all nodes are online.

        Args:
            nodes: Number of nodes.
            release: Debian release of the nodes: ``bookworm`` or ``trixie``.
            report: Called with a sentence at each step.

        Raises:
            LabFailed: This machine cannot carry it, a node does not come, or another lab is up.
        """
        size, chosen = check_size(nodes), check_release(release)
        require(image_is_built=image.path(chosen).is_dir())
        with self._folder.locked() as lock:
            plan = self._plan(size, chosen)
            tree = image.build(chosen, report)
            if self._folder.load() is None:
                report(f"Making room in {self._folder.path}.")
                self._folder.make(plan)
            report(f"The bridge {plan.lab} has {plan.host_address}.")
            network.make_bridge(plan)
            already = [node for node in plan.nodes if power.is_running(node)]
            for node in plan.nodes:
                if node in already:
                    report(f"{node.name} is already up.")
                else:
                    report(f"Starting {node.name} ({node.address}).")
                    power.start(plan, node, tree, lock)
        if cut := [node.name for node in already if network.is_cut(node)]:
            report(f"{', '.join(cut)} cut off: crmtui lab heal {cut[0]}")
        else:
            self._await_all(plan, report)

    def _plan(self, size: int, release: Release) -> LabPlan:
        plan = self._folder.load()
        if plan is None:
            subnet = choose_subnet(self.name, network.routed(self.name))
            return LabPlan(self.name, release, size, subnet)
        if (plan.size, plan.release) != (size, release):
            raise LabFailed(
                f"A lab of {plan.size} {plan.release} nodes is up, not of {size} {release} nodes.",
                hint="Take it down first: crmtui lab down",
            )
        return plan

    def _await_all(self, plan: LabPlan, report: Callable[[str], None]) -> None:
        everyone = frozenset(node.name for node in plan.nodes)
        deadline = time.monotonic() + ONLINE_SECONDS
        for node in plan.nodes:
            self._await_online(node, everyone, deadline)
            report(f"{node.name} is online.")

    def _await_online(self, node: PlannedNode, wanted: frozenset[str], deadline: float) -> None:
        target = LabTarget(node)
        while not (seen := seen_online(target)) >= wanted:
            if power.wait_for_end(node, _PACE):
                raise LabFailed(
                    f"{node.name} went off while it booted: {power.last_words(node)}",
                    hint=power.look(node),
                )
            if time.monotonic() > deadline:
                missing = ", ".join(sorted(wanted - seen))
                raise LabFailed(
                    f"{missing} not online, as {node.name} sees it, after {ONLINE_SECONDS:g} s.",
                    hint=f"{power.look(node)} {_FIREWALL}",
                )

    def status(self) -> LabStatus:
        """Return the present status of the lab."""
        require_root()
        return lab_status(self.name, self._folder.load())

    def target(self, node: str | None = None) -> LabTarget:
        """Return a node as a target; without a name, the first that is on."""
        plan = self._loaded()
        if node is not None:
            found = plan.node(node)
        else:
            on = (each for each in plan.nodes if power.init_process(each) is not None)
            found = next(on, plan.nodes[0])
        target = LabTarget(found)
        target.invocation(["true"])
        return target

    def run(self, node: str, argv: Sequence[str]) -> int:
        """Run a program on a node on this program's terminal and return its exit status."""
        return self._attached(node, argv)

    def shell(self, node: str) -> int:
        """Give the user a login shell on a node and return its exit status."""
        return self._attached(node, ["su", "--login", "--whitelist-environment=LC_ALL", "root"])

    def _attached(self, node: str, argv: Sequence[str]) -> int:
        env = {"TERM": os.environ["TERM"]} if "TERM" in os.environ else {}
        invocation = self.target(node).invocation(argv, env)
        with _ctrl_c_is_the_childs():
            status = subprocess.run(invocation.argv, env=invocation.env, check=False).returncode
        return status if status >= 0 else 128 - status

    def kill(self, node: str) -> None:
        """Take a node's power, as if its plug were pulled. A node that is off stays off."""
        with self._changing() as (plan, _):
            power.kill(plan.node(node))

    def boot(self, node: str) -> None:
        """Switch a node on and wait until it sees itself online. A node that is on stays on."""
        with self._changing() as (plan, lock):
            found = plan.node(node)
            if not power.is_running(found):
                power.start(plan, found, image.build(plan.release, _silent), lock)
        self._await_online(found, frozenset({node}), time.monotonic() + ONLINE_SECONDS)

    def cut(self, node: str) -> None:
        """Pull a node's network cable; the node runs on."""
        self._set_link(node, is_up=False)

    def heal(self, node: str) -> None:
        """Plug a node's network cable in again."""
        self._set_link(node, is_up=True)

    def _set_link(self, node: str, *, is_up: bool) -> None:
        with self._changing() as (plan, _):
            found = plan.node(node)
            LabTarget(found).invocation(["true"])
            network.set_link(found, is_up=is_up)

    def down(self) -> None:
        """Remove everything of the lab, remains included; harmless if there is nothing."""
        require_root()
        with self._folder.locked():
            group = power.lab_group(self.name)
            cgroup.kill(group)
            cgroup.remove(group)
            network.remove_bridge(self.name)
            self._folder.remove()
        image.discard_unfinished()

    def _loaded(self) -> LabPlan:
        require_root()
        plan = self._folder.load()
        if plan is None:
            raise LabFailed("No lab is up.", hint="Bring one up: crmtui lab up")
        return plan

    @contextlib.contextmanager
    def _changing(self) -> Iterator[tuple[LabPlan, int]]:
        self._loaded()
        with self._folder.locked() as lock:
            yield self._loaded(), lock


@contextlib.contextmanager
def _ctrl_c_is_the_childs() -> Iterator[None]:
    # A handler, unlike SIG_IGN, is not inherited: the child gets its Ctrl-C, this program outlives it.
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
