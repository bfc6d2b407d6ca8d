"""Dialogs about uncommitted changes: on request, and before quitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.tui.screens.pending_screen import PendingScreen
from crmtui.tui.screens.quit_screen import QuitChoice, QuitScreen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App

    from crmtui.backend.gate.dispatcher import CommandDispatcher
    from crmtui.backend.session.events import PendingShown
    from crmtui.tui.controllers.session_view import SessionView


class UncommittedDialogs:
    """Asks whether to commit, keep or discard uncommitted changes.

    Args:
        app: The app, which shows the dialogs.
        dispatcher: The dispatcher, for the uncommitted and the running lines.
        session_view: The view of the session, which sends the chosen line.
        keys: The keys of each action, by its id.
    """

    def __init__(
        self,
        app: App[int],
        dispatcher: CommandDispatcher,
        session_view: SessionView,
        keys: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._app = app
        self._dispatcher = dispatcher
        self._session_view = session_view
        self._keys = keys

    async def show(self, pending: PendingShown) -> None:
        """Show the uncommitted changes; commit or discard them if the user chooses so."""
        can_settle = self._dispatcher.level[-1:] == ("configure",)
        choice = await self._app.push_screen_wait(
            PendingScreen(pending, can_settle=can_settle, keys=self._keys)
        )
        if choice != "close":
            self._session_view.submit("commit" if choice == "commit" else "refresh")

    async def choose(self) -> QuitChoice:
        """Ask about uncommitted changes before quitting; return ``keep`` if there are none."""
        choice, shown = await self._ask()
        # Lines staged while the dialog was open were not on it, so the user is asked again.
        while choice == "discard" and shown != self._dispatcher.staged:
            choice, shown = await self._ask()
        return choice

    async def _ask(self) -> tuple[QuitChoice, tuple[str, ...]]:
        """Return the user's choice, and the lines that the dialog showed."""
        dispatcher = self._dispatcher
        if not (dispatcher.staged or dispatcher.is_busy):
            return "keep", ()
        shown = dispatcher.staged
        changed = dispatcher.uncommitted
        screen = QuitScreen(shown, changed, is_running=dispatcher.is_busy, keys=self._keys)
        return await self._app.push_screen_wait(screen), shown
