"""Taking turns at forecasts, and ending one that nobody waits for any more, from another thread."""

from __future__ import annotations

import threading
from contextlib import contextmanager
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
    """

    def __init__(self, *, gives_way: bool = False) -> None:
        self.gives_way = gives_way
        self._lock = threading.Lock()
        self._is_cancelled = False
        self._end: Callable[[], None] | None = None

    def cancel(self) -> None:
        """End the request; it raises `Cancelled` soon, in the thread that works on it."""
        with self._lock:
            self._is_cancelled, end = True, self._end
            if end is not None:
                end()

    def check(self) -> None:
        """Go no further with a request that was ended.

        Raises:
            Cancelled: It was.
        """
        if self._is_cancelled:
            raise Cancelled("Nobody waits for this forecast any more.")

    @contextmanager
    def ending(self, end: Callable[[], None]) -> Iterator[None]:
        """Call ``end``, from the thread that cancels, if the request is ended meanwhile.

        Raises:
            Cancelled: It was, before or meanwhile.
        """
        with self._lock:
            self.check()
            self._end = end
        try:
            yield
        finally:
            with self._lock:
                self._end = None
            self.check()


class Turns:
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
        with self._changed:
            self._take(mine)
        try:
            mine.check()
            yield
        finally:
            with self._changed:
                self._is_taken = False
                self._changed.notify_all()

    def _take(self, mine: Cancellation) -> None:
        if mine.gives_way:
            self._changed.wait_for(lambda: self._is_free and not self._pressing)
        else:
            if self._is_taken and self.now.gives_way:
                self.now.cancel()
            self._pressing += 1
            try:
                self._changed.wait_for(lambda: self._is_free)
            finally:
                self._pressing -= 1
        if self._is_over:
            raise Cancelled("No forecast is made any more.")
        self._is_taken, self.now = True, mine

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
