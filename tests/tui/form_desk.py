"""Desk with one form on it, without a cluster."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from textual.app import App
from textual.widgets import Input, Static

from crmtui import tui
from crmtui.backend.scheduler.rehearsal import Rehearsed
from crmtui.forecast.model import Forecast
from crmtui.settings import Settings
from crmtui.tui.screens.forms.form_screen import FormScreen
from crmtui.tui.screens.forms.form_services import FormServices
from crmtui.tui.theming.appearance import Appearance
from tests.unit.completion_world import SMALL, World

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.pilot import Pilot

    from crmtui.wizard.form import Form, FormCommand


SIZE = (80, 24)


class Desk(App[None]):
    """A form alone on a screen, and what it asked for."""

    CSS_PATH = Path(tui.__file__).parent / "crmtui.tcss"

    def __init__(
        self,
        made: Form,
        answers: Mapping[str, str],
        rehearsed: Rehearsed | None = None,
    ) -> None:
        self._appearance = Appearance(Settings())
        super().__init__()
        self._appearance.begin(self)
        self.asked: list[tuple[str, list[str]]] = []
        self.saved: dict[str, str] = {}
        self.result: bool | None = None
        self._rehearsed = rehearsed or Rehearsed(forecast=Forecast("x", "vip starts on n1"))
        self.form = FormScreen(made, answers, self._services())

    def _services(self) -> FormServices:
        def go(
            how: Literal["commit", "stage"], commands: Sequence[FormCommand], _known: Sequence[str]
        ) -> None:
            self.asked.append((how, [command.line() for command in commands]))

        def save(answers: Mapping[str, str], _step: int) -> None:
            self.saved = dict(answers)

        return FormServices(
            "SANDBOX demo",
            rehearse=lambda _commands: self._rehearsed,
            go=go,
            undo=lambda: self.asked.append(("undo", [])),
            save=save,
            note=lambda: "",
            knowledge=World(SMALL),
        )

    def get_css_variables(self) -> dict[str, str]:
        """Return the variables of the theme, as the whole app has them."""
        return self._appearance.variables(super().get_css_variables())

    def on_mount(self) -> None:
        """Open the form."""
        self.push_screen(self.form, self._left)

    def _left(self, result: bool | None) -> None:
        self.result = result

    def text(self, name: str) -> str:
        """Return what a part of the form shows."""
        return str(self.form.query_one(f"#{name}", Static).render())

    def row(self) -> str:
        """Return the label of the field in focus."""
        focused = self.form.focused
        return focused.parent.field.label if isinstance(focused, Input) else ""  # type: ignore[union-attr]


async def until(pilot: Pilot[None] | Pilot[int], is_true: Callable[[], bool]) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + 60
    while not is_true():
        if time.monotonic() > deadline:
            pytest.fail("waited in vain")
        await pilot.pause(0.01)


async def type_text(pilot: Pilot[None] | Pilot[int], text: str) -> None:
    """Press the keys of a text."""
    await pilot.press(*("space" if char == " " else char for char in text))
