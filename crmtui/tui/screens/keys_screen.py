"""The keys dialog: every action with its keys, changed by pressing a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from crmtui import keymap as keymaps
from crmtui.actions import ACTIONS, BY_ID
from crmtui.keymap.checks import clashing, faults
from crmtui.tui.presentation.key_names import hints, key_names
from crmtui.tui.screens.press_key import PressScreen
from crmtui.tui.textual_ext.bindings import SCOPES, bindings_of, closing
from crmtui.tui.widgets.dialogs import Options

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from crmtui.actions import KeyAction
    from crmtui.tui.screens.preferences_protocol import Preferences

_KEYS = (
    ("", "Enter change"),
    ("keys.add", "add"),
    ("keys.none", "remove"),
    ("keys.reset", "reset"),
    ("keys.save", "save"),
    ("", "Esc close"),
)
_ROOM = 22
"""Columns of the screen for the keys of an action."""


class KeysScreen(ModalScreen[None]):
    """List of the actions with their keys. A change takes effect at once; saving keeps it.

    Args:
        preferences: Reads, changes and saves the keymap.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *closing("close", also="q"),
        *bindings_of("keys", {"keys.add": "press(True)"}),
    ]

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._before = keymaps.load(preferences.keymap.name).keys
        self._keys = dict(preferences.keymap.keys)

    def compose(self) -> ComposeResult:
        """Lay out the actions, grouped by pane."""
        with Vertical(id="dialog"):
            yield Static("", classes="title", id="title", markup=False)
            yield Options(*self._options(), id="actions")
            yield Static("", id="told", markup=False)
            yield Static("", classes="keys", id="keys", markup=False)

    def on_mount(self) -> None:
        """Select the first action."""
        actions = self.query_one(Options)
        actions.highlighted = 1
        self.set_focus(actions)
        self._entitle()

    def _entitle(self) -> None:
        self.query_one("#title", Static).update(f"Keys: the keymap {self._preferences.keymap.name}")
        self.query_one("#keys", Static).update(hints(self._keys, *_KEYS, gap=2))

    def _options(self) -> list[Option]:
        options = []
        for scope, title in SCOPES.items():
            options.append(Option(Text(title, "bold"), disabled=True))
            options += [
                Option(self._line(action), id=action.id)
                for action in ACTIONS
                if action.scope == scope
            ]
        return options

    def _line(self, action: KeyAction) -> Text:
        keys = self._keys[action.id]
        mark = "*" if keys != self._before[action.id] else " "
        line = Text(no_wrap=True, overflow="ellipsis")
        line.append(f"{mark} {key_names(keys) or '(no key)':<{_ROOM}} ", "" if keys else "dim")
        return line.append(action.words)

    @property
    def _selected(self) -> str:
        listed = self.query_one(Options)
        at = listed.highlighted
        return (listed.get_option_at_index(at).id or "") if at is not None else ""

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Replace the keys of the selected action by a pressed one."""
        event.stop()
        self.action_press(False)

    @work
    async def action_press(self, is_one_more: bool) -> None:
        """Take a key for the selected action.

        Args:
            is_one_more: True to add the key to the present ones; False to replace them.
        """
        action = self._selected
        key = await self.app.push_screen_wait(PressScreen(BY_ID[action], self._keys))
        if key is None:
            return
        keys = dict(self._keys)
        for other in clashing(keys, action, key):
            keys[other] = tuple(each for each in keys[other] if each != key)
        kept = tuple(each for each in keys[action] if is_one_more and each != key)
        keys[action] = (*kept, key)
        self._change(keys)

    def action_keys_none(self) -> None:
        """Remove all keys of the selected action."""
        self._change({**self._keys, self._selected: ()})

    def action_keys_reset(self) -> None:
        """Restore the keys that the selected action had before."""
        self._change({**self._keys, self._selected: self._before[self._selected]})

    def _change(self, keys: dict[str, tuple[str, ...]]) -> None:
        """Put ``keys`` into effect, or show why they cannot be used together."""
        if wrong := faults(keys):
            self._say(wrong[0])
            return
        self._keys = keys
        self._preferences.change_keys(keys)
        self._say("")
        self._repaint()

    def _repaint(self) -> None:
        listed = self.query_one(Options)
        for action in ACTIONS:
            listed.replace_option_prompt(action.id, self._line(action))

    def _say(self, words: str) -> None:
        self.query_one("#told", Static).update(words)

    def action_keys_save(self) -> None:
        """Save the keys as a keymap of the user, and show the outcome."""
        self._say(self._preferences.save_keys())
        self._before = keymaps.load(self._preferences.keymap.name).keys
        self._entitle()
        self._repaint()

    def action_close(self) -> None:
        """Close the dialog; unsaved changes last for this run."""
        self.dismiss(None)
