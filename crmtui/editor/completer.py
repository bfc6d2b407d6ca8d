"""Completer that turns crmtui's candidates into prompt_toolkit's completions."""

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
    """Completer of crm lines.

    Args:
        level: Returns the level of crm where the line will run; asked at each completion.
        knowledge: Facts about the cluster.
    """

    def __init__(self, level: Callable[[], tuple[str, ...]], knowledge: Knowledge) -> None:
        self._level = level
        self._knowledge = knowledge

    def get_completions(
        self,
        document: Document,
        complete_event: CompleteEvent,
    ) -> Iterable[Completion]:
        """Yield completions at the cursor; in an empty line only on request."""
        if complete_event.text_inserted and not document.text:
            return  # the line was sent already
        text = document.text_before_cursor
        level, start, knowledge = last_line(self._level(), text, self._knowledge)
        line = text[start:]
        for candidate in complete(level, line, knowledge):
            yield CrmCompletion(candidate, len(line))


class CrmCompletion(Completion):
    """Completion that carries its candidate.

    Args:
        candidate: The candidate.
        cursor: Index of the cursor in the line.
    """

    def __init__(self, candidate: Candidate, cursor: int) -> None:
        # prompt_toolkit's own __init__ is skipped: it prepares the display of a thousand completions,
        # which takes longer than finding them, and the menu shows eight.
        self.text = candidate.text + (" " if candidate.is_final else "")
        self.start_position = candidate.start - cursor
        self.style = self.selected_style = ""
        self._display_meta = None
        self.candidate = candidate

    @property
    def display(self) -> FormattedText:  # type: ignore[override]  # an attribute there
        """The candidate's text in the menu."""
        return FormattedText(_marked(self.candidate))

    @property
    def display_meta(self) -> StyleAndTextTuples:
        """The description beside it."""
        required = "required  " if self.candidate.required else ""
        return [("", required + self.candidate.line)]


def _marked(candidate: Candidate) -> StyleAndTextTuples:
    """Return a candidate's text in the menu, with the typed letters marked."""
    if not candidate.matches:
        return [("", candidate.display)]
    typed = frozenset(candidate.matches)
    return [
        ("class:completion-menu.match" if index in typed else "", letter)
        for index, letter in enumerate(candidate.display)
    ]
