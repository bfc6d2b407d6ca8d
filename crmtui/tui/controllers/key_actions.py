"""Key actions: scene, forecast and approval for the lines of keys, and their way to crm."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from crmtui.backend.approval.approval import Approval, ChangeRequest
from crmtui.backend.approval.held_line import not_run
from crmtui.backend.gate.confirmation import propose
from crmtui.backend.queries.scene import read_scene
from crmtui.errors import CrmtuiError
from crmtui.tui.controllers.approval_dialog import ApprovalDialog
from crmtui.tui.controllers.progress import ProgressController
from crmtui.tui.controllers.resting_keys import RestingKeys
from crmtui.tui.presentation.key_names import key_name
from crmtui.tui.screens.action_menu import ActionsScreen
from crmtui.tui.screens.choose_node import NodeScreen
from crmtui.tui.textual_ext.futures import coming
from crmtui.tui.textual_ext.stoppable import StoppableQuery
from crmtui.tui.textual_ext.workers import background
from crmtui.verbs import VerbOffer, offer, offers

if TYPE_CHECKING:
    import asyncio

    from textual.app import App

    from crmtui.backend.gate.audit import Auditor
    from crmtui.backend.gate.dispatcher import CommandDispatcher
    from crmtui.backend.gate.gate import Gate
    from crmtui.backend.process.target import Target
    from crmtui.cluster.model import Cluster
    from crmtui.forecast.model import Forecast
    from crmtui.tui.controllers.app_context import AppContext
    from crmtui.tui.screens.main import MainScreen
    from crmtui.tui.textual_ext.workers import WorkerJob
    from crmtui.verbs.verb import Scene


class ActionController:
    """Brings lines of keys, and typed lines that need an approval, through their dialogs.

    Args:
        app: The app, which shows the dialogs.
        main: The main screen with the panes.
        target: The cluster.
        dispatcher: The way of all lines to crm.
        auditor: The auditor, which records the results of approved lines.
        app_context: Facts about the app.
    """

    def __init__(
        self,
        app: App[int],
        main: MainScreen,
        target: Target,
        dispatcher: CommandDispatcher,
        auditor: Auditor,
        app_context: AppContext,
    ) -> None:
        self._app = app
        self._main = main
        self._target = target
        self._dispatcher = dispatcher
        self.auditor = auditor
        """Auditor that records the results of approved lines."""
        self.progress = ProgressController(app, main, target, auditor, app_context)
        """Progress and result of approved lines."""
        self.query = StoppableQuery(self._say_late)
        """Runner of a key's queries, before a dialog is open to wait in."""
        self._refusal = app_context.refusal
        self._keys = app_context.keys
        self.cluster: Cluster | None = None
        """The cluster in the last snapshot; None before the first."""
        self._is_asking = False
        self.rest = RestingKeys(app_context.clock, main.output)
        """Rest of the keys after a stray one."""
        self._approval_dialog = ApprovalDialog(app, main, target.kind, self.rest)

    # From a key.

    @property
    def gate(self) -> Gate:
        """The gate that all lines pass."""
        return self._dispatcher.gate

    @property
    def is_asking(self) -> bool:
        """True while a key or line is being asked about, or is about to be."""
        return self._is_asking

    def exclusively(self, job: WorkerJob) -> None:
        """Run ``job`` with its dialogs, unless another job runs or keys rest."""
        if self._may_begin():
            self._is_asking = True
            background(self._app, partial(self._alone, job))

    async def _alone(self, job: WorkerJob) -> None:
        try:
            await job()
        finally:
            self._is_asking = False

    def act(self, action: str, names: tuple[str, ...], keys: tuple[str, ...]) -> None:
        """Run an action: show its lines and their forecast, and run the lines once approved.

        Args:
            action: Id of the action.
            names: Names of the selected objects.
            keys: The keys that led here; none of them confirms.
        """
        self.exclusively(partial(self._act, action, names, keys))

    async def _act(self, action: str, names: tuple[str, ...], keys: tuple[str, ...]) -> None:
        scene = await self._read_scene()
        if scene is not None:
            await self._carry_out(offer(action, scene, names), scene, keys)

    def choose(self, kind: str, names: tuple[str, ...], keys: tuple[str, ...]) -> None:
        """Open the menu of actions, and run the chosen one.

        Args:
            kind: Kind of the objects.
            names: Names of the selected objects.
            keys: The keys that led here; none of them confirms.
        """
        if names:
            self.exclusively(partial(self._choose, kind, names, keys))

    async def _choose(self, kind: str, names: tuple[str, ...], keys: tuple[str, ...]) -> None:
        scene = await self._read_scene()
        if scene is None:
            return
        found = [(each, self._why_not(each)) for each in offers(scene, kind, names)]
        menu = ActionsScreen(", ".join(names), found, self._keys)
        chosen = await self._app.push_screen_wait(menu)
        if chosen is not None:
            await self._carry_out(chosen.offer, scene, (*keys, chosen.key))

    def _may_begin(self) -> bool:
        if self._main.is_too_small or self._app.screen is not self._main or self._is_asking:
            return False  # the lines could not be read on the screen
        # During the rest, keys are more of a word meant for the command line.
        return not self.rest.is_on

    async def _read_scene(self) -> Scene | None:
        """Query the scene now; show the reason and return None if that fails."""
        why = self._refusal() if self._target.kind != "sandbox" else ""
        try:
            scene = None if why else await self.query.run(partial(read_scene, self._target))
        except CrmtuiError as error:
            scene, why = None, error.what
        if scene is None:
            self._main.output.say(not_run(why), "warning")
        return scene

    def _say_late(self) -> None:
        names = " or ".join(map(key_name, ("escape", *self._main.keys["command.clear"][:1])))
        self._main.output.say(f"The cluster has not answered yet. {names} stops waiting.", "note")

    def _why_not(self, made: VerbOffer) -> str:
        """Return the reason against an offer, its own or the gate's; else empty."""
        return made.why_not or self._dispatcher.gate.objection(made.lines()[0])

    async def _carry_out(self, made: VerbOffer, scene: Scene, keys: tuple[str, ...]) -> None:
        why_not = self._why_not(made)
        if why_not:
            self._main.output.say(not_run(why_not), "warning")
            return
        node = ""
        if made.choices:
            node = await self._choose_node(made)
            if not node:
                return
            keys = (*keys, "enter")
        request = self._request(made, node)
        self.cluster = scene.cluster
        left_out = tuple(f"Left out: {why}" for why in made.left_out)
        approval = await self.approval_for(request, self._foresee(request), keys, left_out)
        if approval is not None:
            approval = Approval(approval.request, approval.forecast, made.verb.question)
            self.follow(approval, left=approval.request.lines)
            self._dispatcher.submit_at_root(approval)
            self._main.unmark()

    async def _choose_node(self, made: VerbOffer) -> str:
        each = [self._foresee(self._request(made, node)) for node in made.choices]
        try:
            return await self._app.push_screen_wait(NodeScreen(made, each))
        finally:
            for foreseen in each:
                foreseen.cancel()

    @staticmethod
    def _request(made: VerbOffer, node: str) -> ChangeRequest:
        return ChangeRequest(made.lines(node), origin="key")

    # From a line.

    def asked(self, request: ChangeRequest, *, is_reviewed: bool) -> None:
        """Decide on lines that the gate holds for an approval.

        Args:
            request: The request for the lines.
            is_reviewed: True if a form has just shown the forecast of the lines.
        """
        background(self._app, partial(self._asked, request, is_reviewed=is_reviewed))

    async def _asked(self, request: ChangeRequest, *, is_reviewed: bool) -> None:
        was_asking, self._is_asking = self._is_asking, True
        try:
            foreseen = self._foresee(request)
            approval = await self.approval_for(
                request, foreseen, ("enter",), is_reviewed=is_reviewed
            )
        finally:
            self._is_asking = was_asking
        if approval is not None:
            self.follow(approval, left=approval.request.lines)
        self._dispatcher.decide(request, approval)

    # For both.

    def _foresee(self, request: ChangeRequest) -> asyncio.Future[Forecast]:
        return coming(partial(self._dispatcher.gate.forecast, request))

    async def approval_for(
        self,
        request: ChangeRequest,
        foreseen: asyncio.Future[Forecast],
        keys: tuple[str, ...],
        remarks: tuple[str, ...] = (),
        *,
        is_reviewed: bool = False,
    ) -> Approval | None:
        """Ask for an approval, as far as the forecast demands; None if it is not given.

        Args:
            request: Lines that are asked for.
            foreseen: Their forecast; cancelled after the decision.
            keys: Keys that asked; none of them confirms.
            remarks: Further sentences to read before the decision.
            is_reviewed: True if a form has just shown the effect of typed lines.
        """
        proposal = propose(
            request,
            self._target,
            self.cluster,
            self._dispatcher.masked,
            asked_by=keys,
            remarks=remarks,
            is_reviewed=is_reviewed,
        )
        return await self._approval_dialog.approval_for(proposal, foreseen)

    # Results.

    def follow(
        self, approval: Approval, left: tuple[str, ...] = (), before: Cluster | None = None
    ) -> None:
        """Follow the cluster until it has settled.

        Args:
            approval: The approval of the lines.
            left: The lines that crm has still to run.
            before: The cluster before the approval; by default that of the last snapshot.
        """
        masked = self._dispatcher.masked
        shown = tuple(map(masked, approval.request.lines))
        self.progress.follow(approval, shown, before or self.cluster, list(map(masked, left)))

    def returned(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """Record unsent lines; return those that no key had made."""
        self._approval_dialog.returned(lines)
        mine = self.progress.returned(tuple(map(self._dispatcher.masked, lines)))
        return tuple(line for line in lines if self._dispatcher.masked(line) not in mine)

    def see(self, cluster: Cluster) -> None:
        """Update the progress from the cluster of a new snapshot."""
        self.cluster = cluster
        self.progress.see(cluster)
