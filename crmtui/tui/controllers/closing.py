"""Leaving in bounded time: whatever threads wait for is ended, and what does not end is left behind."""

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


class _Heeding(ThreadPoolExecutor):
    """Threads that heed what those heed who ask them to work; Textual's own do not."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Let a thread work in the context of who asks."""
        return super().submit(copy_context().run, fn, *args, **kwargs)


class Closing:
    """End of an app: of the programs that its threads wait for, and of what it has opened."""

    def __init__(self) -> None:
        self._cancellation = Cancellation(reason="crmtui is left.")

    def begin_to_heed(self) -> None:
        """Let all that is begun from here on end when the app is left; call it in the app's own task."""
        heed(self._cancellation)
        asyncio.get_running_loop().set_default_executor(_Heeding())

    def end_waits(self) -> None:
        """End the programs that threads wait for: a thread that waits would hold up the end."""
        self._cancellation.cancel()

    async def close(self, seconds: float, *entries: Callable[[], None]) -> None:
        """Do ``entries`` at the same time, in threads; those that take longer go on behind the end.

        Args:
            seconds: How long they are waited for.
            entries: What to do.
        """
        loop = asyncio.get_running_loop()
        ended = asyncio.Semaphore(0)

        def do(entry: Callable[[], None]) -> None:
            try:
                entry()
            finally:
                with contextlib.suppress(
                    RuntimeError
                ):  # nobody waits any more, nor does a loop run
                    loop.call_soon_threadsafe(ended.release)

        for entry in entries:
            threading.Thread(target=do, args=(entry,), name="crmtui closing", daemon=True).start()
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._all(ended, len(entries)), seconds)

    @staticmethod
    async def _all(ended: asyncio.Semaphore, count: int) -> None:
        for _ in range(count):
            await ended.acquire()
