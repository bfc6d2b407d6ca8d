"""Actions in the timeline."""

from __future__ import annotations

from crmtui.actions.action import KeyAction

TIMELINE: tuple[KeyAction, ...] = (
    KeyAction(
        "timeline.follow",
        "timeline",
        "Go there",
        "Go to the node or resource of the entry",
        ("enter",),
        True,
    ),
    KeyAction(
        "timeline.export", "timeline", "Export", "Export the timeline to a file", ("e",), True
    ),
    KeyAction(
        "timeline.copy",
        "timeline",
        "Copy",
        "Copy the timeline to the terminal's clipboard",
        ("y",),
    ),
)
