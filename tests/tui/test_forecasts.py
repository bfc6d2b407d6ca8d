"""Forecasts and explanations on the screen."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from crmtui.backend.process.run import run
from crmtui.backend.scheduler.forecaster import Forecaster
from crmtui.forecast.model import Forecast
from crmtui.tui.screens.why_screen import WhyScreen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pytest

    from crmtui.backend.process.cancellation import Cancellation
    from crmtui.backend.targets.sandbox import Sandbox
    from crmtui.tui.widgets.row_list import Rows
    from tests.tui.person import Person


def _words(person: Person) -> str:
    return str(person.app.main.forecast.render())


def _row(rows: Rows, name: str) -> str:
    for row in rows._all:
        if name in (row.resource, row.node):
            return " | ".join(cell.text for cell in row.cells)
    return ""


async def test_a_typed_line_is_forecast_when_the_cursor_rests(person: Person) -> None:
    """The forecast stands above the line, the panes show the world after it, and both go again."""
    main = person.app.main
    main.command.focus()
    await person.type("node standby alpha")
    await person.until(lambda: "webservice move alpha → beta" in _words(person))
    await person.until(lambda: "⇒ beta" in _row(main.resources, "webservice"))
    assert "⇒ standby" in _row(main.nodes, "alpha")
    assert "⇒" not in _row(main.resources, "backup")
    await person.type("x")
    await person.until(lambda: not main.forecast.display)
    await person.until(lambda: "⇒" not in _row(main.resources, "webservice"))
    assert not any("node standby" in row for row in main.output.rows)


async def test_what_is_pending_is_forecast_before_its_commit(person: Person) -> None:
    """In configure, commit is forecast with all that waits for it."""
    await person.run("configure")
    await person.run("delete backup")
    await person.type("commit")
    await person.until(lambda: "backup would stop and not start anywhere" in _words(person))
    await person.until(lambda: "⇒ nowhere" in _row(person.app.main.resources, "backup"))


async def test_what_only_reads_has_no_forecast(person: Person) -> None:
    """A line that changes nothing is left alone; one that acts elsewhere says so."""
    main = person.app.main
    main.command.focus()
    await person.type("cluster stop")
    await person.until(lambda: "Cannot be forecast: cluster stop" in _words(person))
    await person.press("ctrl+u")
    await person.type("status")
    await person.until(lambda: main.command.view.text == "status")
    assert not main.forecast.display


async def test_a_late_scheduler_does_not_hold_the_line_up(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the scheduler thinks the line says that it is late, and typing goes on."""
    released = threading.Event()

    def slow(
        _self: Forecaster,
        line: str,
        _level: Sequence[str],
        _staged: Sequence[str],
        _end: Cancellation,
    ) -> Forecast:
        released.wait(20)
        return Forecast(line, f"about {line}")

    monkeypatch.setattr(Forecaster, "forecast", slow)
    main = person.app.main
    main.command.focus()
    await person.type("node standby alph")
    await person.type("a")
    await person.until(lambda: "still being asked" in _words(person))
    await person.type(" reboot")
    assert main.command.view.text == "node standby alpha reboot"
    await person.until(lambda: "still being asked" in _words(person))
    released.set()
    await person.until(lambda: "about node standby alpha reboot" in _words(person))


async def test_a_stale_forecast_is_not_waited_for(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another line, or a key, ends the forecast that is made, and has its own at once."""
    slow, began = tmp_path / "slow", tmp_path / "began"
    (tmp_path / "crm_simulate").write_text(
        f"#!/bin/sh\nif [ -e {slow} ]; then touch {began}; exec sleep 99; fi\n"
        'exec /usr/sbin/crm_simulate "$@"\n'
    )
    (tmp_path / "crm_simulate").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    main = person.app.main
    slow.touch()
    main.command.focus()
    await person.type("node standby alpha")
    await person.until(began.exists)
    slow.unlink()
    await person.press("ctrl+u")
    await person.type("node standby beta")
    await person.until(lambda: "beta → " in _words(person))

    began.unlink()
    slow.touch()
    await person.type(" reboot")
    await person.until(began.exists)
    slow.unlink()
    await person.press("escape")  # closes the menu
    await person.goes_to("nodes", "gamma")
    await person.press("s")
    assert (await person.sees_forecast()).forecast is not None
    await person.press("escape")
    await person.until(lambda: "Forecast:" in _words(person))


async def test_a_forecast_is_made_anew_when_the_cluster_changes(
    person: Person, sandbox: Sandbox
) -> None:
    """The forecast for a line that stands there is of the cluster as it is now."""
    person.app.main.command.focus()
    await person.type("node standby alpha")
    await person.until(lambda: "webservice move alpha → beta" in _words(person))
    run(sandbox, ["crm_attribute", "-t", "nodes", "-N", "beta", "-n", "standby", "-v", "on"])
    await person.until(
        lambda: (
            "Forecast" in _words(person) and "webservice move alpha → beta" not in _words(person)
        )
    )


async def test_why_explains_the_selected_resource(person: Person) -> None:
    """One key on a resource shows why it is where it is, and closes again."""
    await person.press("escape", "2")
    person.app.main.resources.select("/webservice")
    await person.press("w")
    await person.until(lambda: isinstance(person.app.screen, WhyScreen))
    screen = person.app.screen
    assert isinstance(screen, WhyScreen)
    await person.until(
        lambda: "webservice does not run on gamma, because" in str(screen.answer.render())
    )
    assert "webservice-with-database has it run only" in str(screen.answer.render())
    await person.press("escape")
    await person.until(lambda: person.app.screen is person.app.main)
