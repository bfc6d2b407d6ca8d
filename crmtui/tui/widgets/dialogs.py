"""What dialogs are made of, with the keys that move in every list and text."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import OptionList

from crmtui.tui.textual_ext.bindings import SCROLLING, bindings_of

_CHOOSING = {
    "list.up": "cursor_up",
    "list.down": "cursor_down",
    "list.page_up": "page_up",
    "list.page_down": "page_down",
    "list.top": "first",
    "list.bottom": "last",
}
"""What moves in an ``OptionList``, as it calls it."""


class Options(OptionList, inherit_bindings=False):
    """A list to choose from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of("list", _CHOOSING),
        Binding("enter", "select", "Choose", show=False),
    ]


class Reading(VerticalScroll, inherit_bindings=False):
    """A text that is read; it has the focus, or no key would scroll it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("list", SCROLLING)

    def on_mount(self) -> None:
        """Take the keys."""
        self.screen.set_focus(self)
