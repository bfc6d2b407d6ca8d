"""Queue of submitted lines."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.backend.approval.approval import Approval


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """Submitted line in the queue."""

    text: str
    submission: int
    """Number of the submission, which the lines of one paste share."""
    is_one_of_many: bool = False
    """True if the submission has several lines."""
    approval: Approval | None = None
    """Approval given in advance; None for none."""


class WaitingLines:
    """Queue of submitted lines, in the order in which they run."""

    def __init__(self) -> None:
        self._lines: deque[WaitingLine] = deque()
        self._submissions = 0

    def __bool__(self) -> bool:
        return bool(self._lines)

    def add(
        self, lines: Sequence[str], *, is_first: bool = False, approval: Approval | None = None
    ) -> int:
        """Queue the lines of one submission, and return its number.

        Args:
            lines: Lines of the submission.
            is_first: True to put them before all other lines, False behind them.
            approval: Approval given in advance.
        """
        self._submissions += 1
        made = [WaitingLine(line, self._submissions, len(lines) > 1, approval) for line in lines]
        if is_first:
            self._lines.extendleft(reversed(made))
        else:
            self._lines.extend(made)
        return self._submissions

    def has_any_of(self, submission: int) -> bool:
        """Return True if lines of one submission still wait."""
        return any(line.submission == submission for line in self._lines)

    def take(self) -> WaitingLine:
        """Remove and return the next line; the queue must not be empty."""
        return self._lines.popleft()

    def take_all(self) -> tuple[str, ...]:
        """Remove and return all lines."""
        lines = tuple(line.text for line in self._lines)
        self._lines.clear()
        return lines

    def rest_of(self, submission: int) -> tuple[str, ...]:
        """Return the waiting lines of one submission."""
        return tuple(line.text for line in self._lines if line.submission == submission)

    def take_rest(self, submission: int) -> tuple[str, ...]:
        """Remove and return the waiting lines of one submission."""
        rest = self.rest_of(submission)
        self._lines = deque(line for line in self._lines if line.submission != submission)
        return rest
