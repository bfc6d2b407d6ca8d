"""Names of keys for people. Without Textual, for the first picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.keymap.keys import sign

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    """Return the name of ``key`` for people: ``?``, ``Ctrl-C``, ``Shift-Tab``."""
    *modifiers, bare = key.split("+")
    bare = sign(bare)
    name = _NAMES.get(bare, bare.upper() if modifiers or len(bare) > 1 else bare)
    return "-".join([*(modifier.capitalize() for modifier in modifiers), name])


def key_names(keys: Sequence[str]) -> str:
    """Return the names of ``keys`` for people."""
    return ", ".join(key_name(key) for key in keys)


def hints(keys: Mapping[str, Sequence[str]], *told: tuple[str, str], gap: int = 6) -> str:
    """Return the last line of a dialog: the first key of each action, with its words.

    Args:
        keys: Keys of each action, by its id.
        told: Ids of actions, several with a space between, and words; without an id the words
            alone.
        gap: Columns between two hints.
    """
    parts, within = [], " " * min(2, gap // 2)
    for actions, words in told:
        given = [key_name(keys[action][0]) for action in actions.split() if keys[action]]
        if given or not actions:
            parts.append(within.join(filter(None, (" ".join(given), words))))
    return (" " * gap).join(parts)
