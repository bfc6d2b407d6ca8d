"""Futures of forecasts, computed in a thread while the screen goes on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from crmtui.backend.process.cancellation import Cancellation

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.forecast.model import Forecast


def coming(make: Callable[[Cancellation], Forecast]) -> asyncio.Future[Forecast]:
    """Start a forecast in a thread; cancelling the returned future also stops the scheduler's work.

    Args:
        make: Makes the forecast, in the thread.
    """
    return asyncio.ensure_future(_made(make))


async def _made(make: Callable[[Cancellation], Forecast]) -> Forecast:
    cancellation = Cancellation()
    try:
        return await asyncio.to_thread(make, cancellation)
    except asyncio.CancelledError:
        cancellation.cancel()
        raise
