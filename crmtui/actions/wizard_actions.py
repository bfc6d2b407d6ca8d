"""What keys do in the guided forms, where letters are typed into fields."""

from __future__ import annotations

from crmtui.actions.action import KeyAction

IN_REVIEW = frozenset(("wizard.commit", "wizard.stage", "wizard.verify", "wizard.undo"))
"""Actions on letters, which elsewhere in a form are typed into fields."""
WIZARD: tuple[KeyAction, ...] = (
    KeyAction("wizard.next", "wizard", "Next step", "Go to the next step", ("pagedown",), True),
    KeyAction("wizard.previous", "wizard", "Step back", "Go to the step before", ("pageup",)),
    KeyAction("wizard.choices", "wizard", "Choices", "Choose a value from a list", ("f2",), True),
    KeyAction(
        "wizard.unfold", "wizard", "All fields", "Show all fields, or the few", ("f3",), True
    ),
    KeyAction("wizard.by_hand", "wizard", "By hand", "Edit the crm text by hand", ("f4",), True),
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
        "wizard.back", "wizard", "Back", "Go a step back; from the first, leave", ("escape",), True
    ),
    KeyAction("wizard.commit", "wizard", "Commit", "Commit it", ("c",), True, True),
    KeyAction("wizard.stage", "wizard", "Stage", "Leave it uncommitted in configure", ("s",), True),
    KeyAction("wizard.verify", "wizard", "Verify", "Verify and forecast it again", ("v",), True),
    KeyAction(
        "wizard.undo", "wizard", "Drop", "After a failure: drop what was staged", ("u",), True
    ),
)
