"""Keymaps: which keys do what, from a TOML file, checked whole before use."""

from __future__ import annotations

import difflib
import re
import sys
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.actions import ACTIONS, BY_ID
from crmtui.errors import KeymapInvalid
from crmtui.paths import keymaps_dir

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

DEFAULT = "default"

_NAMED = frozenset(
    [
        "up",
        "down",
        "left",
        "right",
        "home",
        "end",
        "pageup",
        "pagedown",
        "insert",
        "delete",
        "backspace",
        "tab",
        "enter",
        "escape",
        "space",
        "slash",
        "backslash",
        "minus",
        "plus",
        "at",
        "underscore",
        "question_mark",
        "colon",
        "comma",
        "period",
        "less_than_sign",
        "greater_than_sign",
    ]
)
"""Textual's names of keys; further punctuation goes by its Unicode name."""
_FUNCTION = re.compile(r"f([1-9]|1[0-9]|2[0-4])")


@dataclass(frozen=True, slots=True)
class Keymap:
    """Which keys do what."""

    name: str
    keys: Mapping[str, tuple[str, ...]]
    """Keys in Textual's names, by action id; every action of the registry is in it."""


def load(name: str = DEFAULT) -> Keymap:
    """Read the shipped keymap ``name``: a file in the folder of keymaps, without its ending.

    Raises:
        KeymapInvalid: The file is missing, or what it says cannot be used.
    """
    return read(keymaps_dir() / f"{name}.toml")


def read(path: Path) -> Keymap:
    """Read a keymap file; an action that it does not name keeps its default keys.

    Raises:
        KeymapInvalid: As ``load``.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise KeymapInvalid(f"There is no keymap file {path}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KeymapInvalid(f"The keymap file {path} is not valid TOML: {error}.") from error
    named = table.get("keys", {})
    if not isinstance(named, dict):
        raise KeymapInvalid(f"{path}: [keys] is not a table of action = keys.")
    keys = {action.id: action.keys for action in ACTIONS}
    for action_id, value in named.items():
        keys[action_id] = _keys(path, action_id, value)
    _refuse_clashes(path, keys)
    return Keymap(str(table.get("name", path.stem)), keys)


def _keys(path: Path, action_id: str, value: object) -> tuple[str, ...]:
    if action_id not in BY_ID:
        raise KeymapInvalid(f"{path}: there is no action {action_id}{_nearest(action_id, BY_ID)}.")
    if not isinstance(value, str):
        raise KeymapInvalid(f'{path}: the keys of {action_id} are not a text such as "s, f4".')
    keys = tuple(key.strip() for key in value.split(",") if key.strip())
    for key in keys:
        bare = key.rsplit("+", 1)[-1]
        if not _is_key(bare):
            raise KeymapInvalid(
                f"{path}: {action_id}: no key is called {key}{_nearest(bare, _NAMED)}."
            )
    return keys


def _is_key(name: str) -> bool:
    if len(name) == 1 or name in _NAMED or _FUNCTION.fullmatch(name):
        return True
    try:
        return bool(unicodedata.lookup(name.replace("_", " ")))
    except KeyError:
        return False


def _nearest(word: str, among: Collection[str]) -> str:
    close = difflib.get_close_matches(word, among, n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def _refuse_clashes(path: Path, keys: Mapping[str, tuple[str, ...]]) -> None:
    taken: dict[tuple[str, str], str] = {}
    for action in ACTIONS:
        for key in keys[action.id]:
            other = taken.setdefault((action.scope, key), action.id)
            # A pane's key hides the one that holds everywhere; only the line and forms do so by
            # intent.
            if other == action.id and action.scope not in ("app", "command", "wizard"):
                other = taken.get(("app", key), action.id)
            if other != action.id:
                raise KeymapInvalid(f"{path}: {key} is given to both {other} and {action.id}.")


def render(name: str) -> str:
    """Return the text of a keymap file that gives every action its default keys."""
    lines = [
        f"# The keymap {name}: action = keys, separated by commas.",
        "# Made from the registry of actions by: make generated",
        f'name = "{name}"',
        "",
        "[keys]",
    ]
    for action in ACTIONS:
        lines += [f"# {action.words}.", f'"{action.id}" = "{", ".join(action.keys)}"']
    return "\n".join(lines) + "\n"
