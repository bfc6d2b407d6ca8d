"""Verification of a form that hangs: a key stops it, and leaving the form does, too."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Static

from crmtui.backend.process.cancellation import heeded
from crmtui.backend.scheduler.rehearsal import Rehearsed
from tests.tui.form_desk import SIZE, Desk, until
from tests.unit.wizard_world import IPADDR2, begun, form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.tui.screens.forms.form_services import FormServices
    from crmtui.wizard.form import FormCommand


class HangingDesk(Desk):
    """A desk whose verification takes for ever."""

    def _services(self) -> FormServices:
        self.began, self.ended = threading.Event(), threading.Event()

        def hang(_commands: Sequence[FormCommand]) -> Rehearsed:
            self.began.set()
            with heeded().ending(self.ended.set):
                self.ended.wait(60)
            return Rehearsed()

        return replace(super()._services(), rehearse=hang)

    @property
    def review(self) -> str:
        """The page of the review."""
        pages = self.screen.query("#wizard-review").results(Static)
        return "".join(str(page.render()) for page in pages)


@pytest.mark.parametrize("way", ["key", "form", "review"])
async def test_a_verification_that_hangs_is_ended(way: str) -> None:
    """The key that stops it says so in the review; it outlives neither the form nor the review."""
    desk = HangingDesk(form(IPADDR2), begun(IPADDR2, id="web", params__ip="10.9.9.9"))
    async with desk.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: desk.row() == "id")
        await pilot.press("f8")
        await until(pilot, desk.began.is_set)
        assert "Verifying" in desk.review
        if way == "form":
            desk.form.dismiss(False)
        elif way == "review":
            await pilot.press("escape")
        else:
            assert desk.form.stop_waiting()
            await until(pilot, lambda: "was stopped" in desk.review)
            assert not desk.form.stop_waiting()
        await until(pilot, desk.ended.is_set)
