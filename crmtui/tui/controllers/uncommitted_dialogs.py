"""Dialogs about uncommitted changes: to look at them, and before crmtui is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.tui.screens.pending_screen import PendingScreen
from crmtui.tui.screens.quit_screen import Choice, QuitScreen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App

    from crmtui.backend.gate.dispatcher import CommandDispatcher
    from crmtui.backend.session.events import PendingShown
    from crmtui.tui.controllers.session_view import SessionView


class UncommittedDialogs:
    """Asks what becomes of uncommitted changes.

    Args:
        app: Shows the dialogs.
        dispatcher: Knows what is uncommitted, and whether something runs.
        session_view: Gets the line that settles it.
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
        """Show what waits for a commit, and commit or discard it if that is chosen."""
        can_settle = self._dispatcher.level[-1:] == ("configure",)
        choice = await self._app.push_screen_wait(
            PendingScreen(pending, can_settle=can_settle, keys=self._keys)
        )
        if choice != "close":
            self._session_view.submit("commit" if choice == "commit" else "refresh")

    async def choose(self) -> Choice:
        """Ask what becomes of it all before crmtui is left; ``keep`` where there is nothing."""
        choice, shown = await self._ask()
        # What was staged while the dialog was open has been seen by nobody.
        while choice == "discard" and shown != self._dispatcher.staged:
            choice, shown = await self._ask()
        return choice

    async def _ask(self) -> tuple[Choice, tuple[str, ...]]:
        """Return the choice of the user, and the lines that it is about."""
        dispatcher = self._dispatcher
        if not (dispatcher.staged or dispatcher.is_busy):
            return "keep", ()
        shown = dispatcher.staged
        changed = dispatcher.uncommitted
        screen = QuitScreen(shown, changed, is_running=dispatcher.is_busy, keys=self._keys)
        return await self._app.push_screen_wait(screen), shown
