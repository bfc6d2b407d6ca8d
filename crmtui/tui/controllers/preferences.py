"""What the user prefers: applied at the start, changed while the program runs, and saved."""

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
    """Holds the settings, and puts what is changed of them into effect at once.

    Args:
        app: Shows the dialogs, and has the bindings.
        main: The screen whose keys they are.
        keys: The keys of every action, which whoever asks for keys looks into.
        keymap: The keymap that they are of.
        appearance: Theme, frame and motion.
        settings: What was set in the beginning.
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
        """What puts a setting into effect while the program runs, by its name."""

    def start(self) -> None:
        """Put the keys into effect."""
        self._app.set_keymap(textual_keymap(self._keys))
        self._edit_line()

    def choices(self, name: str) -> Sequence[str]:
        """Return what a setting can be while the program runs, besides what the registry says."""
        return [each.name for each in keymaps.known()] if name == "keymap" else ()

    def changeable(self) -> Sequence[str]:
        """Return the names of the settings that take effect while the program runs."""
        return tuple(self._effects)

    def change(self, name: str, value: bool | str) -> str:
        """Put another value of a setting into effect; return why not, as a sentence, else nothing."""
        before = self.settings
        self.settings = before.overridden(**{name: value})
        try:
            self._effects.get(name, lambda: None)()
        except CrmtuiError as error:
            self.settings = before
            return error.what.splitlines()[0]
        return ""

    def use_keys(self, keymap: Keymap) -> None:
        """Put the keys of ``keymap`` into effect."""
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
        """Show the settings, to be changed."""
        from crmtui.tui.screens.settings_screen import SettingsScreen

        self._app.push_screen(SettingsScreen(self))

    def open_keys(self) -> None:
        """Show the keys, to be changed."""
        from crmtui.tui.screens.keys_screen import KeysScreen

        self._app.push_screen(KeysScreen(self))

    def change_keys(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Put other keys into effect, which are in no file yet."""
        now = self.keymap
        self.use_keys(Keymap(now.name, dict(keys), now.editing, now.words, now.extends))

    def save_keys(self) -> str:
        """Save the keys as a keymap of the user's, in use from now on; return what came of it."""
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
        """Write what was changed into the user's file; return what came of it, as a sentence."""
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
