"""Actions of single dialogs; choosing, closing and confirming are the same in all and not here."""

from __future__ import annotations

from crmtui.actions.action import KeyAction

DIALOGS: tuple[KeyAction, ...] = (
    KeyAction(
        "settings.next", "settings", "Next", "Take the next value", ("right", "l", "space"), True
    ),
    KeyAction(
        "settings.previous", "settings", "Previous", "Take the previous value", ("left", "h")
    ),
    KeyAction("settings.keys", "settings", "Keys", "Change the keys", ("e",), True),
    KeyAction("settings.save", "settings", "Save", "Save the settings", ("s",), True),
    KeyAction("keys.add", "keys", "Add", "Add a key", ("plus", "insert"), True),
    KeyAction(
        "keys.none",
        "keys",
        "Remove",
        "Remove all keys of the action",
        ("delete", "backspace"),
        True,
    ),
    KeyAction("keys.reset", "keys", "Reset", "Restore the keys of before", ("r",), True),
    KeyAction("keys.save", "keys", "Save", "Save the keys as your own keymap", ("s",), True),
    KeyAction("log.script", "log", "Script", "Export the changes as a script", ("e",), True),
    KeyAction("pending.commit", "pending", "Commit", "Commit the changes", ("c",), True, True),
    KeyAction("pending.discard", "pending", "Discard", "Discard the changes", ("d",), True),
    KeyAction("leaving.commit", "leaving", "Commit", "Commit and quit", ("c",), True, True),
    KeyAction("leaving.discard", "leaving", "Discard", "Discard and quit", ("d",), True),
    KeyAction("leaving.keep", "leaving", "Keep", "Keep for the next start and quit", ("k",), True),
    KeyAction("leaving.stay", "leaving", "Cancel", "Cancel: do not quit", ("s",), True),
)
