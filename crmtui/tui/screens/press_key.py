"""The dialog that takes a new key for an action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from crmtui.actions import BY_ID
from crmtui.keymap.checks import clashing, swallowed
from crmtui.keymap.keys import normal, wrong
from crmtui.tui.presentation.key_names import key_name, key_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult

    from crmtui.actions import KeyAction


class PressScreen(ModalScreen[str | None]):
    """Dialog whose result is the next pressed key; None for Escape.

    A key that cannot be used is refused with the reason. A key of another action is accepted when
    pressed again; the other action loses it.

    Args:
        action: The action for the key.
        keys: The keys of every action.
    """

    def __init__(self, action: KeyAction, keys: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        self._action = action
        self._keys = keys
        self._warned_of = ""

    def compose(self) -> ComposeResult:
        """Lay out the action with its present keys."""
        now = key_names(self._keys[self._action.id]) or "no key"
        with Vertical(id="dialog"):
            yield Static(Text("Press a key"), classes="title")
            yield Static(Text(f"{self._action.words} (now: {now})"))
            yield Static("", id="told", markup=False)
            yield Static(Text("Esc  cancel"), classes="keys")

    def on_key(self, event: events.Key) -> None:
        """Close the dialog with the key, or show why it cannot be used."""
        event.stop()
        event.prevent_default()
        key = normal(event.key)
        if key == "escape":
            self.dismiss(None)
        elif why := wrong(key) or swallowed(self._action, key):
            self._warn("", f"{key_name(key)}: {why}. Press another one.")
        elif (others := clashing(self._keys, self._action.id, key)) and (key != self._warned_of):
            whose = ", ".join(BY_ID[other].words for other in others)
            self._warn(key, f"{key_name(key)} is taken: {whose}. Press it again to reassign it.")
        else:
            self.dismiss(key)

    def _warn(self, key: str, words: str) -> None:
        self._warned_of = key
        self.query_one("#told", Static).update(words)
