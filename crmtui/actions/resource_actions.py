"""What keys do in the tree of resources."""

from __future__ import annotations

from functools import partial

from crmtui.actions.action import KeyAction

_on = partial(KeyAction, scope="resources", is_disruptive=True)

RESOURCES: tuple[KeyAction, ...] = (
    KeyAction(
        "resources.why",
        "resources",
        "Why?",
        "Say why the selected resource runs where it runs, or does not",
        ("w",),
        True,
    ),
    KeyAction(
        "resources.fold_all", "resources", "Fold all", "Fold or unfold all resources", ("f",)
    ),
    KeyAction(
        "resources.new", "resources", "New", "Make something new with a guided form", ("n",), True
    ),
    KeyAction(
        "resources.edit",
        "resources",
        "Edit",
        "Change the selected resource with a guided form",
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
    _on("resource.restart", label="Restart", words="Stop resources and start them", keys=("R",)),
    _on("resource.promote", label="Promote", words="Promote a promotable clone", keys=("p",)),
    _on("resource.demote", label="Demote", words="Demote a promotable clone", keys=("d",)),
    _on(
        "resource.move",
        label="Move",
        words="Move resources to a node that you choose",
        also="migrate",
        keys=("m",),
        is_shown=True,
    ),
    _on("resource.ban", label="Ban", words="Ban resources from a node", keys=("b",)),
    _on(
        "resource.clear",
        label="Clear",
        words="Remove the constraints that move and ban have left",
        keys=("c",),
    ),
    _on(
        "resource.cleanup", label="Clean up", words="Forget failures, and check again", keys=("x",)
    ),
    _on(
        "resource.refresh",
        label="Refresh",
        words="Forget the operation history, and probe again",
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
        words="Leave resources running, unmanaged",
        keys=("I",),
    ),
    _on(
        "resource.maintenance",
        label="Maintenance",
        words="Put resources into maintenance, or take them out of it",
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
        "resources.view", "resources", "View", "Show the tree, by node, or a matrix", ("v",), True
    ),
    KeyAction(
        "resources.sort_next",
        "resources",
        "Sort",
        "Sort by this column the other way round, then by the next",
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
        "Mark for the next action, or take the mark away",
        ("space",),
    ),
)
