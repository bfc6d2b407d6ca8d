"""A list to choose one value from, narrowed by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from crmtui.tui.screens.narrowing import NarrowingScreen

if TYPE_CHECKING:
    from collections.abc import Sequence


class PickScreen(NarrowingScreen[str]):
    """Asks for one of some values.

    Args:
        title: What is chosen.
        values: What there is.
        now: What is there now, to begin with.
    """

    def __init__(self, title: str, values: Sequence[str], now: str = "") -> None:
        super().__init__("type to narrow", title)
        self._values = tuple(values)
        self._now = now

    def found(self, typed: str) -> Sequence[str]:
        """Return the values that ``typed`` is a part of."""
        return [value for value in self._values if typed.lower() in value.lower()]

    def painted(self, thing: str) -> Text:
        """Return a value as it is."""
        return Text(thing or "(nothing)")

    def first(self) -> int:
        """Return the place of what is there now."""
        return self.shown.index(self._now) if self._now in self.shown else 0
