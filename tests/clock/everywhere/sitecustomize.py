"""Mended ``time.sleep`` for programs under libfaketime 0.9.10.

Its ``clock_nanosleep`` refuses the monotonic clock (EINVAL) when that clock is left as it is.
"""

from __future__ import annotations

import select
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import SupportsIndex


def _sleep(seconds: float | SupportsIndex, /) -> None:
    """Sleep like time.sleep, in a call that libfaketime leaves alone."""
    select.select([], [], [], float(seconds))


time.sleep = _sleep
