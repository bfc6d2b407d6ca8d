"""File editor: runs the user's editor on the terminal for a file of crm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from crmtui.backend.session.editing import edit
from crmtui.errors import CrmtuiError
from crmtui.tui.textual_ext.terminal_app import nothing

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.backend.process.target import Target
    from crmtui.tui.screens.main import MainScreen
    from crmtui.tui.textual_ext.terminal_app import TerminalApp


class FileEditor:
    """Lends the terminal to the user's editor.

    Args:
        app: The app, suspended while the editor runs.
        target: The target that holds the files.
        screen: The screen whose output shows failures.
    """

    def __init__(self, app: TerminalApp, target: Target, screen: MainScreen) -> None:
        self._app = app
        self._target = target
        self._screen = screen

    def edit(self, path: str) -> bool:
        """Open the file at ``path`` in the editor; return True unless that failed."""
        try:
            with self._app.suspend():
                is_done = edit(self._target, path, began=self._note)
        except (CrmtuiError, SuspendNotSupported) as error:
            self._screen.output.say(str(error), "error")
            is_done = False
        self._note(nothing)
        self._app.refresh(layout=True)
        return is_done

    def _note(self, end: Callable[[], None]) -> None:
        self._app.end_editor = end
