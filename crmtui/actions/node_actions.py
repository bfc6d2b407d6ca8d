"""Actions in the list of nodes."""

from __future__ import annotations

from functools import partial

from crmtui.actions.action import KeyAction

_on = partial(KeyAction, scope="nodes", is_disruptive=True)

NODES: tuple[KeyAction, ...] = (
    _on(
        "node.standby",
        label="Standby",
        words="Put nodes into standby: move all resources away",
        keys=("s",),
        is_shown=True,
    ),
    _on(
        "node.standby_reboot",
        label="Standby until reboot",
        words="Put nodes into standby until they reboot",
        keys=("S",),
    ),
    _on(
        "node.online",
        label="Online",
        words="Take nodes out of standby",
        keys=("o",),
        is_shown=True,
    ),
    _on(
        "node.maintenance",
        label="Maintenance",
        words="Put nodes into maintenance: leave their resources alone",
        keys=("m",),
    ),
    _on("node.ready", label="Ready", words="Take nodes out of maintenance", keys=("M",)),
    _on(
        "node.fence", label="Fence", words="Fence nodes: power them off or reset them", keys=("F",)
    ),
    _on(
        "node.clearstate",
        label="Clear state",
        words="Clear the state of nodes that are surely off",
        keys=("C",),
    ),
    KeyAction(
        "nodes.new",
        "nodes",
        "New",
        "New: resource, constraint or other object, with a guided form",
        ("n",),
        True,
    ),
    KeyAction(
        "nodes.edit", "nodes", "Edit", "Edit the fencing topology with a guided form", ("e",)
    ),
    KeyAction("node.details", "nodes", "Details", "Details of the selected node", ("enter",), True),
    KeyAction(
        "nodes.sort_next",
        "nodes",
        "Sort",
        "Reverse the order, then sort by the next column",
        ("greater_than_sign",),
    ),
    KeyAction(
        "nodes.sort_previous",
        "nodes",
        "Sort",
        "Sort by the previous column",
        ("less_than_sign",),
    ),
    KeyAction("nodes.mark", "nodes", "Mark", "Mark for the next action (toggle)", ("space",)),
)
