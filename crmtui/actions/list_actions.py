"""Actions that move, in every list and every text."""

from __future__ import annotations

from crmtui.actions.action import KeyAction

LISTS: tuple[KeyAction, ...] = (
    KeyAction("list.up", "list", "Up", "Go up a line", ("up", "k")),
    KeyAction("list.down", "list", "Down", "Go down a line", ("down", "j")),
    KeyAction("list.left", "list", "Left", "Fold, or go to the parent; go left", ("left", "h")),
    KeyAction("list.right", "list", "Right", "Unfold; go right", ("right", "l")),
    KeyAction("list.page_up", "list", "Page up", "Go up a page", ("pageup",)),
    KeyAction("list.page_down", "list", "Page down", "Go down a page", ("pagedown",)),
    KeyAction("list.top", "list", "First", "Go to the beginning", ("home", "g")),
    KeyAction("list.bottom", "list", "Last", "Go to the end", ("end", "G")),
)
