"""Actions on the page of a node, of a resource, or of the cluster."""

from __future__ import annotations

from crmtui.actions.action import KeyAction

PAGE: tuple[KeyAction, ...] = (
    KeyAction(
        "page.follow",
        "page",
        "Follow",
        "Go to the object of the line, or fold (toggle)",
        ("enter",),
        True,
    ),
    KeyAction(
        "page.clear",
        "page",
        "Clear",
        "Clear the constraint left by Move or Ban",
        ("c",),
        True,
        True,
    ),
)
