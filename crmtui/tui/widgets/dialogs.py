"""Dialog parts, with the keys that move in every list and text."""

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
"""Methods of an ``OptionList`` that move, by action."""


class Options(OptionList, inherit_bindings=False):
    """A list to choose from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of("list", _CHOOSING),
        Binding("enter", "select", "Choose", show=False),
    ]


class Reading(VerticalScroll, inherit_bindings=False):
    """A text to read; it takes the focus, because no key would scroll it otherwise."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("list", SCROLLING)

    def on_mount(self) -> None:
        """Take the focus."""
        self.screen.set_focus(self)
