"""The palette: find any action, object, command or guide by a part of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text

from crmtui.tui.presentation.headline import cut
from crmtui.tui.presentation.palette_entry import PaletteEntry, meant
from crmtui.tui.screens.narrowing import NarrowingScreen
from crmtui.tui.textual_ext.bindings import closing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

_FRAME = 16
"""Columns of the screen beside an entry: border, padding, scroll bar."""
_WIDEST = 90
_KIND, _KEYS = 10, 10


class PaletteScreen(NarrowingScreen[PaletteEntry]):
    """Choice of one palette entry.

    Args:
        entries: All entries.
    """

    BINDINGS: ClassVar[list[BindingType]] = closing("cancel", "app.palette")

    def __init__(self, entries: Sequence[PaletteEntry]) -> None:
        super().__init__("an action, a node, a resource, a crm command, a theme, a guide")
        self.entries = entries
        """All entries, listed or not."""

    def found(self, typed: str) -> Sequence[PaletteEntry]:
        """Return the entries that match ``typed``, the likeliest first."""
        return meant(self.entries, typed)

    def painted(self, thing: PaletteEntry) -> Text:
        """Return the line of an entry: its kind, its name, and its keys."""
        width = min(_WIDEST, self.app.size.width - _FRAME)
        room = max(10, width - _KIND - _KEYS)
        line = Text(f"{thing.kind:<{_KIND}}", no_wrap=True, style="")
        line.append("".join(text for text, _ in cut([(thing.title, "")], room)), "bold")
        line.append(f" {thing.keys:>{_KEYS - 1}}")
        return line
