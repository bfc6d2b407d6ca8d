"""Forecasts while a line is typed: asked for when the cursor rests, shown when they come.

The scheduler may take seconds on a large cluster. One forecast is made at a time, in a thread of its
own; one for a line that does not stand there any more is ended, and one that a key or a line that was
entered asks for goes first. Typing never waits.
"""

from __future__ import annotations

import threading
from contextvars import copy_context
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.backend.process.cancellation import Cancellation, Cancelled
from crmtui.crmsh.words import without_colon
from crmtui.errors import CrmtuiError
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
"""A cursor that has not moved for so long rests."""
_LATE_SECONDS = 0.7
"""After that the line says that the forecast is late."""

_CLOSING_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class _Asked:
    line: str
    level: tuple[str, ...]
    staged: tuple[str, ...]


class LiveForecast:
    """Watches the command line and shows forecasts of what stands in it.

    Args:
        dispatcher: Knows at which level a line is typed, and what waits for a commit.
        shows: Where forecasts are shown.
        app_context: Knows the key that unlocks, if one does.
    """

    def __init__(
        self, dispatcher: CommandDispatcher, shows: ForecastLine, *, app_context: AppContext
    ) -> None:
        self._dispatcher = dispatcher
        self._shows = shows
        self._app_context = app_context
        self._wanted: _Asked | None = None
        self._is_asked = False
        """Whether what is wanted is asked for, or about to be."""
        self._timers: list[Timer] = []
        self._worker = _Worker(dispatcher.gate.forecaster, self._answered)

    def hear(self, view: LineView) -> None:
        """Take note of another view of the line."""
        asked = _Asked(
            without_colon(view.text).strip(), self._dispatcher.level, self._dispatcher.staged
        )
        if asked != self._wanted:
            self._forget()
            self._wanted = asked
            self._shows.show(None)
        self._shows.refuse(self._refusal(asked))
        # What is known of a line comes a moment after its last letter.
        is_whole = view.remarks.is_whole and view.search is None
        if is_whole and not self._is_asked and _is_worth_it(asked):
            self._is_asked = True
            self._timers = [self._shows.set_timer(_REST_SECONDS, self._ask)]

    def _refusal(self, asked: _Asked) -> str:
        """Say while a line is typed that the lock will turn it back."""
        if not self._dispatcher.gate.is_shut(asked.level, asked.line):
            return ""
        if self._app_context.lock() == "started":
            return "Started read-only: this will not run."
        key = key_names(self._app_context.keys["app.lock"][:1])
        return f"Read-only: this will not run{f' ({key} unlocks)' if key else ''}."

    def see(self) -> None:
        """Take note of another picture of the cluster: a forecast that is shown was of the old one."""
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
            self._shows.show(None)  # the usage says what is still to come
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
        """End what makes forecasts."""
        self._worker.close()


def _is_worth_it(asked: _Asked) -> bool:
    """Say whether there may be something to say: a whole command, and not one that only reads."""
    command = planned(asked.level, asked.line)
    return (
        bool(asked.line) and not isinstance(command, Unforeseeable) and not command.leaves_cluster
    )


class _Worker:
    """A thread that makes one forecast at a time: that of the line which stands there now."""

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
        """Make this forecast now."""
        with self._changed:
            self._next = asked
            if self._thread is None:
                self._thread = threading.Thread(
                    target=copy_context().run, args=(self._run,), name="forecasts", daemon=True
                )
                self._thread.start()
            self._changed.notify()

    def drop(self) -> None:
        """End the forecast that is made, if one is: nobody waits for it any more."""
        with self._changed:
            self._next = None
            self._cancellation.cancel()

    def close(self) -> None:
        """End the thread; a scheduler that is still thinking is not waited for."""
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
                continue  # for another line, or to give way: it is still the next one then
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
        """Say whether ``asked`` is still wanted, and do not make it again."""
        with self._changed:
            is_wanted = self._next == asked
            if is_wanted:
                self._next = None
            return is_wanted
