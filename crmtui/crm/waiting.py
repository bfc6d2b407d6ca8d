"""The lines that wait for their turn."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A line that was submitted."""

    text: str
    submission: int
    """What it was submitted with: lines of one paste have the same number."""


class WaitingLines:
    """Submitted lines in the order in which they are to run."""

    def __init__(self) -> None:
        self._lines: deque[WaitingLine] = deque()
        self._submissions = 0

    def __bool__(self) -> bool:
        return bool(self._lines)

    def add(self, lines: Sequence[str]) -> None:
        """Put the lines of one submission behind all others."""
        self._submissions += 1
        self._lines.extend(WaitingLine(line, self._submissions) for line in lines)

    def take(self) -> WaitingLine:
        """Take the next line; there must be one."""
        return self._lines.popleft()

    def take_all(self) -> tuple[str, ...]:
        """Take what waits."""
        lines = tuple(line.text for line in self._lines)
        self._lines.clear()
        return lines

    def take_rest(self, submission: int) -> tuple[str, ...]:
        """Take what waits of one submission."""
        rest = tuple(line.text for line in self._lines if line.submission == submission)
        self._lines = deque(line for line in self._lines if line.submission != submission)
        return rest
