"""The lines that wait for their turn."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.backend.approval.approval import Approval


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A line that was submitted."""

    text: str
    submission: int
    """What it was submitted with: lines of one paste have the same number."""
    is_one_of_many: bool = False
    """Whether there were others in that."""
    approval: Approval | None = None
    """The leave that was given for it beforehand."""


class WaitingLines:
    """Submitted lines in the order in which they are to run."""

    def __init__(self) -> None:
        self._lines: deque[WaitingLine] = deque()
        self._submissions = 0

    def __bool__(self) -> bool:
        return bool(self._lines)

    def add(
        self, lines: Sequence[str], *, is_first: bool = False, approval: Approval | None = None
    ) -> int:
        """Put the lines of one submission behind all others, or before them; return its number."""
        self._submissions += 1
        made = [WaitingLine(line, self._submissions, len(lines) > 1, approval) for line in lines]
        if is_first:
            self._lines.extendleft(reversed(made))
        else:
            self._lines.extend(made)
        return self._submissions

    def has_any_of(self, submission: int) -> bool:
        """Say whether lines of one submission still wait."""
        return any(line.submission == submission for line in self._lines)

    def take(self) -> WaitingLine:
        """Take the next line; there must be one."""
        return self._lines.popleft()

    def take_all(self) -> tuple[str, ...]:
        """Take what waits."""
        lines = tuple(line.text for line in self._lines)
        self._lines.clear()
        return lines

    def rest_of(self, submission: int) -> tuple[str, ...]:
        """Return what waits of one submission."""
        return tuple(line.text for line in self._lines if line.submission == submission)

    def take_rest(self, submission: int) -> tuple[str, ...]:
        """Take what waits of one submission."""
        rest = self.rest_of(submission)
        self._lines = deque(line for line in self._lines if line.submission != submission)
        return rest
