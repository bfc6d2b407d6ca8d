"""Cancellation of a request from another thread, and the queue of forecasts."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from crmtui.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Cancellation:
    """Cancellation of one request.

    Programs that only read are ended at once. Programs that write into a copy are waited for, which
    takes some milliseconds: behind ssh they may go on for a moment after their connection is gone.

    Args:
        gives_way: True if any other request may cancel this one, which was made ahead of need.
        reason: Sentence for the error of a cancelled request.
    """

    def __init__(
        self, *, gives_way: bool = False, reason: str = "This forecast was cancelled."
    ) -> None:
        self.gives_way = gives_way
        self._reason = reason
        self._lock = threading.Lock()
        self._is_cancelled = False
        self._ends: list[Callable[[], None]] = []
        self.was_heard = False
        """True if a step of the request has ended because of the cancellation."""

    @property
    def is_cancelled(self) -> bool:
        """True if the request was cancelled."""
        return self._is_cancelled

    def cancel(self) -> None:
        """Cancel the request, which then raises `Cancelled` in each thread that works on it."""
        with self._lock:
            self._is_cancelled = True
            for end in self._ends:
                end()

    def check(self) -> None:
        """Stop a request that was cancelled.

        Raises:
            Cancelled: The request was cancelled.
        """
        if self._is_cancelled:
            self.was_heard = True
            raise Cancelled(self._reason)

    @contextmanager
    def ending(self, end: Callable[[], None]) -> Iterator[None]:
        """Call ``end``, from the thread that cancels, if the request is cancelled meanwhile.

        Raises:
            Cancelled: The request was cancelled, before or meanwhile.
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
    """Let ``cancellation`` end each wait of this thread inside the block."""
    token = _HEEDED.set(cancellation)
    try:
        yield
    finally:
        _HEEDED.reset(token)


def heed(cancellation: Cancellation) -> None:
    """Let ``cancellation`` end each later wait of this context, and of tasks that it starts."""
    _HEEDED.set(cancellation)


def heeded() -> Cancellation:
    """Return the cancellation of this thread's waits, or a new one that is never used."""
    return _HEEDED.get() or Cancellation()


class ForecastQueue:
    """Queue in which one request at a time works on the copy; one that gives way is cancelled first."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._is_taken = False
        self._is_over = False
        self._pressing = 0
        self.now = Cancellation()
        """Cancellation of the request at work, or of the last one."""

    @contextmanager
    def turn(self, mine: Cancellation) -> Iterator[None]:
        """Wait until no other request works.

        Raises:
            Cancelled: The request was cancelled, or the queue is closed.
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
        """Take the turn when it is free; return False if the request was cancelled before."""
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
        # Only after `ending`: requests cancel `now` under the lock that `_wake` takes, too.
        with self._changed:
            self.now = mine
            is_over = self._is_over
            has_to_go = mine.gives_way and self._pressing > 0
        if is_over:
            raise Cancelled("Forecasts have ended.")
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
        """Cancel all requests, and refuse new ones.

        Args:
            seconds: Time for the request at work to end.

        Returns:
            True if the request has ended in time.
        """
        with self._changed:
            self._is_over = True
            self.now.cancel()
            self._changed.notify_all()
            return self._changed.wait_for(lambda: not self._is_taken, seconds)
