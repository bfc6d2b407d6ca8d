"""Keymaps: the keys of every action, from TOML files, checked whole before use."""

from __future__ import annotations

from crmtui.keymap.keymap import Editing, Keymap
from crmtui.keymap.store import (
    DEFAULT,
    DEFAULT_WORDS,
    KnownKeymap,
    find,
    known,
    load,
    load_or_default,
    read,
)
from crmtui.paths import own_keymaps_dir

__all__ = [
    "DEFAULT",
    "DEFAULT_WORDS",
    "Editing",
    "Keymap",
    "KnownKeymap",
    "find",
    "known",
    "load",
    "load_or_default",
    "own_keymaps_dir",
    "read",
]
