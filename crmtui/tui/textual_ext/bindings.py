"""Textual bindings, made from the registry of actions and a keymap."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType

from crmtui.actions import ACTIONS, IN_REVIEW, KeyAction, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

UNBOUND = "unbound_"
"""What the key of an action that has none begins with, for Textual."""
_FUNCTION = re.compile(r"ctrl\+.+|f\d+")
LINE_KEEPS = frozenset(f"ctrl+{key}" for key in [*"abdefghknprtuvwy", "underscore"])
"""What edits a line: it stays with the line while one is typed, whatever it does everywhere else."""
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
    "pending": "In what is uncommitted",
    "leaving": "On leaving with something uncommitted",
}
"""Where keys hold, in the order in which they are listed."""


class LiveKeys(Mapping[str, tuple[str, ...]]):
    """The keys of each action, by its id, as they are now: they may be others a moment later."""

    def __init__(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        self._now = keys

    def use(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Let these be the keys from now on."""
        self._now = keys

    def __getitem__(self, action: str) -> tuple[str, ...]:
        return self._now[action]

    def __iter__(self) -> Iterator[str]:
        return iter(self._now)

    def __len__(self) -> int:
        return len(self._now)


def textual_keys(action: str, keys: Sequence[str]) -> str:
    """Return ``keys`` as Textual's bindings have them.

    To Textual an action without keys has those of its binding, so it gets one that nobody can press.
    """
    return ",".join(keys) or f"{UNBOUND}{action.replace('.', '_')}"


def textual_keymap(keys: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return what ``App.set_keymap`` takes."""
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
"""What moves in a text, as every widget of Textual's that scrolls calls it."""


def bindings_of(scope: Scope, methods: Mapping[str, str] | None = None) -> list[BindingType]:
    """Return the bindings of ``scope`` with their default keys; ``App.set_keymap`` changes those.

    Args:
        scope: Where they hold.
        methods: What the widget calls its methods where not as the registry does, by action id.

    Textual gives a key to the widget that has the focus when the key is read, and runs a binding
    later. Those that move the focus have priority, so that they run at once: what is typed right
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
    """Return the bindings that close a dialog: Escape always, what backs out, and what opened it.

    Args:
        method: What closes it.
        openers: The ids of the actions that open it: their keys close it again.
        also: Further keys.
    """
    # To Textual these begin with a key that nobody has; the keymap brings their own.
    return [
        Binding(",".join(filter(None, ("escape", also))), method, "Close"),
        *(
            Binding(textual_keys(action, ()), method, show=False, id=action)
            for action in ("app.back", *openers)
        ),
    ]


def _is_first(action: KeyAction) -> bool:
    """Say whether its keys come before those of the widget that has the focus."""
    is_of_a_form = action.scope == "wizard" and action.id not in IN_REVIEW
    return _moves_focus(action) or is_of_a_form or action.id == "list.filter"


def _moves_focus(action: KeyAction) -> bool:
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
    """Return the keys that do something in ``scope``, with what they do.

    In the command line these are also those of everywhere that type nothing.
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
    """Return the function and control keys that hold everywhere, also while a command is typed."""
    return frozenset(
        key
        for action in ACTIONS
        if action.scope == "app"
        for key in keys[action.id]
        if _FUNCTION.fullmatch(key) and key not in LINE_KEEPS
    )
