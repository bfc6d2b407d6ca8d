"""What keys do in the guided forms, where letters are typed into fields."""

from __future__ import annotations

from crmtui.actions.action import Action

IN_REVIEW = frozenset(("wizard.commit", "wizard.stage", "wizard.verify", "wizard.undo"))
"""Actions on letters, which elsewhere in a form are typed into fields."""
WIZARD: tuple[Action, ...] = (
    Action("wizard.next", "wizard", "Next step", "Go to the next step", ("pagedown",), True),
    Action("wizard.previous", "wizard", "Step back", "Go to the step before", ("pageup",)),
    Action("wizard.choices", "wizard", "Choices", "Choose a value from a list", ("f2",), True),
    Action("wizard.unfold", "wizard", "All fields", "Show all fields, or the few", ("f3",), True),
    Action("wizard.by_hand", "wizard", "By hand", "Edit the crm text by hand", ("f4",), True),
    Action(
        "wizard.missing",
        "wizard",
        "Missing",
        "Go to the next field that is missing or wrong",
        ("f6",),
    ),
    Action(
        "wizard.review", "wizard", "Review", "Verify, forecast, then stage or commit", ("f8",), True
    ),
    Action("wizard.copy", "wizard", "Copy", "Copy the crm text to the clipboard", ("f7",)),
    Action(
        "wizard.back", "wizard", "Back", "Go a step back; from the first, leave", ("escape",), True
    ),
    Action("wizard.commit", "wizard", "Commit", "Commit it", ("c",), True, True),
    Action("wizard.stage", "wizard", "Stage", "Leave it uncommitted in configure", ("s",), True),
    Action("wizard.verify", "wizard", "Verify", "Verify and forecast it again", ("v",), True),
    Action("wizard.undo", "wizard", "Drop", "After a failure: drop what was staged", ("u",), True),
)
