"""Keys that stop: Ctrl-C stops from any focus, and Escape stops the query of a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.tui.textual_ext.stops_waiting import StopsWaiting

if TYPE_CHECKING:
    from textual.app import App

    from crmtui.backend.gate.dispatcher import CommandDispatcher
    from crmtui.tui.controllers.key_actions import ActionController
    from crmtui.tui.screens.main import MainScreen


class StopKey:
    """Handles the stop keys before any screen gets them.

    Args:
        app: The app, for the screen that is on top.
        main: The screen with the command line, which hears its own Ctrl-C.
        key_actions: The query of a key, and the rest after a stray key.
        dispatcher: The dispatcher of the running lines.
    """

    def __init__(
        self,
        app: App[int],
        main: MainScreen,
        key_actions: ActionController,
        dispatcher: CommandDispatcher,
    ) -> None:
        self._app = app
        self._main = main
        self._key_actions = key_actions
        self._dispatcher = dispatcher

    def takes(self, key: str) -> bool:
        """Stop on a stop key; return True to keep ``key`` from all screens."""
        if key == "escape" and self._app.screen is self._main:
            self._key_actions.rest.end()
            self._key_actions.query.stop()
        if key not in (*self._main.keys["app.stop"], *self._main.keys["command.clear"]):
            return False
        self._key_actions.query.stop()
        # The command line clears itself first, and stops running lines only when empty.
        is_of_the_line = self._app.focused is self._main.command
        return not is_of_the_line and self.stop()

    def stop(self) -> bool:
        """Stop the wait of the screen, or else the running lines; return False without either."""
        screen = self._app.screen
        if isinstance(screen, StopsWaiting) and screen.stop_waiting():
            return True
        if not self._dispatcher.is_busy:
            return False
        self._dispatcher.interrupt()
        return True
