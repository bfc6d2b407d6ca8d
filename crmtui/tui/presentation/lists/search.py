"""A search in the lines of a text. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Search:
    """Lines of a text that contain the search text."""

    text: str = ""
    """Search text, without regard to upper and lower case."""
    lines: tuple[int, ...] = ()
    """Indices of the matching lines, from 0."""
    current: int | None = None
    """Index of the current line; None without a match."""

    def step(self, by: int) -> Search:
        """Return the search moved to the next match (1) or the previous one (-1), round and round."""
        if self.current is None:
            return self
        at = (self.lines.index(self.current) + by) % len(self.lines)
        return replace(self, current=self.lines[at])

    def within(self, lines: Sequence[str]) -> Search:
        """Return the same search in another text, as close as possible to its present place."""
        return search(self.text, lines, self.current or 0)

    @property
    def summary(self) -> str:
        """Result in a few words: ``/webip: 2 of 5``."""
        if not self.text:
            return ""
        at = self.lines.index(self.current) + 1 if self.current is not None else 0
        return f"/{self.text}: {at} of {len(self.lines)}"


def search(text: str, lines: Sequence[str], start: int) -> Search:
    """Return the search for ``text`` in ``lines``, at its first match from line ``start`` on."""
    wanted = text.lower()
    found = tuple(at for at, line in enumerate(lines) if wanted in line.lower()) if wanted else ()
    current = next((at for at in found if at >= start), found[0] if found else None)
    return Search(text, found, current)
