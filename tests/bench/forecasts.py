"""Time that forecasts take, on a copy of the demo cluster with more resources."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from crmtui.backend.process.run import run
from crmtui.backend.scheduler.forecaster import Forecaster
from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.demo import demo_cib
from tests.bench.figures import Row, milliseconds, p95

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RESOURCES = 50
_HAS = 11
"""The instances that the demo cluster has of itself."""
_SECONDS = 0.3
_KEYED = (
    "node standby alpha",
    "node maintenance beta",
    "resource stop webservice",
    "resource restart backup",
    "resource move backup gamma",
    "resource demote database-clone",
)
_TYPED = (
    "configure primitive late ocf:pacemaker:Dummy",
    "configure location late-place backup 100: gamma",
    "configure property maintenance-mode=true",
    "configure delete backup",
)


def cib(resources: int) -> bytes:
    """Return the CIB of the demo cluster with so many resources."""
    more = "".join(
        f'<primitive id="more-{number}" class="ocf" provider="pacemaker" type="Dummy"/>'
        for number in range(resources - _HAS)
    )
    return demo_cib().replace(b"</resources>", more.encode() + b"</resources>", 1)


def forecasts(times: int) -> list[Row]:
    """Measure forecasts of what keys do, and of typed lines, beside crm_simulate alone."""
    sandbox = Sandbox(CibSource.parse("bench", cib(RESOURCES)))
    forecaster = Forecaster(sandbox)
    try:
        run(sandbox, ("crm_attribute", "--type", "crm_config", "-n", "bench", "-v", "on"))
        sandbox.after_command()  # lets them all start
        forecaster.warm_up()
        alone = list(_alone(sandbox, times))
        return [
            _row(f"forecast of a key, {RESOURCES} resources", forecaster, _KEYED, times, alone),
            _row(
                f"forecast of a line in `configure`, {RESOURCES} resources",
                forecaster,
                _TYPED,
                times,
                alone,
            ),
        ]
    finally:
        forecaster.close()
        sandbox.close()


def _row(
    what: str, forecaster: Forecaster, lines: Sequence[str], times: int, alone: Sequence[float]
) -> Row:
    taken = []
    for number in range(times + 1):
        for line in lines:
            began = time.monotonic()
            forecast = forecaster.forecast(line)
            if number:  # the first round warms up
                taken.append(time.monotonic() - began)
            assert forecast.unforeseeable is None, forecast
    goal = f"p95 < {_SECONDS * 1000:.0f} ms"
    return Row(
        what, milliseconds(taken), "`crm_simulate` once", milliseconds(alone), goal,
        p95(taken) < _SECONDS,
    )  # fmt: skip


def _alone(sandbox: Sandbox, times: int) -> Iterator[float]:
    for _ in range(times):
        began = time.monotonic()
        run(sandbox, ("crm_simulate", "-S", "-x", str(sandbox.cib), "--output-as=xml"))
        yield time.monotonic() - began
