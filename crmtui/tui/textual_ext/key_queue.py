"""Gives each key to the screen that the keys before it led to."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, TypeAlias

from textual import events
from textual.message_pump import MessagePump
from textual.widgets import Input, TextArea

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

Stroke: TypeAlias = "events.Key | events.Paste"
_PATIENCE_SECONDS = 1.0
"""For so long a key waits for the one before it, whatever holds that up."""
_LEAST_ROUNDS = 2
"""A key goes up from its widget to the app; then goes what its action has posted, the same way."""


class TakesText:
    """Mark of a widget of ours in which printable keys only appear as text."""


class TakesKeysLater:
    """What a screen is that may have to get something ready before it can take keys."""

    def __init__(self) -> None:
        super().__init__()
        self.takes_keys = asyncio.Event()
        """Whether keys other than Escape go to it, or wait for what it leads to."""


class KeyQueue:
    """Lets a key go only when the one before it has come to its end.

    Textual hands a key to the widget that has the focus when the key is read, and runs a binding, and
    what that asks for, some steps later. Keys that come in one go, over a slow link or from a fast
    hand, would still reach the pane while the first of them opens a dialog over it: the letters
    behind ``n`` would be the pane's keys.

    Args:
        app: Whose keys.
    """

    def __init__(self, app: App[int]) -> None:
        self._app = app
        self._waiting: deque[Stroke] = deque()
        self._let_go: Stroke | None = None
        self._is_busy = False
        self._began = asyncio.Event()

    def holds(self, stroke: Stroke) -> bool:
        """Say whether ``stroke`` has to wait; it comes again when it is its turn."""
        screen = self._screen
        if screen is None:
            return True  # the app ends
        if stroke is self._let_go:
            self._let_go = None
            return False
        is_late = _lateness(screen) is not None
        if is_late and isinstance(stroke, events.Key) and stroke.key == "escape":
            self._waiting.clear()  # it was meant for what is given up
            return False
        is_there = screen.is_mounted and not is_late
        has_to_wait = self._is_busy or not is_there
        if has_to_wait:
            self._waiting.append(stroke)
        elif self._is_text(stroke):
            return False
        self._is_busy = True
        self._began.set()
        return has_to_wait

    def _is_text(self, stroke: Stroke) -> bool:
        """Say whether it does nothing but to appear in a line."""
        is_typed = isinstance(stroke, events.Paste) or stroke.is_printable
        return is_typed and isinstance(self._app.focused, TakesText | Input | TextArea)

    async def run(self) -> None:
        """Let keys go one by one, until the app ends."""
        while True:
            await self._began.wait()
            await self._settle()
            while self._waiting:
                self._let_go = self._waiting.popleft()
                self._app.post_message(self._let_go)
                await self._settle()
            self._began.clear()
            self._is_busy = False

    async def _settle(self) -> None:
        """Wait until what was let go, and all that it asked for, has been done."""
        await _passed([self._app])
        rounds, way = 0, list[MessagePump]()
        while rounds < _LEAST_ROUNDS or way != self._way():
            way = self._way()
            await _passed(way)
            rounds += 1
            if late := _lateness(self._screen):
                await late.wait()
                rounds = 0

    @property
    def _screen(self) -> Screen[object] | None:
        stack = self._app.screen_stack
        return stack[-1] if stack else None

    def _way(self) -> list[MessagePump]:
        """Return the way of a key from where it is typed to the app."""
        screen = self._screen
        node = screen.focused or screen if screen is not None else self._app
        return [*node.ancestors_with_self]


def _lateness(screen: object) -> asyncio.Event | None:
    """Return what tells when a screen takes keys, if it does not yet."""
    if isinstance(screen, TakesKeysLater) and not screen.takes_keys.is_set():
        return screen.takes_keys
    return None


async def _passed(pumps: list[MessagePump]) -> None:
    """Wait until each of them in turn has done what was given to it before."""
    try:
        await asyncio.wait_for(_visit(pumps), _PATIENCE_SECONDS)
    except asyncio.TimeoutError:
        return  # better a key that comes early than none at all


async def _visit(pumps: list[MessagePump]) -> None:
    for pump in pumps:
        came = asyncio.Event()
        if pump.call_later(came.set):
            await came.wait()
