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
)
