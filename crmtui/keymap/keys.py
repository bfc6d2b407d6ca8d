"""Keys as written in a keymap, and a check that a terminal can send them."""

from __future__ import annotations

import re
import string
import unicodedata

from crmtui.toml import nearest

_CURSOR = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete")
_CODED = ("enter", "escape", "backspace", "tab")
"""Keys that send a single code; except as in ``wrong``, no modifier can be told from it."""
_NAMED = frozenset((*_CURSOR, *_CODED, "space"))
"""Keys with names. Other keys type a character and are named by it."""
_FUNCTION = re.compile(r"f([1-9]|1[0-9]|2[0-4])")
_MODIFIERS = ("alt", "ctrl", "shift")
"""Modifiers, in the order in which Textual writes them."""
_RARE_MODIFIERS = ("super", "hyper", "meta")
_SAME = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
    "ctrl+left_square_bracket": "escape",
}
"""Keys that send the same code as another: terminals have had one code for both since 1963 (ASCII)."""
_CONTROL = frozenset(
    ("@", "space", "backslash", "right_square_bracket", "circumflex_accent", "underscore")
)
"""Signs beside letters that have a control code of their own."""
_TEXTUAL = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Characters with another name in Textual than in Unicode (``textual.keys.KEY_NAME_REPLACEMENTS``)."""
_NAMES = {
    sign: _TEXTUAL.get(name, name)
    for sign in string.punctuation
    for name in (unicodedata.name(sign).lower().replace("-", "_").replace(" ", "_"),)
}
_BY_NAME = {name: character for character, name in _NAMES.items()}


def normal(key: str) -> str:
    """Return ``key`` as Textual names it: ``?`` is ``question_mark``, ``Ctrl+X`` is ``ctrl+x``."""
    *modifiers, bare = _parts(key.strip())
    modifiers = sorted(modifier.lower() for modifier in modifiers)
    if len(bare) > 1 or "ctrl" in modifiers:
        bare = bare.lower()
    if modifiers == ["alt"] and bare.isupper():
        modifiers, bare = ["alt", "shift"], bare.lower()
    if not (modifiers == ["ctrl"] and bare == "@"):
        bare = _NAMES.get(bare, bare)
    return "+".join([*modifiers, bare])


def written(key: str) -> str:
    """Return Textual's name of a key as a keymap writes it: punctuation as the sign itself."""
    *modifiers, bare = _parts(key)
    return "+".join([*modifiers, bare if modifiers else _BY_NAME.get(bare, bare)])


def sign(name: str) -> str:
    """Return the sign of a punctuation's name in Textual; other names are returned unchanged."""
    return _BY_NAME.get(name, name)


def is_typed(key: str) -> bool:
    """Say whether ``key``, in Textual's name, types a character."""
    return len(key) == 1 or key == "space" or key in _BY_NAME


def wrong(key: str) -> str:
    """Return the clause why no terminal sends ``key``, in Textual's name; empty if one does."""
    *modifiers, bare = _parts(key)
    if any(modifier not in (*_MODIFIERS, *_RARE_MODIFIERS) for modifier in modifiers):
        odd = next(each for each in modifiers if each not in _MODIFIERS)
        return f"there is no modifier {odd}{nearest(odd, _MODIFIERS)}"
    if not (is_typed(bare) or bare in _NAMED or _FUNCTION.fullmatch(bare) or key == "ctrl+@"):
        return f"no key is called {bare}{nearest(bare, [*_NAMED, *_BY_NAME])}"
    if len(set(modifiers)) != len(modifiers):
        return "a modifier is named twice"
    if any(modifier in _RARE_MODIFIERS for modifier in modifiers):
        return "most terminals do not send it"
    if key in _SAME:
        return f"to a terminal it is {_SAME[key]}"
    return _why_not_sent(modifiers, bare)


def _why_not_sent(modifiers: list[str], bare: str) -> str:
    is_letter = len(bare) == 1 and bare.isalpha()
    if not modifiers or not (is_typed(bare) or bare in ("@", *_CODED)):
        return ""
    is_sent = {
        "shift": bare == "tab",
        "alt": len(bare) == 1 or bare in ("enter", "backspace"),
        "ctrl": is_letter or bare in _CONTROL,
        "alt+shift": is_letter,
    }
    if is_sent.get("+".join(modifiers), False):
        return ""
    if modifiers == ["shift"] and is_letter:
        return f"it types {bare.upper()}, so write that"
    return f"terminals send no {' and '.join(each.capitalize() for each in modifiers)} with it"


def _parts(key: str) -> list[str]:
    """Split ``key`` at each ``+`` that joins two keys."""
    if key == "+" or not key:
        return [key]
    if key.endswith("++"):
        return [*key[:-2].split("+"), "+"]
    return key.split("+")
