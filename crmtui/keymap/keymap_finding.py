"""Finding: a mistake in a keymap, and its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class KeymapPlace:
    """A statement of a keymap file."""

    path: Path | None
    """The file; None for the registry of actions, which has no file."""
    line: int = 1

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}" if self.path else "the built-in keys"


@dataclass(frozen=True, slots=True)
class KeymapFinding:
    """Mistake in a keymap."""

    place: KeymapPlace
    words: str
    """The mistake, as the end of a sentence: action, key, nearest known name."""

    def __str__(self) -> str:
        return f"{self.place}: {self.words}"
