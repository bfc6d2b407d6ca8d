"""Completer that works in a thread of its own and reports when it has finished."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from prompt_toolkit.completion import CompleteEvent, Completer, Completion

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterable

    from prompt_toolkit.document import Document


class TellingCompleter(Completer):
    """Completer in a thread of its own that reports when it has offered everything.

    All completions come at once: handing over a thousand one by one takes longer than finding them.

    Args:
        completer: Source of the completions.
        rest: Called with all completions of a document but the first, which is handed over already.
        ended: Called when everything is offered.
    """

    def __init__(
        self,
        completer: Completer,
        rest: Callable[[Document, list[Completion]], None],
        ended: Callable[[], None],
    ) -> None:
        self._completer = completer
        self._rest = rest
        self._ended = ended
        self.is_running = False
        self.text = ""
        """The text of the last request."""

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        """Return the completer's completions; may take a while."""
        return self._completer.get_completions(document, complete_event)

    async def get_completions_async(
        self, document: Document, complete_event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        """Yield only the first completion, from a thread; ``rest`` gets the others."""
        self.is_running, self.text = True, document.text
        try:
            found = await asyncio.to_thread(
                lambda: [*self.get_completions(document, complete_event)]
            )
            for completion in found[:1]:
                yield completion
                self._rest(document, found[1:])
        finally:
            self.is_running = False
            asyncio.get_running_loop().call_soon(self._ended)
