"""A forecast that comes late: a line that needs no approval runs then, and the rest is asked."""

from __future__ import annotations

import asyncio

import pytest
from textual.app import App

from crmtui.backend.approval.approval import ChangeRequest
from crmtui.backend.gate.confirmation import Proposal
from crmtui.forecast.model import Forecast, ScheduledAction
from crmtui.tui.screens.confirm import ConfirmScreen

REQUEST = ChangeRequest(("configure property x=1",), (), "typed")
NOTHING = Forecast("x", "nothing moves")
MOVE = Forecast("x", "web moves", actions=(ScheduledAction("move", "web", "n2", "n1"),))


PROPOSAL = Proposal(REQUEST, "live", "LIVE acme", "acme", REQUEST.lines, ("enter",))


@pytest.mark.parametrize(("forecast", "answer"), [(NOTHING, "run"), (MOVE, None)])
async def test_a_late_forecast_decides_as_an_early_one(
    forecast: Forecast, answer: str | None
) -> None:
    """The dialog of a typed line goes away and the line runs, unless something would move."""
    app = App[None]()
    answers: list[object] = []
    async with app.run_test(size=(80, 24)) as pilot:
        coming: asyncio.Future[Forecast] = asyncio.get_running_loop().create_future()
        screen = ConfirmScreen(PROPOSAL, coming)
        app.push_screen(screen, answers.append)
        await pilot.pause()
        assert app.screen is screen
        coming.set_result(forecast)
        for _ in range(200):
            if answers or screen.is_readable:
                break
            await pilot.pause(0.01)
        assert answers == ([answer] if answer else [])
        assert screen.forecast is forecast
        assert (app.screen is screen) == (answer is None)
