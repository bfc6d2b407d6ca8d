"""Closing of the app in bounded time: programs end, and threads that hang are left behind."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, TypeVar

from crmtui.backend.process.cancellation import Cancellation, heed

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

T = TypeVar("T")


class _HeedingExecutor(ThreadPoolExecutor):
    """Thread pool whose threads heed the caller's cancellation; asyncio's default pool does not."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Run ``fn`` in a thread, in the context of the caller."""
        return super().submit(copy_context().run, fn, *args, **kwargs)


class Closing:
    """Closing of an app: ends the programs that threads wait for, then the app's own parts."""

    def __init__(self) -> None:
        self._cancellation = Cancellation(reason="crmtui is left.")

    def begin_to_heed(self) -> None:
        """Make all later waits end with the app; to be called in the app's own task."""
        heed(self._cancellation)
        asyncio.get_running_loop().set_default_executor(_HeedingExecutor())

    def end_waits(self) -> None:
        """End the programs that threads wait for, as a waiting thread would hold up the exit."""
        self._cancellation.cancel()

    async def close(self, seconds: float, *closers: Callable[[], None]) -> None:
        """Call all ``closers`` at once, each in a thread of its own.

        Args:
            seconds: Longest wait, in seconds; slower closers go on until the process ends.
            closers: Functions that each end one part of the app.
        """
        loop = asyncio.get_running_loop()
        ended = asyncio.Semaphore(0)

        def call(closer: Callable[[], None]) -> None:
            try:
                closer()
            finally:
                # The loop may be closed by now.
                with contextlib.suppress(RuntimeError):
                    loop.call_soon_threadsafe(ended.release)

        for closer in closers:
            threading.Thread(
                target=call, args=(closer,), name="crmtui closing", daemon=True
            ).start()
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._all(ended, len(closers)), seconds)

    @staticmethod
    async def _all(ended: asyncio.Semaphore, count: int) -> None:
        for _ in range(count):
            await ended.acquire()
