"""Forecasts of lines, made by the real scheduler on a copy of the CIB."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from crmtui.backend.process.cancellation import Cancellation, ForecastQueue, heeded, heeding
from crmtui.backend.process.run import TIMEOUT, last_words, put
from crmtui.backend.process.target import is_assumed
from crmtui.backend.scheduler.cib_copy import Copy
from crmtui.backend.scheduler.simulate import SchedulerRuns
from crmtui.backend.scheduler.trial import Trial, replacing
from crmtui.cib.document import Cib
from crmtui.errors import Cancelled, CrmNotStarted, CrmtuiError, TrialRefused
from crmtui.forecast.compare import assuming, compare
from crmtui.forecast.down import down
from crmtui.forecast.model import Forecast
from crmtui.forecast.plan import change_of
from crmtui.forecast.sentence import summary
from crmtui.forecast.simulation import chained
from crmtui.forecast.steps import (
    Configured,
    Down,
    Replacement,
    Settle,
    Tool,
    TrialPlan,
    Typed,
    Unforeseeable,
)
from crmtui.text import plain_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.backend.process.target import Target
    from crmtui.forecast.simulation import Simulation

_CLOSING_SECONDS = 1.0
"""Seconds at closing for a tool at work on the copy."""


class Forecaster:
    """Forecaster of one target, for any thread and one forecast at a time.

    The first forecast makes the copy. No line runs on the cluster, and nothing of it changes. A forecast
    that gives way is cancelled by the next one.

    Args:
        target: Target with the cluster.
        timeout: Seconds that each program may take.
    """

    def __init__(self, target: Target, *, timeout: float = TIMEOUT) -> None:
        self._target = target
        self._timeout = timeout
        self._turns = ForecastQueue()
        self._copy: Copy | None = None
        self._trial: Trial | None = None
        self._without: tuple[str, Simulation] | None = None

    def forecast(
        self,
        line: str,
        level: Sequence[str] = (),
        staged: Sequence[str] = (),
        cancellation: Cancellation | None = None,
    ) -> Forecast:
        """Return the forecast of ``line`` for the present cluster.

        A line without a forecast is no error: the reason is in ``unforeseeable``.

        Args:
            line: Line of crm, or several, one below the other, that run one after the other.
            level: crm level of the line, the outermost first.
            staged: Staged lines that wait in ``configure`` for a commit.
            cancellation: Cancellation of this forecast.

        Raises:
            ProgramMissing: cibadmin or crm_simulate is not installed.
            ClusterUnavailable: The cluster or the scheduler does not answer in time.
            PermissionRefused: This user may not read the CIB.
            CibUnreadable: The scheduler cannot work on this CIB.
            Cancelled: The forecast was cancelled.
        """
        with self._turns.turn(cancellation or heeded()):
            return self._made(self._ready_copy(), line, level, staged)

    def forecast_of(
        self, cib_text: str, line: str, cancellation: Cancellation | None = None
    ) -> Forecast:
        """Return the forecast of replacing the configuration by that of another CIB.

        Args:
            cib_text: CIB, as `ConfigurationHistory.wanted` returns it.
            line: Description of the change, for the forecast.
            cancellation: Cancellation of this forecast.

        Raises:
            ProgramMissing: cibadmin or crm_simulate is not installed.
            ClusterUnavailable: The cluster or the scheduler does not answer in time.
            CibUnreadable: The scheduler cannot work on this CIB.
            Cancelled: The forecast was cancelled.
        """
        with self._turns.turn(cancellation or heeded()):
            copy = self._ready_copy()
            return self._outcome(
                copy, Cib.parse(copy.take()), line, TrialPlan((Replacement(cib_text),))
            )

    def warm_up(self) -> None:
        """Start the crm for trials of typed lines ahead of need, as that takes half a second.

        Raises:
            ProgramMissing: crm is not installed.
            SessionFailed: crm does not start.
        """
        mine = Cancellation()
        with self._turns.turn(mine), heeding(mine):
            copy = self._ready_copy()
            copy.take()
            self._warm_crm(copy)

    def close(self) -> None:
        """Remove the copy; while a tool hangs, the copy stays until this process ends."""
        if self._turns.close(_CLOSING_SECONDS):
            self._forget_copy()

    def _forget_copy(self) -> None:
        if self._trial is not None:
            self._trial.close()
            self._trial = None
        if self._copy is not None:
            self._copy.close()
            self._copy = None

    def _ready_copy(self) -> Copy:
        if self._copy is None:
            self._copy = Copy(self._target)
        return self._copy

    def _made(self, copy: Copy, line: str, level: Sequence[str], staged: Sequence[str]) -> Forecast:
        cib = Cib.parse(copy.take())
        change = change_of(cib.objects, level, line, staged)
        if isinstance(change, Unforeseeable):
            return self._stamped(Forecast(line, "", unforeseeable=change.reason), cib)
        if change.is_reading:
            return self._stamped(Forecast(line, "", is_reading=True), cib)
        return self._outcome(copy, cib, line, change)

    def _outcome(self, copy: Copy, cib: Cib, line: str, change: TrialPlan) -> Forecast:
        made = self._tried(copy, cib, line, change)
        if self._trial is not None and any(isinstance(each, Configured) for each in change.steps):
            # An error here is harmless: the forecast is made, and the next one takes a new copy.
            with contextlib.suppress(CrmtuiError):
                copy.restore()
                self._trial.get_ready(cib.configuration_text)
        return made

    def _tried(self, copy: Copy, cib: Cib, line: str, change: TrialPlan) -> Forecast:
        anyway = None if self._is_known(cib) else self._simulating(copy, "cib.xml")
        try:
            on_the_way = self._do(copy, change, cib)
            self._turns.now.check()
            with_it = chained([*on_the_way, self._simulating(copy, "copy.xml").outcome()])
            if anyway is not None:
                self._without = (cib.text, anyway.outcome())
        except TrialRefused as error:
            return self._stamped(Forecast(line, "", unforeseeable=error.what), cib)
        finally:
            if anyway is not None:
                anyway.cancel()
        assert self._without is not None
        made = compare(line, self._without[1], with_it)
        told = replace(
            made,
            caveats=(*made.caveats, *change.caveats, *self._asked(change)),
            is_erasure=change.is_erasure,
            is_deferred=change.is_deferred,
        )
        return self._stamped(told, cib)

    def _stamped(self, forecast: Forecast, cib: Cib) -> Forecast:
        """Return ``forecast`` with its sentence, the version of its CIB, and assumptions about it."""
        made = assuming(forecast) if is_assumed(self._target) else forecast
        return replace(made, summary=summary(made), version=cib.version)

    def _is_known(self, cib: Cib) -> bool:
        return self._without is not None and self._without[0] == cib.text

    def _simulating(self, copy: Copy, file: str) -> SchedulerRuns:
        return SchedulerRuns(copy, file, self._timeout, self._turns.now)

    def _do(self, copy: Copy, change: TrialPlan, cib: Cib) -> list[Simulation]:
        """Make the change on the copy, and return the simulations between its steps."""
        on_the_way: list[Simulation] = []
        untouched = cib.configuration_text
        if self._trial is not None and not isinstance(next(iter(change.steps), None), Configured):
            self._trial.forget()  # crm may still read the copy that the next steps change
        for step in change.steps:
            self._turns.now.check()
            if isinstance(step, Settle):
                settling = self._simulating(copy, "copy.xml")
                on_the_way.append(settling.outcome())
                self._use(copy, ("cp", settling.file, f"{copy.folder}/copy.xml"))
            elif isinstance(step, Tool):
                self._use(copy, step.argv)
            elif isinstance(step, Down):
                for argv in down(cib, step.node):
                    self._use(copy, argv)
            elif isinstance(step, Replacement):
                file = f"{copy.folder}/replacement.xml"
                put(copy, step.cib.encode(), file)
                self._use(copy, replacing(file))
            else:
                self._type(copy, step, untouched)
            untouched = ""
        return on_the_way

    def _use(self, copy: Copy, argv: Sequence[str]) -> None:
        try:
            done = copy.run(argv, self._timeout)
        except Cancelled:
            # The next forecast gets another copy: behind ssh the tool may still write for a moment.
            self._forget_copy()
            raise
        if done.status != 0:
            raise TrialRefused(f"{argv[0]} refuses it: {last_words(done)}")

    def _type(self, copy: Copy, step: Configured | Typed, untouched: str) -> None:
        trial = self._warm_crm(copy)
        trial.is_hurried = False
        with self._turns.now.ending(trial.hurry):
            try:
                if isinstance(step, Configured):
                    trial.configure(step.lines, untouched)
                else:
                    trial.run(step.line)
            except TrialRefused as error:
                raise TrialRefused(f"crm refuses it: {error.what}") from error
            except CrmNotStarted as error:
                self._trial = None
                raise TrialRefused(f"crm could not try it: {error.what}") from error

    def _warm_crm(self, copy: Copy) -> Trial:
        if self._trial is None:
            self._trial = Trial(copy, self._timeout)
        return self._trial

    def _asked(self, change: TrialPlan) -> list[str]:
        is_typed = any(isinstance(step, Configured | Typed) for step in change.steps)
        if self._trial is None or not is_typed:
            return []
        return [
            f"crm will ask: {plain_line(each)} The answer yes is assumed."
            for each in self._trial.asked
        ]


def forecast(
    target: Target, line: str, level: Sequence[str] = (), staged: Sequence[str] = ()
) -> Forecast:
    """Return a single forecast of ``line`` on ``target``; a `Forecaster` makes several."""
    forecaster = Forecaster(target)
    try:
        return forecaster.forecast(line, level, staged)
    finally:
        forecaster.close()
