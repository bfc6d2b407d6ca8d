"""An SVG picture of the screen, without a terminal and without sessions."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.app import App

from crmtui import __version__, keymap
from crmtui.backend.process.run import run
from crmtui.cluster.freshness import Freshness
from crmtui.cluster.verdict import judge
from crmtui.text import plain_line
from crmtui.tui.controllers.timeline_keeper import TimelineKeeper
from crmtui.tui.presentation.headline import pieces
from crmtui.tui.presentation.key_names import key_name
from crmtui.tui.presentation.svg import self_contained
from crmtui.tui.screens.main import MainScreen
from crmtui.tui.theming.appearance import Appearance
from crmtui.tui.theming.marks import UNICODE

if TYPE_CHECKING:
    from textual.binding import Binding

    from crmtui.backend.process.target import Target
    from crmtui.backend.watch.snapshot import Snapshot
    from crmtui.settings import Settings


class Still(App[None]):
    """The main screen with one snapshot on it.

    Args:
        target: The cluster in the picture.
        snapshot: The state of that cluster.
        settings: Theme, and the badge of the cluster.
        prompt: The prompt of the command line.
        is_first: True for a picture with an empty timeline, as right after the start.
    """

    CSS_PATH = "crmtui.tcss"
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = ""

    def __init__(
        self,
        target: Target,
        snapshot: Snapshot,
        settings: Settings,
        prompt: str = "",
        *,
        is_first: bool = False,
    ) -> None:
        self._appearance = Appearance(settings)
        super().__init__()
        self._appearance.begin(self)
        self._target = target
        self._snapshot = snapshot
        self._prompt = prompt
        self._is_first = is_first
        self._main = MainScreen(
            keys=keymap.load().keys,
            marks=UNICODE,
        )

    def get_css_variables(self) -> dict[str, str]:
        """Return the colours as the app does."""
        return self._appearance.variables(super().get_css_variables())

    def get_key_display(self, binding: Binding) -> str:
        """Write keys as the app does."""
        return key_name(binding.key)

    async def on_mount(self) -> None:
        """Show the snapshot."""
        await self.push_screen(self._main)
        cluster = self._snapshot.cluster
        self._appearance.see(cluster.name, self._target.name)
        self._main.show(self._snapshot, "one look")
        if not self._is_first:
            timeline_keeper = TimelineKeeper(self._main.show_timeline, self._target.name)
            timeline_keeper.see(cluster, self._snapshot.taken)
        self._main.command.show_prompt(self._prompt)
        self._main.header.parts = tuple(
            pieces(
                self._target.kind.upper(),
                self._target.name,
                cluster,
                judge(cluster),
                Freshness(age=0.0),
                label=self._appearance.cluster.label,
            )
        )


_OPENS = {"sandbox": "crmtui --cib {}", "ssh": "crmtui --host {}", "lab": "crmtui lab open {}"}
"""The command that opens a target of each kind; the title of the picture."""


def picture(target: Target, snapshot: Snapshot, size: tuple[int, int], settings: Settings) -> str:
    """Return an SVG picture of the screen showing ``snapshot``, ``size`` columns by lines.

    A viewer fetches nothing: fonts and styles are inside.
    """
    name = plain_line(target.name)
    title = _OPENS.get(target.kind, "crmtui on {}").format(name)
    prompt = _prompt(target)

    async def draw() -> str:
        app = Still(target, snapshot, settings, prompt)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            return app.export_screenshot(title=title)

    return self_contained(asyncio.run(draw()), f"crmtui {__version__}")


def _prompt(target: Target) -> str:
    """Return the first prompt of crm on the target; the prompt names the host."""
    host = plain_line(run(target, ("uname", "-n")).output).strip()
    return f"crm(live/{host})# " if host else ""
