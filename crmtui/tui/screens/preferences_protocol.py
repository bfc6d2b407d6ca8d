"""Preferences as the screens of settings and keys need them; a controller has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.keymap.keymap import Keymap
    from crmtui.settings import Settings


class Preferences(Protocol):
    """Settings and keys in use, changed and saved while the program runs."""

    @property
    def keymap(self) -> Keymap:
        """The keymap in use."""

    @property
    def settings(self) -> Settings:
        """The settings in use."""

    def choices(self, name: str) -> Sequence[str]:
        """Return what a setting can be while the program runs, besides what the registry says."""

    def changeable(self) -> Sequence[str]:
        """Return the names of the settings that take effect while the program runs."""

    def change(self, name: str, value: bool | str) -> str:
        """Put another value of a setting into effect; return why not, as a sentence, else nothing."""

    def save(self) -> str:
        """Write what was changed into the user's file; return what came of it, as a sentence."""

    def open_keys(self) -> None:
        """Show the keys, to be changed."""

    def change_keys(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Put other keys into effect, which are in no file yet."""

    def save_keys(self) -> str:
        """Save the keys as a keymap of the user's; return what came of it, as a sentence."""
