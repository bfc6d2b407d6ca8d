"""What keys do on the page of a node, of a resource, or of the cluster."""

from __future__ import annotations

from crmtui.actions.action import Action

PAGE: tuple[Action, ...] = (
    Action(
        "page.follow",
        "page",
        "Follow",
        "Go to the object that the line speaks of, or fold and unfold",
        ("enter",),
        True,
    ),
    Action(
        "page.clear",
        "page",
        "Clear",
        "Clear the constraint that a move or ban has left",
        ("c",),
        True,
        True,
    ),
)
