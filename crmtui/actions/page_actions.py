"""What keys do on the page of a node, of a resource, or of the cluster."""

from __future__ import annotations

from crmtui.actions.action import KeyAction

PAGE: tuple[KeyAction, ...] = (
    KeyAction(
        "page.follow",
        "page",
        "Follow",
        "Go to the object that the line speaks of, or fold and unfold",
        ("enter",),
        True,
    ),
    KeyAction(
        "page.clear",
        "page",
        "Clear",
        "Clear the constraint that a move or ban has left",
        ("c",),
        True,
        True,
    ),
)
