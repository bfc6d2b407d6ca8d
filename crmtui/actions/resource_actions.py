"""Actions in the tree of resources."""

from __future__ import annotations

from functools import partial

from crmtui.actions.action import KeyAction

_on = partial(KeyAction, scope="resources", is_disruptive=True)

RESOURCES: tuple[KeyAction, ...] = (
    KeyAction(
        "resources.why",
        "resources",
        "Why?",
        "Explain why the selected resource runs where it does, or not at all",
        ("w",),
        True,
    ),
    KeyAction("resources.fold_all", "resources", "Fold all", "Fold all resources (toggle)", ("f",)),
    KeyAction(
        "resources.new",
        "resources",
        "New",
        "New: resource, constraint or other object, with a guided form",
        ("n",),
        True,
    ),
    KeyAction(
        "resources.edit",
        "resources",
        "Edit",
        "Edit the selected resource with a guided form",
        ("e",),
    ),
    _on(
        "resource.start",
        label="Start",
        words="Start resources that are disabled",
        keys=("s",),
        is_shown=True,
    ),
    _on("resource.stop", label="Stop", words="Stop resources", keys=("S",), is_shown=True),
    _on(
        "resource.restart",
        label="Restart",
        words="Restart resources: stop and start them",
        keys=("R",),
    ),
    _on("resource.promote", label="Promote", words="Promote a promotable clone", keys=("p",)),
    _on("resource.demote", label="Demote", words="Demote a promotable clone", keys=("d",)),
    _on(
        "resource.move",
        label="Move",
        words="Move resources to a node of your choice",
        also="migrate",
        keys=("m",),
        is_shown=True,
    ),
    _on("resource.ban", label="Ban", words="Ban resources from a node", keys=("b",)),
    _on(
        "resource.clear",
        label="Clear",
        words="Clear the constraints left by Move and Ban",
        keys=("c",),
    ),
    _on(
        "resource.cleanup",
        label="Clean up",
        words="Clean up: forget failures and check again",
        keys=("x",),
    ),
    _on(
        "resource.refresh",
        label="Refresh",
        words="Refresh: forget the operation history and probe again",
        keys=("X",),
    ),
    _on(
        "resource.manage",
        label="Manage",
        words="Let the cluster manage resources again",
        keys=("i",),
    ),
    _on(
        "resource.unmanage",
        label="Unmanage",
        words="Unmanage resources: leave them running",
        keys=("I",),
    ),
    _on(
        "resource.maintenance",
        label="Maintenance",
        words="Maintenance of resources (toggle)",
        keys=("M",),
    ),
    KeyAction(
        "resource.details",
        "resources",
        "Details",
        "Details of the selected resource",
        ("enter",),
        True,
    ),
    KeyAction(
        "resources.view",
        "resources",
        "View",
        "Switch the view: tree, by node, matrix",
        ("v",),
        True,
    ),
    KeyAction(
        "resources.sort_next",
        "resources",
        "Sort",
        "Reverse the order, then sort by the next column",
        ("greater_than_sign",),
    ),
    KeyAction(
        "resources.sort_previous",
        "resources",
        "Sort",
        "Sort by the previous column",
        ("less_than_sign",),
    ),
    KeyAction(
        "resources.mark",
        "resources",
        "Mark",
        "Mark for the next action (toggle)",
        ("space",),
    ),
)
