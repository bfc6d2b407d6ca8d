"""Actions in the output of commands."""

from __future__ import annotations

from crmtui.actions.action import KeyAction

OUTPUT: tuple[KeyAction, ...] = (
    KeyAction("output.find", "output", "Find", "Find a text in the output", ("f",), True),
    KeyAction(
        "output.find_older", "output", "Older", "Find the previous match, further up", ("n",)
    ),
    KeyAction("output.find_newer", "output", "Newer", "Find the next match, further down", ("N",)),
    KeyAction(
        "output.older",
        "output",
        "Previous",
        "Select the previous command",
        ("left_curly_bracket",),
    ),
    KeyAction(
        "output.newer",
        "output",
        "Next",
        "Select the next command",
        ("right_curly_bracket",),
    ),
    KeyAction(
        "output.fold_one",
        "output",
        "Fold",
        "Fold the output of the selected or last command (toggle)",
        ("enter",),
        True,
    ),
    KeyAction(
        "output.fold",
        "output",
        "Fold all",
        "Fold all output to commands and outcomes (toggle)",
        ("z",),
        True,
    ),
    KeyAction(
        "output.copy",
        "output",
        "Copy",
        "Copy the output of the selected or last command to the terminal's clipboard (OSC 52)",
        ("y",),
        True,
    ),
)
