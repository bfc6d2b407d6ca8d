"""Somebody at the screen, for tests that press keys."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from crmtui.tui.screens.confirm import ConfirmScreen
from crmtui.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot
    from textual.widget import Widget

    from crmtui.backend.gate.dispatcher import CommandDispatcher
    from crmtui.tui.app import CrmtuiApp

_SECONDS = 90.0


class AdvancingClock:
    """A clock that goes by itself, and that a test puts forward."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return time.monotonic() + self.ahead


class Person:
    """Somebody at the screen: presses keys and waits for what they want to see."""

    def __init__(
        self, app: CrmtuiApp, pilot: Pilot[int], clock: AdvancingClock | None = None
    ) -> None:
        self.app = app
        self._clock = clock
        self._pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys by Textual's names."""
        await self._pilot.press(*keys)

    async def click(self, widget: type[Widget], column: int) -> None:
        """Click on a widget."""
        await self._pilot.click(widget, offset=(column, 0))

    async def type(self, text: str) -> None:
        """Type a text."""
        await self.press(*("space" if char == " " else char for char in text))

    async def enter(self, line: str) -> None:
        """Type a command and press Enter."""
        self.app.main.command.focus()
        await self.type(line)
        await self.press("enter")

    async def goes_to(self, pane: str, name: str) -> None:
        """Go to a pane and select what is called so."""
        await self.press("escape", {"nodes": "1", "resources": "2"}[pane])
        rows = self.app.main.nodes if pane == "nodes" else self.app.main.resources
        await self.press("home")
        await self.until(lambda: bool(rows.names))
        for _ in range(30):
            if rows.names == (name,):
                return
            await self.press("down")
        pytest.fail(f"there is no row {name}")

    def forget_mistyping(self) -> None:
        """Let some seconds pass, for whoever pressed a key that was no answer."""
        assert self._clock is not None
        self._clock.ahead += 3.0

    async def run(self, line: str) -> None:
        """Type a command and wait for the prompt after it."""
        before = self.output.count("# ")
        await self.enter(line)
        await self.until(lambda: self.output.count("# ") > before and not self.dispatcher.is_busy)

    async def until(self, is_true: Callable[[], bool]) -> None:
        """Wait for what is to become true."""
        deadline = time.monotonic() + _SECONDS
        while not is_true():
            if time.monotonic() > deadline:
                pytest.fail(f"waited in vain; the output was:\n{self.output}")
            await self._pilot.pause(0.01)

    async def pause(self) -> None:
        """Let the screen paint what it has to."""
        await self._pilot.pause()

    async def sees_forecast(self) -> ConfirmScreen:
        """Read the lines that are shown, and what they would do."""
        await self.until(
            lambda: isinstance(self.app.screen, ConfirmScreen) and self.app.screen.is_readable
        )
        assert isinstance(self.app.screen, ConfirmScreen)
        return self.app.screen

    async def confirm(self) -> None:
        """Read what is shown, and run it."""
        await self.press((await self.sees_forecast()).key)

    @property
    def dispatcher(self) -> CommandDispatcher:
        """Return the dispatcher, which is there from the first prompt on."""
        assert self.app.crm_link is not None
        return self.app.crm_link.dispatcher

    @property
    def output(self) -> str:
        """Return what the output pane shows."""
        return "\n".join(self.app.main.output.rows)

    @property
    def key_line(self) -> str:
        """Return the last line."""
        return self.app.main.query_one(KeyLine).render().plain

    @property
    def focused(self) -> str | None:
        """Return which pane has the focus."""
        return self.app.main.focused.id if self.app.main.focused is not None else None

    def is_in(self, pane: str) -> bool:
        """Return whether a pane has the focus."""
        return self.focused == pane

    def state_of(self, node: str) -> str:
        """Return the state of a node in the last snapshot."""
        cluster = self.app.cluster
        found = cluster.node(node) if cluster is not None else None
        return found.state if found is not None else ""
