"""Keys as people write them. Without Textual, for the first picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.keymap.keys import sign

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMES = {
    "backspace": "Backspace",
    "escape": "Esc",
    "tab": "Tab",
    "enter": "Enter",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "space": "Space",
    "insert": "Ins",
    "delete": "Del",
    **{name: name.capitalize() for name in ("up", "down", "left", "right", "home", "end")},
}


def key_name(key: str) -> str:
    """Return ``key`` as people write it: ``?``, ``Ctrl-C``, ``Shift-Tab``."""
    *modifiers, bare = key.split("+")
    bare = sign(bare)
    name = _NAMES.get(bare, bare.upper() if modifiers or len(bare) > 1 else bare)
    return "-".join([*(modifier.capitalize() for modifier in modifiers), name])


def key_names(keys: Sequence[str]) -> str:
    """Return ``keys`` as people write them."""
    return ", ".join(key_name(key) for key in keys)
