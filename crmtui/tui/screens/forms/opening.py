"""What takes the keys while a form is got ready: none of them may reach the panes behind it."""

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
    """Lies under a form from the key that asked for it to its end.

    What is typed behind that key waits for the form: ``s`` stops no service here.

    Args:
        leave: Called when Escape is pressed before the form is there.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave it")]

    def __init__(self, leave: Callable[[], None]) -> None:
        super().__init__()
        self._leave = leave

    def compose(self) -> ComposeResult:
        """Lay out a line that says that it goes on."""
        with Vertical(id="dialog"):
            yield Static(Text("Asking the cluster …      Esc  leave it"), classes="keys")

    def on_screen_suspend(self) -> None:
        """Take note that the form is there."""
        self.takes_keys.set()

    def on_screen_resume(self) -> None:
        """Take note that there is more to be got ready."""
        self.takes_keys.clear()

    def on_unmount(self) -> None:
        """Take note that nobody waits any more."""
        self.takes_keys.set()

    def action_leave(self) -> None:
        """Give it up."""
        self._leave()

    def stop_waiting(self) -> bool:
        """Give it up, as Escape does."""
        self._leave()
        return True
