"""What is said of a form at the end: what is wrong, what crm and the scheduler say, and the text."""

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
_IN_CONFIGURE = "In crm's words, in configure"
_LEAST = 20
"""Columns that a text has at least, however narrow the page is."""


@dataclass(frozen=True, slots=True)
class ReviewProgress:
    """What has come so far of what was sent."""

    steps: Sequence[tuple[str, StepState]] = ()
    """The steps of a script, and how far it is with each."""
    said: Sequence[str] = ()
    """The last lines that crm said."""


@dataclass(frozen=True, slots=True)
class Review:
    """What there is to say; its texts are wrapped by `ReviewPage`."""

    problems: Sequence[FormProblem]
    """What is missing or wrong."""
    rehearsed: Rehearsed | str | None
    """What came of the rehearsal, or why there was none; None while it runs."""
    sentences: Sequence[str]
    """What constraints and placement mean."""
    commands: Text
    """The crm text, painted."""
    loaded: Text | None = None
    """What a script would load into the configuration, painted; None for what is no script."""
    note: str = ""
    """What failed before, or what else would be committed."""
    progress: ReviewProgress = ReviewProgress()


class ReviewPage:
    """A text whose lines keep their indent where they are too long for the page.

    Args:
        console: Wraps.
        width: Columns.
    """

    def __init__(self, console: Console, width: int) -> None:
        self._console = console
        self._width = width
        self.text = Text()

    def title(self, words: str) -> None:
        """Begin a part."""
        self.text.append("\n" * bool(self.text) + f"{words}\n", "bold")

    def item(self, words: Text | str, sign: str = "", *, more: int = 0, style: str = "") -> None:
        """Add a line of a part, behind a sign; what is wrapped of it stands ``more`` to the right."""
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
        """Add lines of a part."""
        for line in lines:
            self.item(line, sign)

    def told(self, review: Review) -> Text:
        """Return all of it."""
        if review.note:
            self.text.append(f"{review.note}\n", "bold")
        self._show_progress(review.progress)
        self._verdict(review.problems, review.rehearsed)
        is_script = review.loaded is not None
        if review.sentences:
            self.title("What it does" if is_script else "In words")
            self.items(review.sentences)
        self.title("In crm's words, which run at once" if is_script else _IN_CONFIGURE)
        self._lines(review.commands)
        if review.loaded:
            self.title("What it loads into the configuration")
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
            self.title("crm refuses it")
            self.items(rehearsed.errors, "!")
        else:
            warnings = [*(p.sentence for p in problems), *rehearsed.warnings]
            self.title("Verified by crm" + ("; but" if warnings else ""))
            self.items(warnings, "?")
            if rehearsed.forecast is not None:
                self.title("Forecast")
                self.items(to_text(rehearsed.forecast).splitlines())
