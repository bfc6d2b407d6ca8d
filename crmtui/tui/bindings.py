"""Textual bindings, made from the registry of actions and a keymap."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType

from crmtui.actions import ACTIONS, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FUNCTION = re.compile(r"ctrl\+.+|f\d+")
_NAMES = {
    "question_mark": "?",
    "colon": ":",
    "slash": "/",
    "escape": "Esc",
    "tab": "Tab",
    "enter": "Enter",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "space": "Space",
}


def key_name(key: str) -> str:
    """Return ``key`` as people write it: ``?``, ``Ctrl-C``, ``Shift-Tab``."""
    *modifiers, bare = key.split("+")
    is_modified = bool(modifiers)
    name = _NAMES.get(bare, bare.upper() if is_modified or len(bare) > 1 else bare)
    return "-".join([*(modifier.capitalize() for modifier in modifiers), name])


def key_names(keys: Sequence[str]) -> str:
    """Return ``keys`` as people write them."""
    return ", ".join(key_name(key) for key in keys)


def bindings_of(scope: Scope) -> list[BindingType]:
    """Return the bindings of ``scope`` with their default keys; ``App.set_keymap`` changes those."""
    return [
        Binding(
            ",".join(action.keys),
            action.method,
            action.label,
            show=action.is_shown,
            tooltip=action.words,
            id=action.id,
        )
        for action in ACTIONS
        if action.scope == scope
    ]


def keys_over_typing(keys: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return the keys that act while a command is typed.

    They are the line's own, and the function and control keys that hold everywhere.
    """
    return frozenset(
        key
        for action in ACTIONS
        for key in keys[action.id]
        if action.scope == "command" or (action.scope == "app" and _FUNCTION.fullmatch(key))
    )
