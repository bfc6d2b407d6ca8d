"""Progress of approved lines: shown until the cluster has settled, then compared with the forecast."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from crmtui.backend.watch.settled import is_settled
from crmtui.backend.watch.snapshot import take_snapshot
from crmtui.cluster.change_progress import progress
from crmtui.crmsh.line import parse
from crmtui.errors import CrmtuiError
from crmtui.forecast.deviations import deviations, verdict
from crmtui.tui.textual_ext.workers import background

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    from crmtui.backend.approval.approval import Approval
    from crmtui.backend.gate.audit import Auditor
    from crmtui.backend.process.target import Target
    from crmtui.backend.session.events import CrmReply
    from crmtui.cluster.change_progress import Progress
    from crmtui.cluster.model import Cluster
    from crmtui.tui.controllers.app_context import AppContext
    from crmtui.tui.screens.main import MainScreen

_CHECK_SECONDS = 3.0
"""Interval between queries for a settled cluster while nothing changes, in seconds."""
_BUSY_SECONDS = 2.0
"""Run time of a line, in seconds, after which changes of the cluster are shown beside it."""
_COMMIT = "commit"
"""Approved line if a typed ``up`` or ``quit`` commits on its way out of ``configure``."""
_NODE_SWITCHES = frozenset(("node standby", "node online"))


@dataclass(slots=True)
class Running:
    """Approved lines, from their sending until the cluster has settled."""

    approval: Approval
    shown: tuple[str, ...]
    """The lines for display, secrets masked."""
    before: Cluster
    """The cluster in the snapshot before the approval."""
    began: float
    """Start, in seconds of the controller's clock."""
    left: list[str] = field(default_factory=list)
    """The lines that crm has not finished."""
    answer: str = ""
    """The last line of crm's output."""
    is_any_done: bool = False
    """True once crm has done one of the lines."""

    @property
    def line(self) -> str:
        """All lines joined into one, for display."""
        request = self.approval.request
        what = "; ".join(self.shown)
        return what if request.is_crm else f"{request.origin} of {what}"

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes that the lines switch to standby or online."""
        if not self.approval.request.is_crm:
            return ()
        found = [parse(self.approval.request.level, each) for each in self.approval.request.lines]
        known = {node.name for node in self.before.nodes}
        return tuple(
            name
            for each in found
            if each.name in _NODE_SWITCHES
            for name in each.arguments
            if name in known
        )

    def progress(self, now: Cluster, clock: float, *, is_settled: bool) -> Progress:
        """Return the progress of the cluster, or its final state if it has settled."""
        seconds = clock - self.began
        return progress(
            self.before, now, self.line, self.nodes, is_settled=is_settled, seconds=seconds
        )


class ProgressController:
    """Shows the progress of approved lines, and their result once the cluster has settled.

    Args:
        app: The app, which runs the queries.
        main: The main screen, which shows progress and result.
        target: The cluster.
        auditor: The auditor, which records the result.
        app_context: The app's context, for its clock.
    """

    def __init__(
        self,
        app: App[int],
        main: MainScreen,
        target: Target,
        auditor: Auditor,
        app_context: AppContext,
    ) -> None:
        self._app = app
        self._main = main
        self._target = target
        self._auditor = auditor
        self._clock: Callable[[], float] = app_context.clock
        self._cluster: Cluster | None = None
        self.running: Running | None = None
        """The lines in progress; None without any."""
        self._replaced: list[Running] = []
        """Earlier lines that crm has not finished."""
        self._checked = 0.0
        self._is_due = False
        self._is_checking = False

    def follow(
        self, approval: Approval, shown: tuple[str, ...], before: Cluster | None, left: list[str]
    ) -> None:
        """Follow the cluster until it has settled.

        Args:
            approval: The approval of the lines.
            shown: The lines for display, secrets masked.
            before: The cluster in the snapshot before the approval.
            left: The lines that crm has still to run, secrets masked.
        """
        if self.running is not None:
            said = "something else was done before the cluster had settled"
            self._auditor.settled(self.running.approval, said, "")
            if self.running.left:
                self._replaced.append(self.running)
                self.running = None
        if before is not None:
            self.running = Running(approval, shown, before, self._clock(), left)

    def finished(self, reply: CrmReply) -> bool:
        """Record a finished line; return True if it is one of the followed lines."""
        now = self.running
        line = reply.inner or reply.line
        if earlier := next((run for run in self._replaced if line in run.left), None):
            earlier.left.remove(line)
            self._replaced = [run for run in self._replaced if run.left]
            return True
        if now is None or line not in now.left:
            return False
        now.left.remove(line)
        said = [line for line in reply.output.splitlines() if line.strip()]
        now.answer = said[-1] if said else ""
        now.is_any_done = now.is_any_done or reply.outcome in ("done", "unknown")
        if not now.left and not now.is_any_done:
            self._stop()
        return True

    def returned(self, lines: tuple[str, ...]) -> frozenset[str]:
        """Record unsent lines; return those that a key had made.

        Args:
            lines: The lines, secrets masked.
        """
        of_keys: set[str] = set()
        now, runs = self.running, list(self._replaced)
        if now is not None:
            runs.append(now)
        for run in runs:
            mine = set(run.left).intersection(lines)
            run.left = [line for line in run.left if line not in mine]
            if run.approval.request.origin == "key":
                of_keys |= mine
            if mine and run is now and not run.left and not run.is_any_done:
                self._stop()
        self._replaced = [run for run in self._replaced if run.left]
        return frozenset(of_keys)

    def died(self, line: str) -> None:
        """Stop following if crm died at a followed line, since its outcome is unknown.

        Args:
            line: The line that was running, secrets masked.
        """
        now = self.running
        if now is not None and (line in now.left or (line and now.left == [_COMMIT])):
            self._stop()

    def see(self, cluster: Cluster) -> None:
        """Update the progress from a new snapshot."""
        self._cluster = cluster
        self.tick(is_due=True)

    def tick(self, *, is_due: bool = False) -> None:
        """Show the progress, and query now and then for a settled cluster.

        Args:
            is_due: True to query at once, after a change.
        """
        now, clock = self.running, self._clock()
        if now is None or self._cluster is None:
            return
        if now.left and clock < now.began + _BUSY_SECONDS:
            return
        state = now.progress(self._cluster, clock, is_settled=False)
        said = f" crm said: {now.answer}" if state.is_late and now.answer else ""
        # Silence while crm still runs the line says nothing about its effect.
        is_open = bool(now.left) and (state.is_quiet or bool(self._main.command.how))
        self._main.show_progress("" if is_open else f"{state.sentence}{said}")
        self._is_due = self._is_due or is_due or clock >= self._checked + _CHECK_SECONDS
        # One query at a time, since snapshots may come faster than answers.
        if self._is_due and not self._is_checking and not now.left:
            self._is_due, self._is_checking, self._checked = False, True, clock
            background(self._app, partial(self._check, now))

    async def _check(self, run: Running) -> None:
        try:
            if not await asyncio.to_thread(is_settled, self._target):
                return
            cluster = (await asyncio.to_thread(take_snapshot, self._target)).cluster
        except CrmtuiError:
            return  # the watch fails alike and reports the reason
        finally:
            self._is_checking = False
        if run is self.running:
            self._settle(run, cluster)

    def _settle(self, run: Running, cluster: Cluster) -> None:
        state = run.progress(cluster, self._clock(), is_settled=True)
        self._main.output.say(state.sentence, "warning" if state.is_stuck else "good")
        foreseen = run.approval.forecast
        compared = ""
        if foreseen.unforeseeable is None:
            differs = deviations(foreseen, run.before, cluster)
            compared = verdict(differs)
            self._main.output.say(f"{compared}.", "warning" if differs else "good")
        self._auditor.settled(run.approval, state.sentence, compared)
        self._stop()

    def _stop(self) -> None:
        self._main.show_progress("")
        if self.running is not None:
            self._auditor.forget(self.running.approval)
        self.running = None
