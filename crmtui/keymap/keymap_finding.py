"""What is wrong with a keymap, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """A statement of a keymap file."""

    path: Path | None
    """None for the registry of actions, which has no file."""
    line: int = 1

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}" if self.path else "the built-in keys"


@dataclass(frozen=True, slots=True)
class KeymapFinding:
    """One thing that is wrong."""

    place: Place
    words: str
    """What is wrong, as a sentence without its beginning: action, key, nearest known name."""

    def __str__(self) -> str:
        return f"{self.place}: {self.words}"
