"""Stoppable query: a query of the cluster that one key starts and another key stops."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from crmtui.backend.process.cancellation import Cancellation, heeding

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_STOPPED = "The look at the cluster was stopped."
_LATE_SECONDS = 2.0
"""Time in seconds after which a query is late; a healthy cluster answers in 0.05 s."""


class StoppableQuery:
    """Runs one query at a time in a thread, and stops the running one on request.

    Args:
        say_late: Called if a query is late.
    """

    def __init__(self, say_late: Callable[[], object] = lambda: None) -> None:
        self._say_late = say_late
        self._running: Cancellation | None = None

    async def run(self, query: Callable[[], T], is_final: Callable[[], bool] = lambda: False) -> T:
        """Return the result of ``query``.

        Args:
            query: The query, called in a thread.
            is_final: Returns True once the result counts even if the query is stopped.

        Raises:
            CrmtuiError: The query failed.
            Cancelled: The query was stopped.
        """
        self._running = cancellation = Cancellation(reason=_STOPPED)

        def stoppable() -> T:
            with heeding(cancellation):
                return query()

        late = asyncio.get_running_loop().call_later(_LATE_SECONDS, self._say_late)
        try:
            result = await asyncio.to_thread(stoppable)
            if not is_final():
                cancellation.check()  # stopped just as the answer came
            return result
        except asyncio.CancelledError:  # the app ends, and must not wait for a hanging query
            cancellation.cancel()
            raise
        finally:
            late.cancel()
            if self._running is cancellation:  # else a newer query runs
                self._running = None

    def stop(self) -> bool:
        """Stop the running query; return False without one."""
        running = self._running
        if running is not None:
            running.cancel()
        return running is not None
