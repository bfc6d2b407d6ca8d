"""Quiet of the screen: the moment when only a timer, a thread or a program can go on."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, cast

import pytest
from textual.screen import UPDATE_PERIOD

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Callable

    from textual.pilot import Pilot

_SECONDS = 1.0
_FRAME = 1.5 * UPDATE_PERIOD
"""Seconds within which Textual paints what is to be painted, and lays out: a timer of one frame."""


async def until_quiet(min_sleep: float = 0, max_sleep: float = _SECONDS) -> None:
    """Wait until the event loop has nothing to do, now or in the next frame.

    Textual's own waits until the process needs no processor, up to a second twice for each key. That
    is slow as long as a thread works, and hides that a test does not wait for what the thread brings.

    Args:
        min_sleep: Not used.
        max_sleep: So many seconds at most, should something never be quiet.
    """
    loop = asyncio.get_running_loop()
    ready = cast("deque[asyncio.Handle]", vars(loop)["_ready"])
    timers = cast("list[asyncio.TimerHandle]", vars(loop)["_scheduled"])
    end = loop.time() + max_sleep
    await asyncio.sleep(0)
    while (now := loop.time()) < end:
        waits = [timer.when() - now for timer in timers if not timer.cancelled()]
        wait = 0.0 if ready else min(waits, default=_FRAME)
        if wait >= _FRAME:
            return
        await asyncio.sleep(max(0.0, wait))


async def until(pilot: Pilot[Any], is_true: Callable[[], bool], seconds: float = 90.0) -> None:
    """Wait for what a timer, a thread or a program brings to the screen."""
    end = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > end:
            pytest.fail(f"waited in vain on {pilot.app.screen}")
        await pilot.pause(0.01)


def set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Textual's pilot wait for the quiet of the event loop."""
    monkeypatch.setattr("textual.app.wait_for_idle", until_quiet)
    monkeypatch.setattr("textual.pilot.wait_for_idle", until_quiet)
