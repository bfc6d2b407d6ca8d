"""Actions in the command line, on keys that type nothing."""

from __future__ import annotations

from crmtui.actions.action import KeyAction

COMMAND: tuple[KeyAction, ...] = (
    KeyAction(
        "command.complete",
        "command",
        "Complete",
        "Complete the word; again: take the next choice",
        ("tab",),
        True,
    ),
    KeyAction(
        "command.complete_back", "command", "Previous", "Take the previous choice", ("shift+tab",)
    ),
    KeyAction(
        "command.help",
        "command",
        "Explain",
        "Show or hide the help for the word at the cursor",
        ("f3",),
        True,
    ),
    KeyAction(
        "command.leave",
        "command",
        "Panes",
        "Close the menu, then return to the panes",
        ("escape",),
        True,
    ),
    KeyAction(
        "command.clear",
        "command",
        "Clear",
        "Clear the line; interrupt the running command",
        ("ctrl+c",),
        True,
    ),
    KeyAction(
        "command.end",
        "command",
        "Delete",
        "Delete a character; on an empty line, quit",
        ("ctrl+d",),
    ),
    KeyAction("command.scroll_up", "command", "Page up", "Scroll the output back", ("pageup",)),
    KeyAction("command.scroll_down", "command", "Page down", "Scroll the output on", ("pagedown",)),
)
