"""crmtui's candidates as prompt_toolkit's completions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.formatted_text import FormattedText

from crmtui.completion import Candidate, Knowledge, complete
from crmtui.lint.lines import last_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from prompt_toolkit.document import Document
    from prompt_toolkit.formatted_text import StyleAndTextTuples


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
        text = document.text_before_cursor
        level, start, knowledge = last_line(self._level(), text, self._knowledge)
        line = text[start:]
        for candidate in complete(level, line, knowledge):
            yield CrmCompletion(candidate, len(line))


class CrmCompletion(Completion):
    """A completion that knows all there is to say of it.

    Args:
        candidate: What it is.
        cursor: Where the cursor stands in the line.
    """

    def __init__(self, candidate: Candidate, cursor: int) -> None:
        # Not prompt_toolkit's own: to prepare what is shown of a thousand, of which a menu has eight
        # rows, takes longer than to find them.
        self.text = candidate.text + (" " if candidate.is_final else "")
        self.start_position = candidate.start - cursor
        self.style = self.selected_style = ""
        self._display_meta = None
        self.candidate = candidate

    @property
    def display(self) -> FormattedText:  # type: ignore[override]  # an attribute there
        """What is shown of it."""
        return FormattedText(_marked(self.candidate))

    @property
    def display_meta(self) -> StyleAndTextTuples:
        """What is shown beside it."""
        required = "required  " if self.candidate.required else ""
        return [("", required + self.candidate.line)]


def _marked(candidate: Candidate) -> StyleAndTextTuples:
    """Return what is shown of a candidate with the letters marked that are typed."""
    if not candidate.matches:
        return [("", candidate.display)]
    typed = frozenset(candidate.matches)
    return [
        ("class:completion-menu.match" if index in typed else "", letter)
        for index, letter in enumerate(candidate.display)
    ]
