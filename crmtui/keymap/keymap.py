"""Keymap: the keys of every action."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Editing = Literal["emacs", "vi"]


@dataclass(frozen=True, slots=True)
class Keymap:
    """Keys of every action, and the editing mode of the command line."""

    name: str
    keys: Mapping[str, tuple[str, ...]]
    """Keys in Textual's names, by action id; every action of the registry is in it."""
    editing: Editing = "emacs"
    """Editor whose keys edit the command line."""
    words: str = ""
    """Description of the keymap, a sentence without a full stop."""
    extends: str = ""
    """Name of the keymap that gives the keys that this one leaves out; empty for the registry."""

    def editing_with(self, chosen: str) -> Editing:
        """Return the editing mode, where ``chosen`` is the setting ``editing``."""
        return "vi" if (self.editing if chosen == "keymap" else chosen) == "vi" else "emacs"
