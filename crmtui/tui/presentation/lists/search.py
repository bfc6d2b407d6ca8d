"""A search in the lines of a text. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Search:
    """Which lines of a text hold what is searched for."""

    text: str = ""
    """What is searched for, without regard to upper and lower case."""
    lines: tuple[int, ...] = ()
    """The lines that hold it, from 0."""
    current: int | None = None
    """The line that is gone to; None when no line holds it."""

    def step(self, by: int) -> Search:
        """Return the search gone on to the next match (1) or the one before (-1), round and round."""
        if self.current is None:
            return self
        at = (self.lines.index(self.current) + by) % len(self.lines)
        return replace(self, current=self.lines[at])

    def within(self, lines: Sequence[str]) -> Search:
        """Return the same search in another text, as near as possible to where it was."""
        return search(self.text, lines, self.current or 0)

    @property
    def summary(self) -> str:
        """What was found, in a few words: ``/webip: 2 of 5``."""
        if not self.text:
            return ""
        at = self.lines.index(self.current) + 1 if self.current is not None else 0
        return f"/{self.text}: {at} of {len(self.lines)}"


def search(text: str, lines: Sequence[str], start: int) -> Search:
    """Return where ``text`` is in ``lines``, at its first match from line ``start`` on."""
    wanted = text.lower()
    found = tuple(at for at, line in enumerate(lines) if wanted in line.lower()) if wanted else ()
    current = next((at for at in found if at >= start), found[0] if found else None)
    return Search(text, found, current)
