"""Collects what nothing refers to any more when nobody waits for a key to be painted.

A full collection takes 60 ms once a large cluster is in memory, and Python starts one whenever it
likes: while a key is handled, as a rule, since that is when something is made.
"""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_DUE = 40
"""Collections of what is middle-aged, some 2 ms each, after which a full one is taken at rest."""
_OVERDUE = 200
"""After so many Python takes a full one by itself, keys or no keys: memory is bounded."""
_REST_SECONDS = 2.0
"""Whoever pressed no key for so long is not typing."""


class GcPauses:
    """Puts full collections where nobody notices them.

    Args:
        clock: Seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pressed = clock()

    def begin(self) -> None:
        """Collect from now on; what is loaded by now stays, and is not looked at time and again."""
        gc.freeze()
        youngest, middle, _ = gc.get_threshold()
        gc.set_threshold(youngest, middle, _OVERDUE)
        gc.enable()

    def key(self) -> None:
        """Take note that a key was pressed."""
        self._pressed = self._clock()

    def tick(self) -> None:
        """Collect if there is reason to, and nobody types."""
        is_due = gc.isenabled() and gc.get_count()[2] >= _DUE
        if is_due and self._clock() - self._pressed >= _REST_SECONDS:
            gc.collect()
