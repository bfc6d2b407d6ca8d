"""Forecasts by the real scheduler, of changes to the demo cluster."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crmtui.crm.cib_source import CibSource
from crmtui.crm.forecaster import Forecaster
from crmtui.crm.sandbox import Sandbox
from crmtui.demo import demo_cib

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def demo() -> Iterator[Sandbox]:
    """Return the demo cluster."""
    sandbox = Sandbox(CibSource.parse("demo", demo_cib()))
    yield sandbox
    sandbox.close()


@pytest.fixture(scope="module")
def forecaster(demo: Sandbox) -> Iterator[Forecaster]:
    """Return what forecasts changes to it."""
    made = Forecaster(demo)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("line", "danger", "words"),
    [
        ("node standby alpha", "moves", "webservice move alpha → beta"),
        ("node online alpha", "none", "nothing moves"),
        ("node maintenance alpha", "none", "nothing moves"),
        ("node fence alpha", "loss", "alpha IS FENCED"),
        ("resource stop webip", "loss", "webservice RUNS NOWHERE ANY MORE"),
        ("resource restart backup", "moves", "backup restarts on beta"),
        ("resource move backup gamma", "moves", "backup moves beta → gamma"),
        ("resource demote database-clone", "loss", "database-clone IS PROMOTED NOWHERE"),
        ("resource ban database-clone alpha", "moves", "database-clone is promoted on beta"),
        ("node standby nosuch", "loss", "there is no node nosuch"),
        ("resource stop nosuch", "loss", "there is no resource nosuch"),
        ("resource promote backup", "loss", "backup is no promotable clone"),
        ("cluster stop", "loss", "cannot be forecast"),
        ("status", "none", "changes nothing"),
    ],
)
def test_a_line_is_forecast(forecaster: Forecaster, line: str, danger: str, words: str) -> None:
    """Each line is forecast by what the scheduler would do, and weighs accordingly."""
    forecast = forecaster.forecast(line)
    assert words in forecast.summary
    assert forecast.danger == danger


def test_a_forecast_changes_nothing(demo: Sandbox, forecaster: Forecaster) -> None:
    """However much is forecast, the CIB stays as it was, byte for byte."""
    before = demo.cib.read_bytes()
    forecaster.forecast("node standby alpha beta gamma")
    forecaster.forecast("resource stop webservice")
    assert demo.cib.read_bytes() == before


def test_the_copy_goes_away(demo: Sandbox) -> None:
    """The folder with the copy is private, and removed when it is no longer needed."""
    forecaster = Forecaster(demo)
    forecaster.forecast("node standby alpha")
    copy = forecaster._copy
    assert copy is not None
    folder = Path(copy.folder)
    assert folder.stat().st_mode & 0o077 == 0
    forecaster.close()
    assert not folder.exists()
