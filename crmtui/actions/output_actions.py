"""What keys do in the output of commands."""

from __future__ import annotations

from crmtui.actions.action import Action

OUTPUT: tuple[Action, ...] = (
    Action("output.find", "output", "Find", "Find a text in the output", ("f",), True),
    Action("output.find_older", "output", "Older", "Find it again, further up", ("n",)),
    Action("output.find_newer", "output", "Newer", "Find it again, further down", ("N",)),
    Action(
        "output.older",
        "output",
        "Command before",
        "Choose the command before",
        ("left_curly_bracket",),
    ),
    Action(
        "output.newer",
        "output",
        "Command after",
        "Choose the command after",
        ("right_curly_bracket",),
    ),
    Action(
        "output.fold_one",
        "output",
        "Fold",
        "Fold what the chosen command said, or else the last, and unfold it",
        ("enter",),
        True,
    ),
    Action(
        "output.fold",
        "output",
        "Fold all",
        "Fold the output to its commands and their outcomes, and unfold it",
        ("z",),
        True,
    ),
    Action(
        "output.copy",
        "output",
        "Copy",
        "Copy what the chosen command said, or else the last, to the clipboard of the terminal (OSC 52)",
        ("y",),
        True,
    ),
)
