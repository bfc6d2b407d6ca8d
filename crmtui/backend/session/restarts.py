"""How often crm is started again before it is given up."""

from __future__ import annotations

import time
from collections import deque

LIMIT = 3
WITHIN = 60.0
"""Seconds in which crm is started again ``LIMIT`` times at most."""


class Restarts:
    """Counts the restarts of the last minute."""

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=LIMIT)

    def forget(self) -> None:
        """Begin to count anew: somebody has asked for a start."""
        self._times.clear()

    def claim(self) -> bool:
        """Say whether crm may be started again now, and count it if so."""
        now = time.monotonic()
        if len(self._times) == LIMIT and now - self._times[0] < WITHIN:
            return False
        self._times.append(now)
        return True
