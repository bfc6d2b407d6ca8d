"""A list to choose one value from, narrowed by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType


class PickScreen(ModalScreen[str | None]):
    """Asks for one of some values; Escape leaves all as it was.

    Args:
        title: What is chosen.
        values: What there is.
        now: What is there now, to begin with.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back"),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "move(-10)", "Page up", show=False),
        Binding("pagedown", "move(10)", "Page down", show=False),
    ]

    def __init__(self, title: str, values: Sequence[str], now: str = "") -> None:
        super().__init__()
        self._title = title
        self._values = tuple(values)
        self._now = now
        self._shown: list[str] = []

    def compose(self) -> ComposeResult:
        """Lay out the field above the list."""
        with Vertical(id="dialog"):
            yield Static(Text(self._title), classes="title")
            yield Input(placeholder="type to narrow", compact=True, id="pick-search")
            yield OptionList(id="pick-list")
            yield Static(Text("Enter  take it      Esc  leave it"), classes="keys")

    def on_mount(self) -> None:
        """Show all, and select what is there now."""
        self.query_one(OptionList).can_focus = False
        self._narrow("")
        self.query_one(Input).cursor_blink = False
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._narrow(event.value)

    def _narrow(self, typed: str) -> None:
        self._shown = [value for value in self._values if typed.lower() in value.lower()]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(Text(value or "(nothing)")) for value in self._shown])
        if self._shown:
            options.highlighted = self._shown.index(self._now) if self._now in self._shown else 0

    def action_move(self, by: int) -> None:
        """Select another value."""
        options = self.query_one(OptionList)
        if self._shown:
            at = (options.highlighted or 0) + by
            options.highlighted = min(max(at, 0), len(self._shown) - 1)

    @on(Input.Submitted)
    def _take(self) -> None:
        at = self.query_one(OptionList).highlighted
        self.dismiss(self._shown[at] if at is not None and self._shown else None)

    @on(OptionList.OptionSelected)
    def _take_clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._shown[event.option_index])

    def action_leave(self) -> None:
        """Leave it as it was."""
        self.dismiss(None)
