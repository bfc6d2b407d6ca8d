"""What a keymap is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Editing = Literal["emacs", "vi"]


@dataclass(frozen=True, slots=True)
class Keymap:
    """Which keys do what."""

    name: str
    keys: Mapping[str, tuple[str, ...]]
    """Keys in Textual's names, by action id; every action of the registry is in it."""
    editing: Editing = "emacs"
    """Whose keys edit the command line."""
    words: str = ""
    """What it is like, in a sentence without a full stop."""
    extends: str = ""
    """The keymap that it takes over what it does not say itself; empty for the registry alone."""

    def editing_with(self, chosen: str) -> Editing:
        """Return whose keys edit the command line where ``chosen`` is the setting ``editing``."""
        return "vi" if (self.editing if chosen == "keymap" else chosen) == "vi" else "emacs"
