"""Mailbox for values from threads to the app, handed over in bunches."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Mailbox(Generic[T]):
    """Takes values from any thread and rings once for all that arrive until they are taken.

    Args:
        ring: Called in the thread of the first value; it must not block.
    """

    def __init__(self, ring: Callable[[], object]) -> None:
        self._ring = ring
        self._lock = threading.Lock()
        self._values: list[T] = []

    def put(self, value: T) -> None:
        """Add ``value``."""
        with self._lock:
            is_first = not self._values
            self._values.append(value)
        if is_first:
            self._ring()

    def take(self) -> list[T]:
        """Return the values so far, oldest first, and empty the mailbox."""
        with self._lock:
            values, self._values = self._values, []
        return values
