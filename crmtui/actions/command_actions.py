"""What keys do in the command line instead of typing."""

from __future__ import annotations

from crmtui.actions.action import Action

COMMAND: tuple[Action, ...] = (
    Action(
        "command.complete",
        "command",
        "Complete",
        "Complete the word, then the next choice",
        ("tab",),
        True,
    ),
    Action(
        "command.complete_back", "command", "Previous", "Take the previous choice", ("shift+tab",)
    ),
    Action(
        "command.help",
        "command",
        "Explain",
        "Show or hide the long help for what is typed or chosen",
        ("f3",),
        True,
    ),
    Action(
        "command.leave",
        "command",
        "Panes",
        "Close the menu, then return to the panes",
        ("escape",),
        True,
    ),
    Action(
        "command.clear", "command", "Clear", "Clear the line; stop what runs", ("ctrl+c",), True
    ),
    Action(
        "command.end",
        "command",
        "Delete",
        "Delete a character; on an empty line, leave",
        ("ctrl+d",),
    ),
    Action("command.scroll_up", "command", "Page up", "Scroll the output back", ("pageup",)),
    Action("command.scroll_down", "command", "Page down", "Scroll the output on", ("pagedown",)),
)
