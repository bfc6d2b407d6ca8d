"""Forecasts that are made in a thread while the screen goes on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from crmtui.backend.process.cancellation import Cancellation

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.forecast.model import Forecast


def coming(make: Callable[[Cancellation], Forecast]) -> asyncio.Future[Forecast]:
    """Begin to make a forecast; to cancel what is returned ends the scheduler's work, too.

    Args:
        make: Makes it, in a thread of its own.
    """
    return asyncio.ensure_future(_made(make))


async def _made(make: Callable[[Cancellation], Forecast]) -> Forecast:
    cancellation = Cancellation()
    try:
        return await asyncio.to_thread(make, cancellation)
    except asyncio.CancelledError:
        cancellation.cancel()
        raise
