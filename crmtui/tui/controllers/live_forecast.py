"""Live forecast of the line being typed: requested when the cursor rests, shown on arrival.

The scheduler may take seconds on a large cluster. One thread makes one forecast at a time, so typing
never waits. A changed line ends its forecast, and forecasts of keys and entered lines go first.
"""

from __future__ import annotations

import threading
from contextvars import copy_context
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.backend.process.cancellation import Cancellation
from crmtui.crmsh.words import without_colon
from crmtui.errors import Cancelled, CrmtuiError
from crmtui.forecast.plan import planned
from crmtui.forecast.steps import Unforeseeable
from crmtui.tui.presentation.key_names import key_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from crmtui.backend.gate.dispatcher import CommandDispatcher
    from crmtui.backend.scheduler.forecaster import Forecaster
    from crmtui.editor.view import LineView
    from crmtui.forecast.model import Forecast
    from crmtui.tui.controllers.app_context import AppContext
    from crmtui.tui.widgets.forecast_line import ForecastLine

_REST_SECONDS = 0.35
"""Pause in typing, in seconds, before a forecast is requested."""
_LATE_SECONDS = 0.7
"""Time in seconds after which the forecast line says that the forecast is late."""

_CLOSING_SECONDS = 1.0
"""Longest wait for the thread at exit, in seconds."""


@dataclass(frozen=True, slots=True)
class _Asked:
    line: str
    level: tuple[str, ...]
    staged: tuple[str, ...]


class LiveForecast:
    """Shows forecasts of the line in the command line.

    Args:
        dispatcher: The dispatcher, for crm's level and the uncommitted lines.
        shows: The widget that shows forecasts.
        app_context: Lock and keys, for the hint on unlocking.
    """

    def __init__(
        self, dispatcher: CommandDispatcher, shows: ForecastLine, *, app_context: AppContext
    ) -> None:
        self._dispatcher = dispatcher
        self._shows = shows
        self._app_context = app_context
        self._wanted: _Asked | None = None
        self._is_asked = False
        """True once the wanted forecast is requested, or its timer runs."""
        self._timers: list[Timer] = []
        self._worker = _Worker(dispatcher.gate.forecaster, self._answered)

    def hear(self, view: LineView) -> None:
        """Update the forecast for a changed command line."""
        asked = _Asked(
            without_colon(view.text).strip(), self._dispatcher.level, self._dispatcher.staged
        )
        if asked != self._wanted:
            self._forget()
            self._wanted = asked
            self._shows.show(None)
        self._shows.refuse(self._refusal(asked))
        # The remarks on a line arrive a moment after its last letter.
        is_whole = view.remarks.is_whole and view.search is None
        if is_whole and not self._is_asked and _is_worth_it(asked):
            self._is_asked = True
            self._timers = [self._shows.set_timer(_REST_SECONDS, self._ask)]

    def _refusal(self, asked: _Asked) -> str:
        """Return the hint that the lock will refuse the typed line; else empty."""
        if not self._dispatcher.gate.is_shut(asked.level, asked.line):
            return ""
        if self._app_context.lock() == "started":
            return "Started read-only: this will not run."
        key = key_names(self._app_context.keys["app.lock"][:1])
        return f"Read-only: this will not run{f' ({key} unlocks)' if key else ''}."

    def see(self) -> None:
        """Renew a shown forecast after a new snapshot, since it was made for the old one."""
        if self._shows.forecast is not None and self._wanted is not None and not self._timers:
            self._timers = [self._shows.set_timer(_REST_SECONDS, self._ask)]

    def _ask(self) -> None:
        if self._wanted is not None:
            self._timers.append(self._shows.set_timer(_LATE_SECONDS, self._say_late))
            self._worker.ask(self._wanted)

    def _say_late(self) -> None:
        self._shows.say("Forecast: the scheduler is still being asked …")

    def _answered(self, asked: _Asked, answer: Forecast | CrmtuiError) -> None:
        # From the worker's thread.
        self._shows.call_later(self._show, asked, answer)

    def _show(self, asked: _Asked, answer: Forecast | CrmtuiError) -> None:
        if asked != self._wanted:
            return
        self._stop_timers()
        if isinstance(answer, CrmtuiError):
            self._shows.say(f"No forecast: {answer.what}")
        elif answer.is_unfinished:
            self._shows.show(None)  # the usage shows the missing words
        else:
            self._shows.show(answer)

    def _forget(self) -> None:
        self._stop_timers()
        self._worker.drop()
        self._wanted, self._is_asked = None, False

    def _stop_timers(self) -> None:
        for timer in self._timers:
            timer.stop()
        self._timers = []

    def close(self) -> None:
        """End the thread of the forecasts."""
        self._worker.close()


def _is_worth_it(asked: _Asked) -> bool:
    """Return True for a whole command that may change the cluster."""
    command = planned(asked.level, asked.line)
    return (
        bool(asked.line) and not isinstance(command, Unforeseeable) and not command.leaves_cluster
    )


class _Worker:
    """Thread that makes one forecast at a time, for the present line."""

    def __init__(
        self,
        forecaster: Forecaster,
        answered: Callable[[_Asked, Forecast | CrmtuiError], None],
    ) -> None:
        self._forecaster = forecaster
        self._answered = answered
        self._changed = threading.Condition()
        self._next: _Asked | None = None
        self._cancellation = Cancellation(gives_way=True)
        self._is_over = False
        self._thread: threading.Thread | None = None

    def ask(self, asked: _Asked) -> None:
        """Request a forecast, in place of any earlier request."""
        with self._changed:
            self._next = asked
            if self._thread is None:
                self._thread = threading.Thread(
                    target=copy_context().run, args=(self._run,), name="forecasts", daemon=True
                )
                self._thread.start()
            self._changed.notify()

    def drop(self) -> None:
        """Cancel the running forecast, as the line has changed."""
        with self._changed:
            self._next = None
            self._cancellation.cancel()

    def close(self) -> None:
        """End the thread, waiting a second at most for a busy scheduler."""
        with self._changed:
            self._is_over = True
            self._cancellation.cancel()
            thread = self._thread
            self._changed.notify()
        if thread is not None:
            thread.join(_CLOSING_SECONDS)

    def _run(self) -> None:
        while (taken := self._take()) is not None:
            asked, cancellation = taken
            try:
                answer: Forecast | CrmtuiError = self._forecaster.forecast(
                    asked.line, asked.level, asked.staged, cancellation
                )
            except Cancelled:
                continue  # dropped, or interrupted by a more urgent one and still next
            except CrmtuiError as error:
                answer = error
            if self._is_done_with(asked):
                self._answered(asked, answer)

    def _take(self) -> tuple[_Asked, Cancellation] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_over or self._next is not None)
            if self._is_over or self._next is None:
                return None
            self._cancellation = Cancellation(gives_way=True)
            return self._next, self._cancellation

    def _is_done_with(self, asked: _Asked) -> bool:
        """Return True if ``asked`` is still wanted, and remove it from the requests."""
        with self._changed:
            is_wanted = self._next == asked
            if is_wanted:
                self._next = None
            return is_wanted
