"""The settings dialog: every setting that can change while the program runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from crmtui.settings import SETTINGS
from crmtui.tui.presentation.key_names import hints
from crmtui.tui.screens.action_menu import hanging
from crmtui.tui.textual_ext.bindings import bindings_of, closing
from crmtui.tui.widgets.dialogs import Options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from crmtui.settings import SettingSpec
    from crmtui.tui.screens.preferences_protocol import Preferences

_KEYS = (
    ("settings.previous settings.next", "change"),
    ("settings.keys", "edit the keys"),
    ("settings.save", "save"),
    ("", "Esc  close"),
)


class SettingsScreen(ModalScreen[None]):
    """List of the settings. A change takes effect at once; saving keeps it for the next start.

    Args:
        preferences: Reads, changes and saves the settings.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *closing("close", "app.settings", also="q"),
        *bindings_of("settings", {"settings.next": "step(1)", "settings.previous": "step(-1)"}),
    ]

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._offered = [setting for setting in SETTINGS if self._values(setting)]

    def compose(self) -> ComposeResult:
        """Lay out the settings."""
        with Vertical(id="dialog"):
            yield Static(Text("Settings"), classes="title")
            yield Options(*map(self._option, self._offered), id="settings")
            yield Static("", id="told", markup=False)
            told = hints(self._preferences.keymap.keys, *_KEYS)
            yield Static(Text(told), classes="keys", id="keys")

    def on_mount(self) -> None:
        """Select the first setting."""
        settings = self.query_one(Options)
        settings.highlighted = 0
        self.set_focus(settings)

    def _option(self, setting: SettingSpec) -> Option:
        value = _word(getattr(self._preferences.settings, setting.name))
        head = f"{setting.name:<10} {value:<16} "
        text = Text(hanging(head, setting.text, self.app.size.width))
        text.stylize("bold", 11, 11 + len(value))
        return Option(text, id=setting.name)

    def _values(self, setting: SettingSpec) -> Sequence[bool | str]:
        if isinstance(setting.default, bool):
            return (False, True)
        return self._preferences.choices(setting.name) or setting.choices

    def action_step(self, by: int) -> None:
        """Take the next value of the selected setting."""
        listed = self.query_one(Options)
        if listed.highlighted is None:
            return
        setting = self._offered[listed.highlighted]
        values = list(self._values(setting))
        now = getattr(self._preferences.settings, setting.name)
        at = values.index(now) + by if now in values else 0
        told = self._preferences.change(setting.name, values[at % len(values)])
        if not told and setting.name not in self._preferences.changeable():
            told = f"{setting.name} takes effect at the next start, once it is saved."
        self._say(told)
        self._repaint()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the next value, as with Right."""
        event.stop()
        self.action_step(1)

    def on_screen_resume(self) -> None:
        """Show the settings again: the keys dialog may have changed them."""
        self._repaint()

    def _repaint(self) -> None:
        listed = self.query_one(Options)
        for setting in self._offered:
            listed.replace_option_prompt(setting.name, self._option(setting).prompt)

    def _say(self, words: str) -> None:
        self.query_one("#told", Static).update(words)

    def action_settings_keys(self) -> None:
        """Open the keys dialog."""
        self._preferences.open_keys()

    def action_settings_save(self) -> None:
        """Save the changed settings, and show the outcome."""
        self._say(self._preferences.save())

    def action_close(self) -> None:
        """Close the dialog; unsaved changes last for this run."""
        self.dismiss(None)


def _word(value: bool | str) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else value
