"""Look at the cluster that a key waits for, and that another key stops."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from crmtui.backend.process.cancellation import Cancellation, heeding

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_STOPPED = "The look at the cluster was stopped."
_LATE_SECONDS = 2.0
"""After so long a look is said to be late; a healthy cluster answers in 0.05 s."""


class StoppableLook:
    """Runs one look after the other in a thread, and stops the one that runs.

    Args:
        say_late: Called when a look takes long.
    """

    def __init__(self, say_late: Callable[[], object] = lambda: None) -> None:
        self._say_late = say_late
        self._running: Cancellation | None = None

    async def run(self, look: Callable[[], T], is_final: Callable[[], bool] = lambda: False) -> T:
        """Return what ``look`` sees.

        Args:
            look: Called in a thread.
            is_final: Returns true once its answer counts, whoever has stopped it.

        Raises:
            CrmtuiError: It sees nothing.
            Cancelled: It was stopped.
        """
        self._running = cancellation = Cancellation(reason=_STOPPED)

        def stoppable() -> T:
            with heeding(cancellation):
                return look()

        late = asyncio.get_running_loop().call_later(_LATE_SECONDS, self._say_late)
        try:
            seen = await asyncio.to_thread(stoppable)
            if not is_final():
                cancellation.check()  # stopped in the moment in which the answer came
            return seen
        except asyncio.CancelledError:  # the app ends, and must not wait for what hangs
            cancellation.cancel()
            raise
        finally:
            late.cancel()
            if self._running is cancellation:  # else another one has taken its place
                self._running = None

    def stop(self) -> bool:
        """Stop the look that runs; return false if none does."""
        running = self._running
        if running is not None:
            running.cancel()
        return running is not None
