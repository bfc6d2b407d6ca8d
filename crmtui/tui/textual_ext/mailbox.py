"""What threads tell the app, handed over in bunches."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Mailbox(Generic[T]):
    """Takes values from any thread and rings once for all that come until they are taken.

    Args:
        ring: Called from the thread that put the first value in; it must not block.
    """

    def __init__(self, ring: Callable[[], object]) -> None:
        self._ring = ring
        self._lock = threading.Lock()
        self._values: list[T] = []

    def put(self, value: T) -> None:
        """Put ``value`` in."""
        with self._lock:
            is_first = not self._values
            self._values.append(value)
        if is_first:
            self._ring()

    def take(self) -> list[T]:
        """Take what is there, oldest first."""
        with self._lock:
            values, self._values = self._values, []
        return values
