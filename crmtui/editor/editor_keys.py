"""Key presses of prompt_toolkit for keys named by Textual."""

from __future__ import annotations

from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys

_NAMES: dict[str, Keys] = {
    "enter": Keys.ControlM,
    "alt+enter": Keys.ControlJ,
    "backspace": Keys.ControlH,
    "ctrl+backspace": Keys.ControlW,
    "delete": Keys.Delete,
    "left": Keys.Left,
    "right": Keys.Right,
    "up": Keys.Up,
    "down": Keys.Down,
    "home": Keys.Home,
    "end": Keys.End,
    "insert": Keys.Insert,
    "tab": Keys.ControlI,
    "shift+tab": Keys.BackTab,
    "escape": Keys.Escape,
    "ctrl+left": Keys.ControlLeft,
    "ctrl+right": Keys.ControlRight,
    "ctrl+up": Keys.ControlUp,
    "ctrl+down": Keys.ControlDown,
    "ctrl+delete": Keys.ControlDelete,
    "ctrl+home": Keys.ControlHome,
    "ctrl+end": Keys.ControlEnd,
    "shift+left": Keys.ShiftLeft,
    "shift+right": Keys.ShiftRight,
    "ctrl+underscore": Keys.ControlUnderscore,
    "ctrl+at": Keys.ControlAt,
}

LOOKING_BACK = frozenset({"up", "ctrl+p", "ctrl+r", "ctrl+s", "alt+<", "k"})
"""Textual's names of the keys that search the history."""


def key_presses(name: str, character: str | None) -> tuple[KeyPress, ...]:
    """Return the key presses to feed for a key; empty if prompt_toolkit has no such key.

    Args:
        name: Textual's name of the key: ``a``, ``ctrl+r``, ``alt+b``, ``up``.
        character: The character that it types, or None.
    """
    if name in _NAMES:
        return (KeyPress(_NAMES[name]),)
    if name.startswith("alt+"):
        # readline's meta keys: Escape, then the key, before either is processed.
        rest = name.removeprefix("alt+")
        presses = key_presses(rest, rest if len(rest) == 1 else None)
        return (KeyPress(Keys.Escape), *presses) if presses else ()
    if name.startswith("ctrl+") and len(name) == len("ctrl+a"):
        return (KeyPress(Keys(f"c-{name[-1]}")),)
    if character is not None and character.isprintable():
        return (KeyPress(character),)
    return ()


def paste(text: str) -> KeyPress:
    """Return the key press that puts ``text`` into the line unchanged."""
    return KeyPress(Keys.BracketedPaste, text)
