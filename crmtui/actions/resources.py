"""What keys do in the tree of resources."""

from __future__ import annotations

from crmtui.actions.action import Action

RESOURCES: tuple[Action, ...] = (
    Action(
        "resources.why",
        "resources",
        "Why?",
        "Say why the selected resource runs where it runs, or does not",
        ("w",),
        True,
    ),
    Action("resources.fold_all", "resources", "Fold all", "Fold or unfold all resources", ("f",)),
    Action(
        "resources.new", "resources", "New", "Make something new with a guided form", ("n",), True
    ),
    Action(
        "resources.edit",
        "resources",
        "Edit",
        "Change the selected resource with a guided form",
        ("e",),
    ),
)
