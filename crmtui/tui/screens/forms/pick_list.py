"""The pick list: one of many values, found by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from crmtui.tui.screens.narrowing import NarrowingScreen

if TYPE_CHECKING:
    from collections.abc import Sequence


class PickScreen(NarrowingScreen[str]):
    """Choice of one value for a field.

    Args:
        title: The label of the field.
        values: All values.
        now: The present value, selected first.
    """

    def __init__(self, title: str, values: Sequence[str], now: str = "") -> None:
        super().__init__("type to search", title)
        self._values = tuple(values)
        self._now = now

    def found(self, typed: str) -> Sequence[str]:
        """Return the values that contain ``typed``."""
        return [value for value in self._values if typed.lower() in value.lower()]

    def painted(self, thing: str) -> Text:
        """Return a value unchanged."""
        return Text(thing or "(nothing)")

    def first(self) -> int:
        """Return the index of the present value."""
        return self.shown.index(self._now) if self._now in self.shown else 0
