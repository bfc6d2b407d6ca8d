"""The palette: find whatever can be asked for by typing a part of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from crmtui.tui.bindings import closing
from crmtui.tui.headline import cut
from crmtui.tui.palette.entry import Entry, meant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

_FRAME = 16
"""Columns of the screen beside an entry: border, padding, scroll bar."""
_WIDEST = 90
_KIND, _KEYS = 10, 10


class PaletteScreen(ModalScreen[Entry | None]):
    """Asks for one of ``entries``; Escape leaves all as it was.

    Args:
        entries: What can be chosen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *closing("leave", "app.palette"),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "move(-10)", "Page up", show=False),
        Binding("pagedown", "move(10)", "Page down", show=False),
    ]

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.entries = entries
        """What can be chosen."""
        self.shown: list[Entry] = []
        """What is listed now, the likeliest first."""

    def compose(self) -> ComposeResult:
        """Lay out the field above the list."""
        with Vertical(id="dialog"):
            yield Input(
                placeholder="an action, a node, a resource, a crm command, a theme, a guide",
                compact=True,
                id="palette-search",
            )
            yield OptionList(id="palette-list")
            yield Static(Text("Enter  take it      Esc  leave it"), classes="keys")

    def on_mount(self) -> None:
        """Show what there is, and begin in the field."""
        self.query_one(OptionList).can_focus = False
        self._narrow("")
        self.query_one(Input).cursor_blink = False
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._narrow(event.value)

    def _narrow(self, typed: str) -> None:
        self.shown = meant(self.entries, typed)
        options = self.query_one(OptionList)
        options.clear_options()
        width = min(_WIDEST, self.app.size.width - _FRAME)
        options.add_options([Option(_painted(entry, width)) for entry in self.shown])
        if self.shown:
            options.highlighted = 0
        else:
            options.add_option(Option(Text("Nothing is called so."), disabled=True))

    def action_move(self, by: int) -> None:
        """Select another entry."""
        options = self.query_one(OptionList)
        if self.shown:
            at = (options.highlighted or 0) + by
            options.highlighted = min(max(at, 0), len(self.shown) - 1)

    @on(Input.Submitted)
    def _take(self) -> None:
        at = self.query_one(OptionList).highlighted
        if at is not None and self.shown:
            self.dismiss(self.shown[at])

    @on(OptionList.OptionSelected)
    def _take_clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.shown[event.option_index])

    def action_leave(self) -> None:
        """Leave it as it was."""
        self.dismiss(None)


def _painted(entry: Entry, width: int) -> Text:
    """Return an entry as one line: its kind, what it is, and the keys that do the same."""
    room = max(10, width - _KIND - _KEYS)
    line = Text(f"{entry.kind:<{_KIND}}", no_wrap=True, style="")
    line.append("".join(text for text, _ in cut([(entry.what, "")], room)), "bold")
    line.append(f" {entry.keys:>{_KEYS - 1}}")
    return line
