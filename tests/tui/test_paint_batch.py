"""Parts of the screen that change together are painted together."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.app import App
from textual.containers import Vertical
from textual.widget import Widget

from crmtui.tui.textual_ext.paint_batch import paint_batch

if TYPE_CHECKING:
    from textual.app import ComposeResult

_PAUSE = "pause"


class _Part(Widget):
    """Notes when it is painted, and when the event loop went on behind that."""

    DEFAULT_CSS = "_Part { height: 1; }"

    def render(self) -> str:
        app = self.app
        assert isinstance(app, _Parts)
        app.painted.append(self.id or "")
        asyncio.get_running_loop().call_soon(app.painted.append, _PAUSE)
        return "x"


class _Parts(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.painted: list[str] = []

    def compose(self) -> ComposeResult:
        yield _Part(id="first")
        with Vertical():
            yield _Part(id="second")


async def test_what_changes_together_is_painted_together() -> None:
    """The last that changes is painted with the first, not a frame later."""
    app = _Parts()
    async with app.run_test() as pilot:
        await pilot.pause()
        app.painted.clear()
        with paint_batch(app.screen):
            app.query_one("#first").refresh()
            await asyncio.sleep(0.05)
            assert app.painted == []
            app.query_one("#second").refresh()
        await pilot.pause(0.05)
        assert sorted(app.painted[:2]) == ["first", "second"]
