"""A search field above a list: base of the palette and of the choices of a field."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

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

T = TypeVar("T")


class NarrowingScreen(ModalScreen["T | None"], Generic[T]):
    """Choice of one entry, found by a part of its name; the result is None for Escape.

    Args:
        placeholder: The hint in the empty field.
        title: The title of the dialog; empty for none.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel"),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "move(-10)", "Page up", show=False),
        Binding("pagedown", "move(10)", "Page down", show=False),
    ]

    def __init__(self, placeholder: str, title: str = "") -> None:
        super().__init__()
        self._placeholder = placeholder
        self._title = title
        self.shown: Sequence[T] = ()
        """The entries in the list, in their order."""

    @abstractmethod
    def found(self, typed: str) -> Sequence[T]:
        """Return the entries that match ``typed``, in the order of the list."""

    @abstractmethod
    def painted(self, thing: T) -> Text:
        """Return the line of an entry."""

    def first(self) -> int:
        """Return the index in ``shown`` of the entry that is selected first."""
        return 0

    def compose(self) -> ComposeResult:
        """Lay out the field above the list."""
        with Vertical(id="dialog", classes="finding"):
            if self._title:
                yield Static(Text(self._title), classes="title")
            yield Input(placeholder=self._placeholder, compact=True, classes="finding--search")
            yield OptionList(classes="finding--list")
            yield Static(Text("Enter  choose      Esc  cancel"), classes="keys")

    def on_mount(self) -> None:
        """Show all entries, and focus the field."""
        self.query_one(OptionList).can_focus = False
        self._narrow("")
        self.query_one(Input).cursor_blink = False
        self.set_focus(self.query_one(Input))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._narrow(event.value)

    def _narrow(self, typed: str) -> None:
        self.shown = self.found(typed)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(self.painted(thing)) for thing in self.shown])
        if self.shown:
            options.highlighted = self.first()
        else:
            options.add_option(Option(Text("No match."), disabled=True))

    def action_move(self, by: int) -> None:
        """Move the selection by ``by`` entries."""
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

    def action_cancel(self) -> None:
        """Close the dialog without a choice."""
        self.dismiss(None)
