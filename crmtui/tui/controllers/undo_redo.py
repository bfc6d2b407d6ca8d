"""Undo and redo on the screen: choice of a change, its forecast, approval and execution."""

from __future__ import annotations

import asyncio
import threading
from functools import partial
from typing import TYPE_CHECKING

from crmtui.backend.approval.approval import Approval, ChangeRequest
from crmtui.backend.approval.held_line import not_run
from crmtui.backend.process.cancellation import heed, heeded
from crmtui.backend.scheduler.undo import ConfigurationHistory
from crmtui.cluster.configuration_clock import ConfigurationClock
from crmtui.errors import ChangeRefused, CrmtuiError
from crmtui.tui.screens.undo_screen import UndoScreen
from crmtui.tui.textual_ext.futures import coming
from crmtui.tui.textual_ext.workers import background

if TYPE_CHECKING:
    from textual.app import App

    from crmtui.backend.approval.approval import Origin
    from crmtui.backend.gate.audit_log import AuditLog
    from crmtui.backend.process.cancellation import Cancellation
    from crmtui.backend.process.target import Target
    from crmtui.cib.invert import ConfigurationChange
    from crmtui.cluster.model import Cluster
    from crmtui.forecast.model import Forecast
    from crmtui.tui.controllers.key_actions import ActionController
    from crmtui.tui.screens.main import MainScreen

_LISTED = 30
"""Number of changes offered for undo."""


class UndoController:
    """Undoes and redoes changes of the configuration.

    Args:
        app: The app, which shows the dialogs.
        main: The main screen, whose output shows outcomes.
        target: The cluster.
        key_actions: The controller that asks for approval.
        log: The action log.
    """

    def __init__(
        self,
        app: App[int],
        main: MainScreen,
        target: Target,
        key_actions: ActionController,
        log: AuditLog,
    ) -> None:
        self._app = app
        self._main = main
        self._key_actions = key_actions
        self._log = log
        self._history = ConfigurationHistory(target)
        self._configuration_clock = ConfigurationClock()
        self._is_file = target.kind == "sandbox"
        """True for a CIB file, whose snapshots keep the original's time of change for ever."""
        self._has_read_kept = False
        self._is_due = False
        self._is_looking = False
        self.has_seen = False
        """True once a configuration is read, so that later changes can be noticed."""

    def see(self, cluster: Cluster) -> None:
        """Read the configuration if a new snapshot hints at a change; one query at a time."""
        may_be_other = self._configuration_clock.may_be_other(cluster) or self._is_file
        self._is_due = may_be_other or self._is_due
        if self._is_due and not self._is_looking:
            self._is_looking = True
            background(self._app, self._see)

    async def _see(self) -> None:
        try:
            while self._is_due:
                self._is_due = False
                await asyncio.to_thread(self._history.update)
                self.has_seen = True
        except CrmtuiError:
            # Retried with the next snapshot; the watch fails alike and reports the reason.
            self._is_due = True
        finally:
            self._is_looking = False

    def close(self) -> None:
        """Remove the temporary files on the target."""
        self._history.close()

    def undo(self, keys: tuple[str, ...]) -> None:
        """Show the last changes, and undo the one that the user chooses.

        Args:
            keys: The keys that led here, for the confirmation.
        """
        self._key_actions.exclusively(partial(self._undo, keys))

    def redo(self, keys: tuple[str, ...]) -> None:
        """Redo the change that was undone last.

        Args:
            keys: The keys that led here, for the confirmation.
        """
        self._key_actions.exclusively(partial(self._redo, keys))

    async def _undo(self, keys: tuple[str, ...]) -> None:
        try:
            changes = await self._key_actions.query.run(self._changes)
        except CrmtuiError as error:
            self._main.output.say(not_run(error.what), "warning")
            return
        if not changes:
            self._main.output.say(
                "No change of the configuration is known: nothing to undo.", "note"
            )
            return
        chosen = await self._app.push_screen_wait(UndoScreen(changes, self._log.entries))
        if chosen is not None:
            await self._take_back(chosen, "undo", (*keys, "enter"))

    async def _redo(self, keys: tuple[str, ...]) -> None:
        change = self._history.redoable
        if change is None:
            self._main.output.say("Nothing was undone that could be done again.", "note")
            return
        await self._take_back(change, "redo", keys)

    def _changes(self) -> list[tuple[ConfigurationChange, str]]:
        self._history.update()
        if not self._has_read_kept:
            self._history.read_kept()
            self._has_read_kept = True
        listed = self._history.changes[:_LISTED]
        return [*zip(listed, self._history.obstacles(listed), strict=True)]

    async def _take_back(
        self, change: ConfigurationChange, origin: Origin, keys: tuple[str, ...]
    ) -> None:
        # A redo is described by the original change, not by its undo.
        told = change if origin == "undo" else change.undoes or change
        request = ChangeRequest(tuple(str(each) for each in told.differences), origin=origin)
        approval = await self._key_actions.approval_for(
            request,
            coming(partial(self._foresee, change, request)),
            keys,
        )
        if approval is None:
            return
        before = self._key_actions.cluster
        is_sent = threading.Event()
        try:
            failure = await self._key_actions.query.run(
                partial(self._apply, change, approval, is_sent, heeded()), is_sent.is_set
            )
        except CrmtuiError as error:
            failure = f"{error.what} Nothing was taken back."
        if failure:
            self._main.output.say(failure, "warning")
        else:
            self._main.output.say(f"{_done(approval)}: {'; '.join(request.lines)}", "good")
            self._key_actions.follow(approval, before=before)

    def _foresee(
        self,
        change: ConfigurationChange,
        request: ChangeRequest,
        cancellation: Cancellation | None = None,
    ) -> Forecast:
        def wanted() -> str:
            return self._history.wanted(change)

        return self._key_actions.gate.forecast_cib(wanted, request, cancellation)

    def _apply(
        self,
        change: ConfigurationChange,
        approval: Approval,
        is_sent: threading.Event,
        outer: Cancellation,
    ) -> str:
        """Apply the undo or redo; return the reason of a failure, else empty.

        Args:
            change: The change to undo.
            approval: The approval of the undo.
            is_sent: Set right before the change is sent to the cluster.
            outer: Cancellation of the app, heeded after sending in place of Ctrl-C.
        """

        def before_sending() -> None:
            heed(outer)
            is_sent.set()

        failure = self._key_actions.gate.objection_to_patch(
            approval, lambda: self._foresee(change, approval.request)
        )
        if failure:
            return f"{failure} Nothing was taken back."
        seen = approval.forecast.version
        entry = self._log.begin(
            approval.request.lines,
            origin=approval.request.origin,
            forecast=approval.forecast.summary,
            before=str(seen) if seen is not None else "",
        )
        self._key_actions.auditor.began(approval, entry)
        try:
            made = self._history.undo(change, seen, before_sending)
        except CrmtuiError as error:
            is_refused = isinstance(error, ChangeRefused)
            failed = "failed" if is_refused else "unknown"
            self._log.end(entry, failed if is_sent.is_set() else "not sent", said=error.what)
            self._key_actions.auditor.forget(approval)
            if is_refused or not is_sent.is_set():
                return f"{error.what} Nothing was taken back."
            return f"{error.what} Look at the configuration: it may have been taken back."
        self._log.end(entry, "done", after=str(made.after.version))
        return ""


def _done(approval: Approval) -> str:
    return "Taken back" if approval.request.origin == "undo" else "Done again"
