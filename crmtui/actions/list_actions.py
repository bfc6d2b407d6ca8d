"""What keys do in every list and in every text that is read: they move."""

from __future__ import annotations

from crmtui.actions.action import Action

LISTS: tuple[Action, ...] = (
    Action("list.up", "list", "Up", "Go up a line", ("up", "k")),
    Action("list.down", "list", "Down", "Go down a line", ("down", "j")),
    Action(
        "list.left", "list", "Left", "Fold, or go to what it is part of; go left", ("left", "h")
    ),
    Action("list.right", "list", "Right", "Unfold; go right", ("right", "l")),
    Action("list.page_up", "list", "Page up", "Go up a page", ("pageup",)),
    Action("list.page_down", "list", "Page down", "Go down a page", ("pagedown",)),
    Action("list.top", "list", "First", "Go to the beginning", ("home", "g")),
    Action("list.bottom", "list", "Last", "Go to the end", ("end", "G")),
)
