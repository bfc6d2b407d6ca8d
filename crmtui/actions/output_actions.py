"""What keys do in the output of commands."""

from __future__ import annotations

from crmtui.actions.action import KeyAction

OUTPUT: tuple[KeyAction, ...] = (
    KeyAction("output.find", "output", "Find", "Find a text in the output", ("f",), True),
    KeyAction("output.find_older", "output", "Older", "Find it again, further up", ("n",)),
    KeyAction("output.find_newer", "output", "Newer", "Find it again, further down", ("N",)),
    KeyAction(
        "output.older",
        "output",
        "Command before",
        "Choose the command before",
        ("left_curly_bracket",),
    ),
    KeyAction(
        "output.newer",
        "output",
        "Command after",
        "Choose the command after",
        ("right_curly_bracket",),
    ),
    KeyAction(
        "output.fold_one",
        "output",
        "Fold",
        "Fold what the chosen command said, or else the last, and unfold it",
        ("enter",),
        True,
    ),
    KeyAction(
        "output.fold",
        "output",
        "Fold all",
        "Fold the output to its commands and their outcomes, and unfold it",
        ("z",),
        True,
    ),
    KeyAction(
        "output.copy",
        "output",
        "Copy",
        "Copy what the chosen command said, or else the last, to the clipboard of the terminal (OSC 52)",
        ("y",),
        True,
    ),
)
