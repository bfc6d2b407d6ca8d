"""What keys do in dialogs, beside choosing, closing and confirming, which are the same in all."""

from __future__ import annotations

from crmtui.actions.action import KeyAction

DIALOGS: tuple[KeyAction, ...] = (
    KeyAction(
        "settings.next", "settings", "Next", "Take the next value", ("right", "l", "space"), True
    ),
    KeyAction("settings.previous", "settings", "Before", "Take the value before", ("left", "h")),
    KeyAction("settings.keys", "settings", "Keys", "Change the keys", ("e",), True),
    KeyAction("settings.save", "settings", "Save", "Save the settings", ("s",), True),
    KeyAction("keys.add", "keys", "One more", "Give one more key", ("plus", "insert"), True),
    KeyAction("keys.none", "keys", "None", "Take all keys away", ("delete", "backspace"), True),
    KeyAction("keys.reset", "keys", "As before", "Give the keys of before back", ("r",), True),
    KeyAction("keys.save", "keys", "Save", "Save the keys as a keymap of your own", ("s",), True),
    KeyAction("log.script", "log", "Script", "Write the changes as a script", ("e",), True),
    KeyAction("pending.commit", "pending", "Commit", "Commit them", ("c",), True, True),
    KeyAction("pending.discard", "pending", "Discard", "Discard them", ("d",), True),
    KeyAction("leaving.commit", "leaving", "Commit", "Commit, and leave", ("c",), True, True),
    KeyAction("leaving.discard", "leaving", "Discard", "Discard, and leave", ("d",), True),
    KeyAction(
        "leaving.keep", "leaving", "Keep", "Keep for the next start, and leave", ("k",), True
    ),
    KeyAction("leaving.stay", "leaving", "Stay", "Stay", ("s",), True),
)
