"""Ending what nobody waits for any more, from another thread; and taking turns at forecasts."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from crmtui.errors import CrmtuiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Cancelled(CrmtuiError):
    """It was ended before its time, by whoever had asked for it or needs what it holds."""


class Cancellation:
    """Stays with one request, and ends it when it is told to.

    What only reads is ended at once. What writes into a copy is waited for, since on a host behind ssh
    it may go on for a moment after the connection to it is gone; it takes some milliseconds.

    Args:
        gives_way: Whether any other request may end this one: nobody has asked for it in so many words.
        reason: Why it is ended, if it is, as a sentence.
    """

    def __init__(
        self, *, gives_way: bool = False, reason: str = "Nobody waits for this forecast any more."
    ) -> None:
        self.gives_way = gives_way
        self._reason = reason
        self._lock = threading.Lock()
        self._is_cancelled = False
        self._ends: list[Callable[[], None]] = []
        self.was_heard = False
        """Whether anything was ended by it."""

    @property
    def is_cancelled(self) -> bool:
        """Whether it was ended."""
        return self._is_cancelled

    def cancel(self) -> None:
        """End the request; it raises `Cancelled` soon, in each thread that works on it."""
        with self._lock:
            self._is_cancelled = True
            for end in self._ends:
                end()

    def check(self) -> None:
        """Go no further with a request that was ended.

        Raises:
            Cancelled: It was.
        """
        if self._is_cancelled:
            self.was_heard = True
            raise Cancelled(self._reason)

    @contextmanager
    def ending(self, end: Callable[[], None]) -> Iterator[None]:
        """Call ``end``, from the thread that cancels, if the request is ended meanwhile.

        Raises:
            Cancelled: It was, before or meanwhile.
        """
        with self._lock:
            self.check()
            self._ends.append(end)
        try:
            yield
        finally:
            with self._lock:
                self._ends.remove(end)
            self.check()


_HEEDED: ContextVar[Cancellation | None] = ContextVar("heeded", default=None)


@contextmanager
def heeding(cancellation: Cancellation) -> Iterator[None]:
    """Let ``cancellation`` end whatever this thread waits for in here, however deep below."""
    token = _HEEDED.set(cancellation)
    try:
        yield
    finally:
        _HEEDED.reset(token)


def heed(cancellation: Cancellation) -> None:
    """Let ``cancellation`` end whatever is waited for from here on, also in tasks that begin here."""
    _HEEDED.set(cancellation)


def heeded() -> Cancellation:
    """Return what ends the waits of this thread; one that nobody knows of, where nothing does."""
    return _HEEDED.get() or Cancellation()


class ForecastQueue:
    """Lets one request at a time work on what they share; one that gives way is ended for any other."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._is_taken = False
        self._is_over = False
        self._pressing = 0
        self.now = Cancellation()
        """What ends the request that works now, or the last one that did."""

    @contextmanager
    def turn(self, mine: Cancellation) -> Iterator[None]:
        """Wait until nobody else works.

        Raises:
            Cancelled: Whoever asked does not want it any more, or nobody may work any more.
        """
        has_turn = False
        try:
            with mine.ending(self._wake):
                has_turn = self._wait(mine)
            self._begin(mine)
            yield
        finally:
            with self._changed:
                self._is_taken = self._is_taken and not has_turn
                self._changed.notify_all()

    def _wait(self, mine: Cancellation) -> bool:
        """Take the turn when it is free; say whether that came about."""
        with self._changed:
            if mine.gives_way:
                self._changed.wait_for(
                    lambda: mine.is_cancelled or (self._is_free and not self._pressing)
                )
            else:
                if self._is_taken and self.now.gives_way:
                    self.now.cancel()
                self._pressing += 1
                try:
                    self._changed.wait_for(lambda: mine.is_cancelled or self._is_free)
                finally:
                    self._pressing -= 1
            if mine.is_cancelled or self._is_over:
                return False
            self._is_taken = True
            return True

    def _begin(self, mine: Cancellation) -> None:
        # Only now, when nothing of it wakes those who wait here: it may be ended under the lock.
        with self._changed:
            self.now = mine
            is_over = self._is_over
            has_to_go = mine.gives_way and self._pressing > 0
        if is_over:
            raise Cancelled("No forecast is made any more.")
        if has_to_go:
            mine.cancel()
        mine.check()

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()

    @property
    def _is_free(self) -> bool:
        return self._is_over or not self._is_taken

    def close(self, seconds: float) -> bool:
        """End what works, let nobody else begin, and say whether all has ended within ``seconds``."""
        with self._changed:
            self._is_over = True
            self.now.cancel()
            self._changed.notify_all()
            return self._changed.wait_for(lambda: not self._is_taken, seconds)
