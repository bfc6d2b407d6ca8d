"""The dialog under an opening form: keys wait there, and do not reach the panes behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from crmtui.tui.textual_ext.key_queue import TakesKeysLater
from crmtui.tui.textual_ext.stops_waiting import StopsWaiting

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType


class OpeningScreen(StopsWaiting, TakesKeysLater, ModalScreen[None]):
    """Dialog below a form, from the key that opens the form until the form closes.

    Keys typed meanwhile wait for the form: ``s`` must not stop a service here.

    Args:
        cancel: Callback for Escape before the form is there.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Cancel")]

    def __init__(self, cancel: Callable[[], None]) -> None:
        super().__init__()
        self._cancel = cancel

    def compose(self) -> ComposeResult:
        """Lay out a line that says that the form is coming."""
        with Vertical(id="dialog"):
            yield Static(Text("Asking the cluster …      Esc  cancel"), classes="keys")

    def on_screen_suspend(self) -> None:
        """Let the form have the waiting keys."""
        self.takes_keys.set()

    def on_screen_resume(self) -> None:
        """Hold keys back again: another form is opening."""
        self.takes_keys.clear()

    def on_unmount(self) -> None:
        """Let all waiting keys go: no form comes any more."""
        self.takes_keys.set()

    def action_cancel(self) -> None:
        """Cancel the opening of the form."""
        self._cancel()

    def stop_waiting(self) -> bool:
        """Cancel the opening of the form, as Escape does."""
        self._cancel()
        return True
