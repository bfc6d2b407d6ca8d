"""Actions in the guided forms, where letters are typed into fields."""

from __future__ import annotations

from crmtui.actions.action import KeyAction

IN_REVIEW = frozenset(("wizard.commit", "wizard.stage", "wizard.verify", "wizard.undo"))
"""Actions of the review, which has no fields and so takes letters as keys."""
WIZARD: tuple[KeyAction, ...] = (
    KeyAction("wizard.next", "wizard", "Next", "Go to the next step", ("pagedown",), True),
    KeyAction("wizard.previous", "wizard", "Previous", "Go to the previous step", ("pageup",)),
    KeyAction("wizard.choices", "wizard", "Choices", "Choose a value from a list", ("f2",), True),
    KeyAction("wizard.unfold", "wizard", "All fields", "Show all fields (toggle)", ("f3",), True),
    KeyAction("wizard.by_hand", "wizard", "Edit text", "Edit the crm text by hand", ("f4",), True),
    KeyAction(
        "wizard.missing",
        "wizard",
        "Missing",
        "Go to the next field that is missing or wrong",
        ("f6",),
    ),
    KeyAction(
        "wizard.review", "wizard", "Review", "Verify, forecast, then stage or commit", ("f8",), True
    ),
    KeyAction("wizard.copy", "wizard", "Copy", "Copy the crm text to the clipboard", ("f7",)),
    KeyAction(
        "wizard.back",
        "wizard",
        "Back",
        "Go back a step; from the first, close the form",
        ("escape",),
        True,
    ),
    KeyAction("wizard.commit", "wizard", "Commit", "Commit the lines", ("c",), True, True),
    KeyAction("wizard.stage", "wizard", "Stage", "Stage the lines, uncommitted", ("s",), True),
    KeyAction("wizard.verify", "wizard", "Verify", "Verify and forecast again", ("v",), True),
    KeyAction(
        "wizard.undo",
        "wizard",
        "Discard",
        "After a failure: discard the staged lines",
        ("u",),
        True,
    ),
)
