"""What keys do in the list of nodes."""

from __future__ import annotations

from functools import partial

from crmtui.actions.action import KeyAction

_on = partial(KeyAction, scope="nodes", is_disruptive=True)

NODES: tuple[KeyAction, ...] = (
    _on(
        "node.standby",
        label="Standby",
        words="Put nodes into standby: move everything away",
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
        "node.fence", label="Fence", words="Fence nodes: cut them off, and reset them", keys=("F",)
    ),
    _on(
        "node.clearstate",
        label="Clear state",
        words="Forget the state of nodes that are surely off",
        keys=("C",),
    ),
    KeyAction("nodes.new", "nodes", "New", "Make something new with a guided form", ("n",), True),
    KeyAction(
        "nodes.edit", "nodes", "Edit", "Change the fencing topology with a guided form", ("e",)
    ),
    KeyAction("node.details", "nodes", "Details", "Details of the selected node", ("enter",), True),
    KeyAction(
        "nodes.sort_next",
        "nodes",
        "Sort",
        "Sort by this column the other way round, then by the next",
        ("greater_than_sign",),
    ),
    KeyAction(
        "nodes.sort_previous",
        "nodes",
        "Sort",
        "Sort by the previous column",
        ("less_than_sign",),
    ),
    KeyAction(
        "nodes.mark", "nodes", "Mark", "Mark for the next action, or take the mark away", ("space",)
    ),
)
