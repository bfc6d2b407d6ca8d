"""The screen as a picture, without a terminal and without sessions."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.app import App

from crmtui import keymap
from crmtui.cluster.sight import Sight
from crmtui.cluster.verdict import judge
from crmtui.tui.headline import pieces
from crmtui.tui.key_names import key_name
from crmtui.tui.marks import UNICODE
from crmtui.tui.screens.main import MainScreen

if TYPE_CHECKING:
    from textual.binding import Binding

    from crmtui.crm.snapshot import Snapshot
    from crmtui.crm.target import Target


class Still(App[None]):
    """The main screen with one snapshot on it."""

    CSS_PATH = "crmtui.tcss"
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = ""

    def __init__(self, target: Target, snapshot: Snapshot) -> None:
        super().__init__()
        self._target = target
        self._snapshot = snapshot
        self._main = MainScreen(
            keys=keymap.load().keys,
            marks=UNICODE,
        )

    def get_key_display(self, binding: Binding) -> str:
        """Write keys as the app does."""
        return key_name(binding.key)

    async def on_mount(self) -> None:
        """Show the snapshot."""
        await self.push_screen(self._main)
        cluster = self._snapshot.cluster
        self._main.show(self._snapshot, "one look")
        self._main.header.parts = tuple(
            pieces(
                self._target.kind.upper(),
                self._target.name,
                cluster,
                judge(cluster),
                Sight(age=0.0),
            )
        )


def picture(target: Target, snapshot: Snapshot, size: tuple[int, int]) -> str:
    """Return an SVG picture of the screen showing ``snapshot``, ``size`` columns by lines."""

    async def draw() -> str:
        app = Still(target, snapshot)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            return app.export_screenshot(title=f"crmtui {snapshot.cluster.name}".strip())

    return asyncio.run(draw())
