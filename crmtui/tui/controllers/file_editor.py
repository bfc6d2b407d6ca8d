"""Editor on the terminal, for a file that crm wants edited."""

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
        app: Gives the terminal away and takes it back.
        target: Where the files lie.
        screen: Where it is said why a file could not be edited.
    """

    def __init__(self, app: TerminalApp, target: Target, screen: MainScreen) -> None:
        self._app = app
        self._target = target
        self._screen = screen

    def edit(self, path: str) -> bool:
        """Let the user edit the file at ``path``; return whether it was edited."""
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
