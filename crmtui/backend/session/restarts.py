"""Restarts of crm, limited so that a crm that keeps dying is given up."""

from __future__ import annotations

import time
from collections import deque

LIMIT = 3
"""Restarts of crm allowed within ``WITHIN`` seconds."""
WITHIN = 60.0
"""Period in seconds that ``LIMIT`` applies to."""


class Restarts:
    """Counter of the restarts within the last minute."""

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=LIMIT)

    def forget(self) -> None:
        """Reset the counter, since the user has asked for a start."""
        self._times.clear()

    def claim(self) -> bool:
        """Count a restart, or return False if the limit is reached."""
        now = time.monotonic()
        if len(self._times) == LIMIT and now - self._times[0] < WITHIN:
            return False
        self._times.append(now)
        return True
