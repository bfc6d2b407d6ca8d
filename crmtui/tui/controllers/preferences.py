"""Preferences of the user: settings and keymap, applied at once and saved on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui import keymap as keymaps
from crmtui.errors import CrmtuiError, KeymapInvalid
from crmtui.keymap.keymap import Keymap
from crmtui.tui.textual_ext.bindings import textual_keymap

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.app import App

    from crmtui.settings import Settings
    from crmtui.tui.screens.main import MainScreen
    from crmtui.tui.textual_ext.bindings import LiveKeys
    from crmtui.tui.theming.appearance import Appearance


class PreferencesController:
    """Holds settings and keymap, and applies each change at once.

    Args:
        app: The app, which shows the dialogs and holds the bindings.
        main: The main screen, which shows the keys.
        keys: The live keys of every action, shared with the rest of the app.
        keymap: The keymap at the start.
        appearance: Theme, frame and motion.
        settings: The settings at the start.
    """

    def __init__(
        self,
        app: App[int],
        main: MainScreen,
        keys: LiveKeys,
        keymap: Keymap,
        appearance: Appearance,
        settings: Settings,
    ) -> None:
        self._app = app
        self._main = main
        self._keys = keys
        self.keymap = keymap
        """The keymap in use."""
        self.settings = settings
        """The settings in use."""
        self._saved = settings
        self._effects: Mapping[str, Callable[[], None]] = {
            "keymap": self._load_keymap,
            "editing": self._edit_line,
            "theme": lambda: appearance.use(self.settings),
            "motion": lambda: appearance.use(self.settings),
        }
        """Functions that apply a changed setting at once, by its name."""

    def start(self) -> None:
        """Apply the keys."""
        self._app.set_keymap(textual_keymap(self._keys))
        self._edit_line()

    def choices(self, name: str) -> Sequence[str]:
        """Return the choices of a setting that only the running app knows: the keymaps."""
        return [each.name for each in keymaps.known()] if name == "keymap" else ()

    def changeable(self) -> Sequence[str]:
        """Return the names of the settings that take effect while the program runs."""
        return tuple(self._effects)

    def change(self, name: str, value: bool | str) -> str:
        """Apply a new value of a setting; return the reason of a failure, else empty."""
        before = self.settings
        self.settings = before.overridden(**{name: value})
        try:
            self._effects.get(name, lambda: None)()
        except CrmtuiError as error:
            self.settings = before
            return error.what.splitlines()[0]
        return ""

    def use_keys(self, keymap: Keymap) -> None:
        """Apply the keys of ``keymap``."""
        self.keymap = keymap
        self._keys.use(keymap.keys)
        self._app.set_keymap(textual_keymap(self._keys))
        self._main.use_keys(self._keys)
        self._edit_line()

    def _load_keymap(self) -> None:
        self.use_keys(keymaps.load(self.settings.keymap))

    def _edit_line(self) -> None:
        self._main.command.editing = self.keymap.editing_with(self.settings.editing)

    # The screens.

    def open(self) -> None:
        """Open the screen of the settings."""
        from crmtui.tui.screens.settings_screen import SettingsScreen

        self._app.push_screen(SettingsScreen(self))

    def open_keys(self) -> None:
        """Open the screen of the keys."""
        from crmtui.tui.screens.keys_screen import KeysScreen

        self._app.push_screen(KeysScreen(self))

    def change_keys(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Apply changed keys that are not saved yet."""
        now = self.keymap
        self.use_keys(Keymap(now.name, dict(keys), now.editing, now.words, now.extends))

    def save_keys(self) -> str:
        """Save the keys as the user's own keymap and use it; return the result as a sentence."""
        from crmtui.keymap.keymap_saving import save

        try:
            path = save(self.keymap, self.keymap.keys)
            self.use_keys(keymaps.load(path.stem))
        except KeymapInvalid as error:
            return error.what.splitlines()[0]
        except OSError as error:
            return f"The keymap cannot be written: {error.strerror or error}."
        self.settings = self.settings.overridden(keymap=path.stem)
        told = f" {self._write(['keymap'])}" if self._saved.keymap != path.stem else ""
        return f"Saved: {path}.{told}"

    def save(self) -> str:
        """Save the changed settings in the user's file; return the result as a sentence."""
        from crmtui.settings import SETTINGS

        names = [setting.name for setting in SETTINGS]
        now, saved = self.settings, self._saved
        changed = [name for name in names if getattr(now, name) != getattr(saved, name)]
        return self._write(changed) if changed else "Nothing is changed."

    def _write(self, names: Sequence[str]) -> str:
        from crmtui.settings.settings_saving import save

        changes = {name: getattr(self.settings, name) for name in names}
        try:
            path = save(changes)
        except CrmtuiError as error:
            return str(error)
        except OSError as error:
            return f"The settings cannot be written: {error.strerror or error}."
        self._saved = self._saved.overridden(**changes)
        return f"Saved {', '.join(names)}: {path}."
