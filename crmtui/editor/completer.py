"""crmtui's candidates as prompt_toolkit's completions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.completion import CompleteEvent, Completer, Completion

from crmtui.completion import Candidate, Knowledge, complete

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from prompt_toolkit.document import Document


class CrmCompleter(Completer):
    """Completes a crm line.

    Args:
        level: Says at which level of crm the line will run; asked at each completion.
        knowledge: What is known of the cluster.
    """

    def __init__(self, level: Callable[[], tuple[str, ...]], knowledge: Knowledge) -> None:
        self._level = level
        self._knowledge = knowledge

    def get_completions(
        self,
        document: Document,
        complete_event: CompleteEvent,
    ) -> Iterable[Completion]:
        """Yield what can stand at the cursor; in an empty line only if that was asked for."""
        if complete_event.text_inserted and not document.text:
            return  # what was typed is sent already
        line = document.text_before_cursor
        for candidate in complete(self._level(), line, self._knowledge):
            yield _completion(candidate, len(line))


def _completion(candidate: Candidate, cursor: int) -> Completion:
    return Completion(
        candidate.text + (" " if candidate.is_final else ""),
        start_position=candidate.start - cursor,
        display=candidate.display,
        display_meta=("required  " if candidate.required else "") + candidate.line,
    )
