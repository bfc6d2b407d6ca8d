"""The review of a form: its problems, the verdicts of crm and the scheduler, and its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from crmtui.forecast.forecast_report import to_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from crmtui.backend.scheduler.rehearsal import Rehearsed
    from crmtui.cib.scripts import StepState
    from crmtui.wizard.validation import FormProblem

_SIGNS = {"done": "+", "failed": "!", "running": ">", "to come": " "}
_IN_CONFIGURE = "crm commands, in configure"
_LEAST = 20
"""Least columns for a text, however narrow the page is."""


@dataclass(frozen=True, slots=True)
class ReviewProgress:
    """Progress of the sent commands."""

    steps: Sequence[tuple[str, StepState]] = ()
    """The steps of a script, each with its state."""
    said: Sequence[str] = ()
    """The last lines of crm's output."""


@dataclass(frozen=True, slots=True)
class Review:
    """Content of the review; `ReviewPage` wraps its texts."""

    problems: Sequence[FormProblem]
    """Missing and wrong answers."""
    rehearsed: Rehearsed | str | None
    """Result of the rehearsal, or the reason why there was none; None while the rehearsal runs."""
    sentences: Sequence[str]
    """Constraints and placement in words."""
    commands: Text
    """The crm text, painted."""
    loaded: Text | None = None
    """The configuration that a recipe would load, painted; None for other forms."""
    note: str = ""
    """The failure of the last try, or a remark on other changes of the same commit."""
    progress: ReviewProgress = ReviewProgress()


class ReviewPage:
    """Page of text whose wrapped lines keep their indent.

    Args:
        console: The console that wraps the text.
        width: The width of the page, in columns.
    """

    def __init__(self, console: Console, width: int) -> None:
        self._console = console
        self._width = width
        self.text = Text()

    def title(self, words: str) -> None:
        """Begin a part with a bold title."""
        self.text.append("\n" * bool(self.text) + f"{words}\n", "bold")

    def item(self, words: Text | str, sign: str = "", *, more: int = 0, style: str = "") -> None:
        """Add a line behind a sign; its wrapped rest is indented by ``more`` columns."""
        first = f"  {sign} " if sign else "  "
        words = words if isinstance(words, Text) else Text(words, style)
        room = max(self._width - len(first) - more, _LEAST)
        for number, line in enumerate(words.wrap(self._console, room)):
            line.rstrip()
            if not line:
                self.text.append("\n")
                continue
            self.text.append(first if number == 0 else " " * (len(first) + more))
            self.text.append_text(line).append("\n")

    def items(self, lines: Iterable[str], sign: str = "") -> None:
        """Add lines, each behind the same sign."""
        for line in lines:
            self.item(line, sign)

    def told(self, review: Review) -> Text:
        """Return the page for ``review``."""
        if review.note:
            self.text.append(f"{review.note}\n", "bold")
        self._show_progress(review.progress)
        self._verdict(review.problems, review.rehearsed)
        is_script = review.loaded is not None
        if review.sentences:
            self.title("Effects" if is_script else "In words")
            self.items(review.sentences)
        self.title("crm commands, run at once" if is_script else _IN_CONFIGURE)
        self._lines(review.commands)
        if review.loaded:
            self.title("Loaded into the configuration")
            self._lines(review.loaded)
        return self.text

    def _lines(self, text: Text) -> None:
        for line in text.split("\n"):
            self.item(line, more=4)

    def _show_progress(self, progress: ReviewProgress) -> None:
        if progress.steps:
            self.title("Steps")
        for words, state in progress.steps:
            style = "bold" if state in ("running", "failed") else ""
            self.item(f"{words}: {state}", _SIGNS[state], style=style)
        if progress.said:
            self.title("crm says")
            self.items(progress.said)

    def _verdict(self, problems: Sequence[FormProblem], rehearsed: Rehearsed | str | None) -> None:
        errors = [problem.sentence for problem in problems if problem.is_error]
        if errors:
            self.title("Not complete")
            self.items(errors, "!")
            self.items((p.sentence for p in problems if not p.is_error), "?")
        elif rehearsed is None:
            self.title("Verifying, and asking the scheduler …")
        elif isinstance(rehearsed, str):
            self.title(rehearsed)
        elif rehearsed.errors:
            self.title("Refused by crm")
            self.items(rehearsed.errors, "!")
        else:
            warnings = [*(p.sentence for p in problems), *rehearsed.warnings]
            self.title("Verified by crm" + ("; but" if warnings else ""))
            self.items(warnings, "?")
            if rehearsed.forecast is not None:
                self.title("Forecast")
                self.items(to_text(rehearsed.forecast).splitlines())
