"""Forecasts held against what a real cluster then does, action by action, on both releases."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.run import run
from crmtui.backend.scheduler.forecaster import Forecaster
from crmtui.backend.scheduler.undo import ConfigurationHistory
from crmtui.backend.watch.settled import is_settled
from crmtui.backend.watch.snapshot import take_snapshot
from crmtui.cluster.placement import placements
from crmtui.forecast.deviations import deviations
from tests.e2e.comparisons import COMPARISONS, Comparison
from tests.e2e.fencing import DEVICE, bring_back, install_device
from tests.e2e.restoring import restored

if TYPE_CHECKING:
    from crmtui.backend.process.target import Target
    from crmtui.cluster.model import Cluster
    from crmtui.forecast.model import Forecast
    from crmtui.lab import Lab

pytestmark = pytest.mark.lab

Eventually = Callable[[Callable[[], bool], float], bool]

_CLUSTER = """\
property stonith-enabled=false
primitive web-address ocf:pacemaker:Dummy
primitive web-server ocf:pacemaker:Dummy
group web web-address web-server
primitive db ocf:pacemaker:Stateful op monitor interval=10 role=Promoted \
  op monitor interval=11 role=Unpromoted
clone db-clone db meta promotable=true
primitive gateway ocf:pacemaker:Dummy
clone gateway-clone gateway
primitive solo ocf:pacemaker:Dummy
location web-prefers-n1 web 100: n1
location solo-prefers-n1 solo 50: n1
order gateway-first Mandatory: gateway-clone web
"""
_LINES = (
    "node standby n1",
    "node online n1",
    "node standby n2 reboot",
    "node online n2",
    "node maintenance n1",
    "resource stop web",
    "node ready n1",
    "resource start web",
    "resource stop web-address",
    "resource start web-address",
    "resource stop gateway-clone",
    "resource start gateway-clone",
    "resource restart solo",
    "resource move solo n2",
    "resource clear solo",
    "resource ban web n1",
    "resource clear web",
    "resource demote db-clone",
    "resource promote db-clone",
    "resource unmanage solo",
    "resource stop solo",
    "resource manage solo",
    "resource start solo",
    "resource maintenance web on",
    "resource maintenance web off",
    "resource cleanup solo",
    "resource refresh",
    "node clearstate n1",
    "resource param solo set fake another",
    "configure primitive extra ocf:pacemaker:Dummy",
    "configure location extra-on-n2 extra inf: n2",
    "configure delete --force extra",
    "configure property maintenance-mode=true",
    "configure property maintenance-mode=false",
    "configure property stop-all-resources=true",
    "configure property stop-all-resources=false",
)
_ANSWERED = "node standby n2"
"""The change that is taken back at the end."""


def _run(target: Target, line: str) -> None:
    done = run(target, ("crm", "--force", *shlex.split(line)), timeout=90)
    assert "ERROR:" not in done.errors, done


def _running(cluster: Cluster) -> set[str]:
    return {name for name, nodes in placements(cluster).items() if nodes}


def _compared(
    target: Target, release: str, forecast: Forecast, act: Callable[[], None], wait: Eventually
) -> Comparison:
    """Do what was forecast, and hold the outcome against the forecast."""
    assert forecast.unforeseeable is None, forecast
    before = take_snapshot(target).cluster
    act()
    differs: tuple[str, ...] = ()

    def happened() -> bool:
        nonlocal differs
        if not is_settled(target):
            return False
        differs = deviations(forecast, before, take_snapshot(target).cluster)
        return not differs

    is_met = wait(happened, 30)
    after = take_snapshot(target).cluster
    lost = tuple(sorted(_running(before) - _running(after)))
    is_met = is_met and lost == tuple(sorted(forecast.lost))
    told = "; ".join(differs) or f"{', '.join(lost) or 'nothing'} runs nowhere now"
    row = Comparison(release, forecast.line, forecast.summary, told, is_met)
    COMPARISONS.append(row)
    return row


def test_what_is_forecast_is_what_happens(each_lab: Lab, eventually: Eventually) -> None:
    """Each action moves and loses on a real cluster just what its forecast said."""
    target = each_lab.target("n1")
    release = each_lab.status().release
    with restored(target):
        load = 'printf %s "$1" | crm configure load update -'
        assert run(target, ("sh", "-c", load, "-", _CLUSTER), timeout=60).status == 0
        forecaster, history = Forecaster(target, timeout=30), ConfigurationHistory(target)
        try:
            assert eventually(lambda: is_settled(target), 60)
            rows = []
            for line in _LINES:
                forecast = forecaster.forecast(line)
                rows.append(
                    _compared(target, release, forecast, lambda: _run(target, line), eventually)  # noqa: B023
                )
            rows.append(_undone(target, release, forecaster, history, eventually))
            rows.append(_fenced(each_lab, release, forecaster, eventually))
        finally:
            forecaster.close()
            history.close()
    assert [str(row) for row in rows if not row.is_met] == []


def _fenced(lab: Lab, release: str, forecaster: Forecaster, wait: Eventually) -> Comparison:
    """Fence n2 by a device that only says so; n2 then leaves the cluster by itself, and comes back."""
    target = lab.target("n1")
    install_device(lab)
    for line in (f"configure {DEVICE}", "configure property stonith-enabled=true"):
        _run(target, line)
    assert wait(lambda: is_settled(target), 30)
    forecast = forecaster.forecast("node fence n2")
    assert forecast.fenced == ("n2",)
    assert not forecast.caveats
    try:
        return _compared(target, release, forecast, lambda: _run(target, "node fence n2"), wait)
    finally:
        bring_back(lab, "n2")
        assert wait(lambda: all(node.is_online for node in take_snapshot(target).cluster.nodes), 60)


def _undone(
    target: Target,
    release: str,
    forecaster: Forecaster,
    history: ConfigurationHistory,
    wait: Eventually,
) -> Comparison:
    history.update()
    _run(target, _ANSWERED)
    assert wait(lambda: is_settled(target), 30)
    change = history.update()
    assert change is not None

    def undo() -> None:
        history.undo(change)

    forecast = forecaster.forecast_of(history.wanted(change), f"undo: {_ANSWERED}")
    return _compared(target, release, forecast, undo, wait)
