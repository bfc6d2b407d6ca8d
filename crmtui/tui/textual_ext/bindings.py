"""Bindings of Textual, made from the registry of actions and a keymap."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType

from crmtui.actions import ACTIONS, IN_REVIEW, KeyAction, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

UNBOUND = "unbound_"
"""Prefix of the dummy key that Textual gets for an action without keys."""
_FUNCTION = re.compile(r"ctrl\+.+|f\d+")
LINE_KEEPS = frozenset(f"ctrl+{key}" for key in [*"abdefghknprtuvwy", "underscore"])
"""Keys that edit a line; they stay with the line while the user types, whatever they do elsewhere."""
SCOPES: Mapping[Scope, str] = {
    "app": "Everywhere but in the command line",
    "list": "In every list and text",
    "nodes": "Nodes",
    "resources": "Resources",
    "page": "The page of a node, of a resource, or of the cluster",
    "feed": "Feed, with the keys of crm_mon",
    "timeline": "Timeline",
    "output": "Output",
    "command": "In the command line",
    "wizard": "In a guided form",
    "settings": "In the settings",
    "keys": "In the list of keys",
    "log": "In the action log",
    "pending": "In the uncommitted changes",
    "leaving": "On quitting with uncommitted changes",
}
"""Scopes of keys with their titles, in the order in which they are listed."""


class LiveKeys(Mapping[str, tuple[str, ...]]):
    """Keys of each action, by its id, at this moment; a new keymap replaces them."""

    def __init__(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        self._now = keys

    def use(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Replace the keys from now on."""
        self._now = keys

    def __getitem__(self, action: str) -> tuple[str, ...]:
        return self._now[action]

    def __iter__(self) -> Iterator[str]:
        return iter(self._now)

    def __len__(self) -> int:
        return len(self._now)


def textual_keys(action: str, keys: Sequence[str]) -> str:
    """Return ``keys`` in the notation of Textual's bindings.

    Textual gives an action without keys the keys of its binding, so it gets one that does not
    exist.
    """
    return ",".join(keys) or f"{UNBOUND}{action.replace('.', '_')}"


def textual_keymap(keys: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the argument of ``App.set_keymap``."""
    return {action: textual_keys(action, given) for action, given in keys.items()}


SCROLLING: Mapping[str, str] = {
    "list.up": "scroll_up",
    "list.down": "scroll_down",
    "list.left": "scroll_left",
    "list.right": "scroll_right",
    "list.page_up": "page_up",
    "list.page_down": "page_down",
    "list.top": "scroll_home",
    "list.bottom": "scroll_end",
}
"""Methods that scroll, by action; every scrolling widget of Textual's has these names."""


def bindings_of(scope: Scope, methods: Mapping[str, str] | None = None) -> list[BindingType]:
    """Return the bindings of ``scope`` with their default keys; ``App.set_keymap`` changes those.

    Args:
        scope: Scope of the bindings.
        methods: Methods of the widget with other names than in the registry, by action id.

    Textual gives a key to the widget that has the focus when the key is read, and runs a binding
    later. Bindings that move the focus have priority, so that they run at once: text typed right
    behind ``:`` is a command, not keys.
    """
    return [
        Binding(
            textual_keys(action.id, action.keys),
            (methods or {}).get(action.id, action.method),
            action.label,
            show=action.is_shown,
            tooltip=action.words,
            id=action.id,
            priority=_is_first(action),
        )
        for action in ACTIONS
        if action.scope == scope
    ]


def closing(method: str, *openers: str, also: str = "") -> list[BindingType]:
    """Return the bindings that close a dialog: Escape always, the key to go back, and the opening key.

    Args:
        method: Method that closes the dialog.
        openers: Ids of the actions that open the dialog; their keys also close it.
        also: Further keys.
    """
    # For Textual these begin with a key that does not exist; the keymap brings their own.
    return [
        Binding(",".join(filter(None, ("escape", also))), method, "Close"),
        *(
            Binding(textual_keys(action, ()), method, show=False, id=action)
            for action in ("app.back", *openers)
        ),
    ]


def _is_first(action: KeyAction) -> bool:
    """Return true if the action's keys come before those of the widget with the focus."""
    is_of_a_form = action.scope == "wizard" and action.id not in IN_REVIEW
    return _moves_focus(action) or is_of_a_form or action.id == "list.filter"


def _moves_focus(action: KeyAction) -> bool:
    return action.scope == "app" and action.id.startswith(("command.", "pane."))


def command_methods(keys: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the command line's method for each key: its own actions, and leaving for a pane.

    Only keys that type no text leave the line.
    """
    leaving = {
        key: f"screen.{action.method}"
        for action in ACTIONS
        if _moves_focus(action)
        for key in keys[action.id]
        if _FUNCTION.fullmatch(key) and key not in LINE_KEEPS
    }
    own = {
        key: action.method
        for action in ACTIONS
        if action.scope == "command"
        for key in keys[action.id]
    }
    return {**leaving, **own}


def listed(scope: Scope, keys: Mapping[str, tuple[str, ...]]) -> list[tuple[tuple[str, ...], str]]:
    """Return the keys that work in ``scope``, with the words of their actions.

    The command line also has the keys of everywhere that type no text.
    """
    found = [(keys[action.id], action.words) for action in ACTIONS if action.scope == scope]
    if scope == "command":
        through = keys_over_typing(keys) - {key for given, _ in found for key in given}
        found += [
            (tuple(key for key in keys[action.id] if key in through), action.words)
            for action in ACTIONS
            if action.scope == "app"
        ]
    return [(given, words) for given, words in found if given]


def keys_over_typing(keys: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return the function and control keys that work everywhere, also while the user types a command."""
    return frozenset(
        key
        for action in ACTIONS
        if action.scope == "app"
        for key in keys[action.id]
        if _FUNCTION.fullmatch(key) and key not in LINE_KEEPS
    )
