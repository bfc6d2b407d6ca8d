"""What keys do in dialogs, beside choosing, closing and confirming, which are the same in all."""

from __future__ import annotations

from crmtui.actions.action import Action

DIALOGS: tuple[Action, ...] = (
    Action(
        "settings.next", "settings", "Next", "Take the next value", ("right", "l", "space"), True
    ),
    Action("settings.previous", "settings", "Before", "Take the value before", ("left", "h")),
    Action("settings.keys", "settings", "Keys", "Change the keys", ("e",), True),
    Action("settings.save", "settings", "Save", "Save the settings", ("s",), True),
    Action("keys.add", "keys", "One more", "Give one more key", ("plus", "insert"), True),
    Action("keys.none", "keys", "None", "Take all keys away", ("delete", "backspace"), True),
    Action("keys.reset", "keys", "As before", "Give the keys of before back", ("r",), True),
    Action("keys.save", "keys", "Save", "Save the keys as a keymap of your own", ("s",), True),
    Action("log.script", "log", "Script", "Write the changes as a script", ("e",), True),
    Action("pending.commit", "pending", "Commit", "Commit them", ("c",), True, True),
    Action("pending.discard", "pending", "Discard", "Discard them", ("d",), True),
    Action("leaving.commit", "leaving", "Commit", "Commit, and leave", ("c",), True, True),
    Action("leaving.discard", "leaving", "Discard", "Discard, and leave", ("d",), True),
    Action("leaving.keep", "leaving", "Keep", "Keep for the next start, and leave", ("k",), True),
    Action("leaving.stay", "leaving", "Stay", "Stay", ("s",), True),
)
