"""What keys do in the timeline."""

from __future__ import annotations

from crmtui.actions.action import KeyAction

TIMELINE: tuple[KeyAction, ...] = (
    KeyAction(
        "timeline.follow",
        "timeline",
        "Go there",
        "Go to the node or resource that the entry is about",
        ("enter",),
        True,
    ),
    KeyAction(
        "timeline.export", "timeline", "Export", "Write the timeline to a file", ("e",), True
    ),
    KeyAction(
        "timeline.copy",
        "timeline",
        "Copy",
        "Copy what is shown to the terminal's clipboard",
        ("y",),
    ),
)
