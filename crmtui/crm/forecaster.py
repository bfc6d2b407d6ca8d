"""What a line would do to the cluster, asked of the real scheduler on a copy of the CIB."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from crmtui.cluster import cib
from crmtui.cluster.text import plain_line
from crmtui.crm.copy import Copy
from crmtui.crm.process import TIMEOUT
from crmtui.crm.simulating import Simulating
from crmtui.forecast.compare import compare
from crmtui.forecast.lines import change_of
from crmtui.forecast.model import Forecast
from crmtui.forecast.sentence import summary
from crmtui.forecast.simulation import chained
from crmtui.forecast.steps import Settle, Tool, Unforeseeable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.crm.target import Target
    from crmtui.forecast.simulation import Simulation
    from crmtui.forecast.steps import Change


_VERSION = re.compile(r"<cib\b[^>]*>")
_NUMBER = re.compile(r'\b(admin_epoch|epoch|num_updates)="(\d+)"')


class Forecaster:
    """Makes forecasts for one target; safe to ask from any thread, one forecast at a time.

    The first one makes the copy. Nothing of the cluster is changed, and no line runs on it.

    Args:
        target: Whose changes are forecast.
        timeout: Seconds that each program may take.
    """

    def __init__(self, target: Target, *, timeout: float = TIMEOUT) -> None:
        self._target = target
        self._timeout = timeout
        self._lock = threading.Lock()
        self._copy: Copy | None = None
        self._without: tuple[str, Simulation] | None = None

    def forecast(self, line: str, level: Sequence[str] = ()) -> Forecast:
        """Return what ``line``, typed at ``level``, would do to the cluster as it is now.

        What cannot be forecast is no error: the forecast says why in ``unforeseeable``.

        Raises:
            ProgramMissing: cibadmin or crm_simulate is not installed.
            ClusterUnavailable: The cluster or the scheduler does not answer in time.
            PermissionRefused: This user may not read the CIB.
            CibUnreadable: The scheduler cannot work on this CIB.
        """
        with self._lock:
            if self._copy is None:
                self._copy = Copy(self._target)
            return self._made(self._copy, line, level)

    def close(self) -> None:
        """Remove the copy."""
        with self._lock:
            if self._copy is not None:
                self._copy.close()
                self._copy = None

    def _made(self, copy: Copy, line: str, level: Sequence[str]) -> Forecast:
        text = copy.take()
        change = change_of(cib.parse(text), level, line)
        if isinstance(change, Unforeseeable):
            return _stamped(Forecast(line, "", unforeseeable=change.reason), text)
        if change.is_reading:
            return _stamped(Forecast(line, "", is_reading=True), text)
        anyway = None if self._is_known(text) else self._simulating(copy, "cib.xml")
        try:
            done = self._do(copy, change)
            if isinstance(done, Unforeseeable):
                return _stamped(Forecast(line, "", unforeseeable=done.reason), text)
            with_it = chained([*done, self._simulating(copy, "copy.xml").outcome()])
            if anyway is not None:
                self._without = (text, anyway.outcome())
        finally:
            if anyway is not None:
                anyway.cancel()
        assert self._without is not None
        made = compare(line, self._without[1], with_it)
        told = replace(made, caveats=(*made.caveats, *change.caveats), is_erasure=change.is_erasure)
        return _stamped(told, text)

    def _is_known(self, text: str) -> bool:
        return self._without is not None and self._without[0] == text

    def _simulating(self, copy: Copy, file: str) -> Simulating:
        return Simulating(copy, file, self._timeout)

    def _do(self, copy: Copy, change: Change) -> list[Simulation] | Unforeseeable:
        """Make the change on the copy; return what happens on the way, or why it is refused."""
        on_the_way: list[Simulation] = []
        for step in change.steps:
            if isinstance(step, Settle):
                on_the_way.append(self._simulating(copy, "copy.xml").outcome())
            elif isinstance(step, Tool):
                done = copy.run(step.argv, self._timeout)
                if done.status != 0:
                    said = plain_line(done.errors or done.output) or f"exit status {done.status}"
                    return Unforeseeable(f"{step.argv[0]} refuses it: {said}")
        return on_the_way


def _stamped(forecast: Forecast, text: str) -> Forecast:
    found = _VERSION.search(text)
    version = dict(_NUMBER.findall(found[0])) if found else {}
    numbers = (version.get(name, "0") for name in ("admin_epoch", "epoch", "num_updates"))
    return replace(forecast, summary=summary(forecast), version=".".join(numbers))


def forecast(target: Target, line: str, level: Sequence[str] = ()) -> Forecast:
    """Return what ``line`` would do on ``target``; see `Forecaster` for more than one of them."""
    forecaster = Forecaster(target)
    try:
        return forecaster.forecast(line, level)
    finally:
        forecaster.close()
