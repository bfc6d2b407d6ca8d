"""Garbage collection in pauses, when the user does not wait for a key to be painted.

A full collection takes 60 ms once a large cluster is in memory. Python starts one at any time,
usually while a key is handled, since that is when objects are made.
"""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_DUE = 40
"""Middle-aged collections, some 2 ms each, after which a pause gets a full one."""
_OVERDUE = 200
"""Middle-aged collections after which Python collects in any case, so that memory is bounded."""
_REST_SECONDS = 2.0
"""Seconds without a key after which the user is not typing."""


class GcPauses:
    """Runs full collections in pauses of the user.

    Args:
        clock: Returns a time in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pressed = clock()

    def begin(self) -> None:
        """Start; objects that exist by now are never collected or looked at again."""
        gc.freeze()
        youngest, middle, _ = gc.get_threshold()
        gc.set_threshold(youngest, middle, _OVERDUE)
        gc.enable()

    def key(self) -> None:
        """Record that a key was pressed."""
        self._pressed = self._clock()

    def tick(self) -> None:
        """Collect if it is due and the user is not typing."""
        is_due = gc.isenabled() and gc.get_count()[2] >= _DUE
        if is_due and self._clock() - self._pressed >= _REST_SECONDS:
            gc.collect()
