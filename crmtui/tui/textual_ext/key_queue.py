"""Queue of keys: each key goes to the screen that the keys before it led to."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, TypeAlias

from textual import events
from textual.message_pump import MessagePump
from textual.widgets import Input, TextArea

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from textual.app import App
    from textual.screen import Screen

Stroke: TypeAlias = "events.Key | events.Paste"
_PATIENCE_SECONDS = 1.0
"""Seconds that a key waits at most for the one before it."""
_LEAST_ROUNDS = 2
"""Rounds to wait: a key goes up from its widget to the app, then the messages of its action do."""


class TakesText:
    """Mark of a widget of ours in which printable keys only appear as text."""


class TakesKeysLater:
    """Interface of a screen that may have to prepare before it takes keys."""

    def __init__(self) -> None:
        super().__init__()
        self.takes_keys = asyncio.Event()
        """Set once the screen takes all keys; until then only Escape goes through."""


class KeyQueue:
    """Lets a key go only when the one before it is done.

    Textual hands a key to the widget that has the focus when the key is read. It runs a binding,
    and the messages of its action, some steps later. A slow link or a fast hand
    brings several keys in one go. Those behind ``n`` would reach the pane although ``n`` opens a
    dialog over it.

    Args:
        app: App that gets the keys.
        giving_up: Returns the keys that do not wait for a screen, but give it up.
    """

    def __init__(self, app: App[int], giving_up: Callable[[], Collection[str]]) -> None:
        self._app = app
        self._giving_up = giving_up
        self._waiting: deque[Stroke] = deque()
        self._let_go: Stroke | None = None
        self._is_busy = False
        self._began = asyncio.Event()

    def holds(self, stroke: Stroke) -> bool:
        """Return true if ``stroke`` has to wait; the queue posts it again in its turn."""
        screen = self._screen
        if screen is None:
            return True  # the app ends
        if stroke is self._let_go:
            self._let_go = None
            return False
        is_late = _lateness(screen) is not None
        if is_late and isinstance(stroke, events.Key) and stroke.key in self._giving_up():
            self._waiting.clear()  # they were meant for what is given up
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
        """Return true if the stroke only appears as text in a line."""
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
        """Wait until the released key, and all that its action asked for, is done."""
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
        """Return the way of a key from the focused widget to the app."""
        screen = self._screen
        node = screen.focused or screen if screen is not None else self._app
        return [*node.ancestors_with_self]


def _lateness(screen: object) -> asyncio.Event | None:
    """Return the event that a screen sets when it takes keys; None if it takes them already."""
    if isinstance(screen, TakesKeysLater) and not screen.takes_keys.is_set():
        return screen.takes_keys
    return None


async def _passed(pumps: list[MessagePump]) -> None:
    """Wait until each pump in turn has processed its earlier messages."""
    try:
        await asyncio.wait_for(_visit(pumps), _PATIENCE_SECONDS)
    except asyncio.TimeoutError:
        return  # a key that comes early is better than a lost one


async def _visit(pumps: list[MessagePump]) -> None:
    for pump in pumps:
        came = asyncio.Event()
        if pump.call_later(came.set):
            await came.wait()
