"""Preferences as the dialogs of settings and keys need them; a controller implements them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.keymap.keymap import Keymap
    from crmtui.settings import Settings


class Preferences(Protocol):
    """Settings and keys in use, to change and save while the program runs."""

    @property
    def keymap(self) -> Keymap:
        """The keymap in use."""

    @property
    def settings(self) -> Settings:
        """The settings in use."""

    def choices(self, name: str) -> Sequence[str]:
        """Return the values of a setting that are known only at run time; empty for the registry's."""

    def changeable(self) -> Sequence[str]:
        """Return the names of the settings that take effect while the program runs."""

    def change(self, name: str, value: bool | str) -> str:
        """Put another value of a setting into effect; return why not as a sentence, empty on success."""

    def save(self) -> str:
        """Write the changed settings into the user's file; return the outcome as a sentence."""

    def open_keys(self) -> None:
        """Open the keys dialog."""

    def change_keys(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Put other keys into effect, without saving them."""

    def save_keys(self) -> str:
        """Save the keys as a keymap of the user; return the outcome as a sentence."""
