"""Follows what was given leave from its line to the settled cluster, and says what came of it."""

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
"""How often to ask whether the cluster has settled while no change is seen."""
_BUSY_SECONDS = 2.0
"""A line that crm is at for so long is shown with what moves meanwhile."""
_COMMIT = "commit"
"""The line that runs before one that leaves ``configure``."""
_NODE_SWITCHES = frozenset(("node standby", "node online"))


@dataclass(slots=True)
class Running:
    """Lines that were given leave, from the moment they are passed on to the settled cluster."""

    approval: Approval
    shown: tuple[str, ...]
    """Its lines as they may be shown, secrets masked."""
    before: Cluster
    """The picture that was decided on."""
    began: float
    left: list[str] = field(default_factory=list)
    """The lines that crm is not done with."""
    answer: str = ""
    """The last thing that crm said."""
    is_any_done: bool = False
    """Whether crm took one of the lines."""

    @property
    def line(self) -> str:
        """All of it in one line."""
        request = self.approval.request
        what = "; ".join(self.shown)
        return what if request.is_crm else f"{request.origin} of {what}"

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes that it switches to standby or back."""
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
        """Return how far it is, or what came of it."""
        seconds = clock - self.began
        return progress(
            self.before, now, self.line, self.nodes, is_settled=is_settled, seconds=seconds
        )


class ProgressController:
    """Says how far the cluster is with what runs, and once it has settled what came of it.

    Args:
        app: Runs the questions.
        main: Where it is said.
        target: The cluster.
        auditor: Notes what came of what was given leave.
        app_context: Has the clock.
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
        """What is followed now."""
        self._replaced: list[Running] = []
        """What was followed before, as long as crm is not through with its lines."""
        self._checked = 0.0
        self._is_due = False
        self._is_checking = False

    def follow(
        self, approval: Approval, shown: tuple[str, ...], before: Cluster | None, left: list[str]
    ) -> None:
        """Follow the cluster until it has settled.

        Args:
            approval: What was given leave for.
            shown: Its lines, secrets masked.
            before: The picture that was decided on.
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
        """Take note of a line that crm is done with; say whether it was one that is followed."""
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
        """Take note of lines that were not sent; return those that a key stood for.

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
        """Say nothing of what is followed where crm died at it: what came of it is not known.

        Args:
            line: The line that was running, secrets masked.
        """
        now = self.running
        if now is not None and (line in now.left or (line and now.left == [_COMMIT])):
            self._stop()

    def see(self, cluster: Cluster) -> None:
        """Follow what runs on another picture of the cluster."""
        self._cluster = cluster
        self.tick(is_due=True)

    def tick(self, *, is_due: bool = False) -> None:
        """Say how far the cluster is, and ask now and then whether it has settled.

        Args:
            is_due: Whether to ask at once, since something has changed.
        """
        now, clock = self.running, self._clock()
        if now is None or self._cluster is None:
            return
        if now.left and clock < now.began + _BUSY_SECONDS:
            return
        state = now.progress(self._cluster, clock, is_settled=False)
        said = f" crm said: {now.answer}" if state.is_late and now.answer else ""
        # As long as crm is not through, nothing is known of what comes of the line.
        is_open = bool(now.left) and (state.is_quiet or bool(self._main.command.how))
        self._main.show_progress("" if is_open else f"{state.sentence}{said}")
        self._is_due = self._is_due or is_due or clock >= self._checked + _CHECK_SECONDS
        # One question at a time: pictures may come faster than answers.
        if self._is_due and not self._is_checking and not now.left:
            self._is_due, self._is_checking, self._checked = False, True, clock
            background(self._app, partial(self._check, now))

    async def _check(self, run: Running) -> None:
        try:
            if not await asyncio.to_thread(is_settled, self._target):
                return
            cluster = (await asyncio.to_thread(take_snapshot, self._target)).cluster
        except CrmtuiError:
            return  # the watch meets the same trouble, and says so
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
