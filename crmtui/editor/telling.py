"""A completer that works in a thread of its own, and tells when it is through."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from prompt_toolkit.completion import CompleteEvent, Completer, Completion

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterable

    from prompt_toolkit.document import Document


class TellingCompleter(Completer):
    """Completes in a thread of its own and tells when it has offered everything.

    All completions come at once: to hand over a thousand one by one takes longer than to find them.

    Args:
        completer: What to offer.
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
        """What it was asked about last."""

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        """Return what the completer offers; may take a while."""
        return self._completer.get_completions(document, complete_event)

    async def get_completions_async(
        self, document: Document, complete_event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        """Yield the first completion, as it comes from a thread; the others go their own way."""
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
