"""What keys do in the command line instead of typing."""

from __future__ import annotations

from crmtui.actions.action import KeyAction

COMMAND: tuple[KeyAction, ...] = (
    KeyAction(
        "command.complete",
        "command",
        "Complete",
        "Complete the word, then the next choice",
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
        "Show or hide the long help for what is typed or chosen",
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
        "command.clear", "command", "Clear", "Clear the line; stop what runs", ("ctrl+c",), True
    ),
    KeyAction(
        "command.end",
        "command",
        "Delete",
        "Delete a character; on an empty line, leave",
        ("ctrl+d",),
    ),
    KeyAction("command.scroll_up", "command", "Page up", "Scroll the output back", ("pageup",)),
    KeyAction("command.scroll_down", "command", "Page down", "Scroll the output on", ("pagedown",)),
)
