"""Textual bindings, made from the registry of actions and a keymap."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType

from crmtui.actions import ACTIONS, Action, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FUNCTION = re.compile(r"ctrl\+.+|f\d+")
_NAMES = {
    "question_mark": "?",
    "colon": ":",
    "slash": "/",
    "exclamation_mark": "!",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "backspace": "Backspace",
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
    """Return the bindings of ``scope`` with their default keys; ``App.set_keymap`` changes those.

    Textual gives a key to the widget that has the focus when the key is read, and runs a binding
    later. Those that move the focus have priority, so that they run at once: what is typed right
    behind ``:`` is a command, not keys.
    """
    return [
        Binding(
            ",".join(action.keys),
            action.method,
            action.label,
            show=action.is_shown,
            tooltip=action.words,
            id=action.id,
            priority=_is_first(action),
        )
        for action in ACTIONS
        if action.scope == scope
    ]


def _is_first(action: Action) -> bool:
    """Say whether its keys come before those of the widget that has the focus."""
    return _moves_focus(action) or action.id in ("wizard.next", "wizard.previous")


def _moves_focus(action: Action) -> bool:
    return action.scope == "app" and action.id.startswith(("command.", "pane."))


def command_methods(keys: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return what the command line calls for which key: its own actions, and to leave for a pane.

    Of the keys that leave only those that type nothing do so.
    """
    leaving = {
        key: f"screen.{action.method}"
        for action in ACTIONS
        if _moves_focus(action)
        for key in keys[action.id]
        if _FUNCTION.fullmatch(key)
    }
    own = {
        key: action.method
        for action in ACTIONS
        if action.scope == "command"
        for key in keys[action.id]
    }
    return {**leaving, **own}


def keys_over_typing(keys: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return the function and control keys that hold everywhere, also while a command is typed."""
    return frozenset(
        key
        for action in ACTIONS
        if action.scope == "app"
        for key in keys[action.id]
        if _FUNCTION.fullmatch(key)
    )
