"""What keys do in the list of nodes."""

from __future__ import annotations

from crmtui.actions.action import Action

NODES: tuple[Action, ...] = (
    Action(
        "node.standby", "nodes", "Standby", "Put the selected node into standby", ("s",), True, True
    ),
    Action(
        "node.online",
        "nodes",
        "Online",
        "Take the selected node out of standby",
        ("o",),
        True,
        True,
    ),
    Action("nodes.new", "nodes", "New", "Make something new with a guided form", ("n",), True),
    Action("nodes.edit", "nodes", "Edit", "Change the fencing topology with a guided form", ("e",)),
)
