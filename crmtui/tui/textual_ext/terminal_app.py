"""App that others can end, from any thread, and whose terminal they get back.

All that this touches of Textual's private parts is here.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.worker import WorkerFailed

from crmtui.errors import Cancelled
from crmtui.tui.textual_ext.driver import SeamlessDriver, TerminalDriver
from crmtui.tui.textual_ext.gc_pauses import GcPauses
from crmtui.tui.textual_ext.key_queue import KeyQueue
from crmtui.tui.textual_ext.pressed import led_by
from crmtui.tui.textual_ext.workers import background

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


def nothing() -> None:
    """Do nothing."""


class TerminalApp(App[int], inherit_bindings=False):
    """App on a terminal of ours, whose keys come one by one.

    Args:
        clock: Seconds from an arbitrary beginning, for the pauses of the garbage collection.
        giving_up: Returns the keys that do not wait for a screen, but give it up.
        is_seamless: Whether a first picture is on the terminal already.
    """

    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = ""

    def __init__(
        self,
        clock: Callable[[], float],
        giving_up: Callable[[], Collection[str]],
        *,
        is_seamless: bool,
    ) -> None:
        super().__init__(driver_class=SeamlessDriver if is_seamless else TerminalDriver)
        self.end_editor: Callable[[], None] = nothing
        """Ends the editor that has the terminal; does nothing where none has."""
        self.gc_pauses = GcPauses(clock)
        """Pauses of the garbage collection while keys come."""
        self._key_queue = KeyQueue(self, giving_up)

    @property
    def has_terminal(self) -> bool:
        """True once Textual has taken the terminal over, and so gives it back as it was."""
        driver = self._driver
        return not isinstance(driver, SeamlessDriver) or driver.is_taken_over

    @property
    def defect(self) -> BaseException | None:
        """Exception that ended the app against its will; None where it was left."""
        error = self._exception
        cause = error.error if isinstance(error, WorkerFailed) else error
        return None if isinstance(cause, Cancelled) else cause

    def _print_error_renderables(self) -> None:
        """Leave it to the caller of the app to tell of a defect: Textual would print its traceback."""
        self._exit_renderables.clear()

    def end(self, status: int) -> None:
        """End with ``status``, as a signal asks for; for the main thread, whatever it is doing."""
        self.end_editor()
        if not self._exit:  # else it is being left, with a status of its own
            self._from_outside(self.exit, status)

    def die(self, defect: Exception) -> None:
        """End because of ``defect``, which has ended a thread; for any thread."""
        if self._exit:  # it is being left: told behind that
            self._exception = self._exception or defect
        else:
            self._from_outside(self.call_later, self._handle_exception, defect)

    def _from_outside(self, entry: Callable[..., object], *arguments: object) -> None:
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop has ended meanwhile, as was wanted
                self._loop.call_soon_threadsafe(entry, *arguments)

    def give_back(self) -> None:
        """Give the terminal back by force; for any thread."""
        if isinstance(self._driver, TerminalDriver):
            self._driver.give_back()

    def on_pictures_left_out(self) -> None:
        """Paint all of it: the terminal has caught up."""
        self.refresh(layout=True)

    def take_keys(self) -> None:
        """Begin to let keys go, one by one."""
        background(self, self._key_queue.run, group="keys")

    async def on_event(self, event: events.Event) -> None:
        """Let keys go one by one, but for those that the app takes itself."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self.gc_pauses.key()
            if self._key_queue.holds(event):
                return
            if isinstance(event, events.Key) and self.takes(event):
                return
        await super().on_event(event)

    def takes(self, key: events.Key) -> bool:
        """Take ``key`` before any widget gets it, and return True; else return False."""
        raise NotImplementedError

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Run the action that ``key`` is bound to, and let that know the key."""
        with led_by(key):
            return await super()._check_bindings(key, priority)
