"""A field above a list that typing narrows: what the palette and the choices of a field are made of."""

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
    """Asks for one of many things, found by a part of its name; Escape leaves all as it was.

    Args:
        placeholder: What stands in the field while nothing is typed.
        title: What is chosen; without one there is no title.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back"),
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
        """What is listed now."""

    @abstractmethod
    def found(self, typed: str) -> Sequence[T]:
        """Return what is meant by ``typed``, in the order in which it is listed."""

    @abstractmethod
    def painted(self, thing: T) -> Text:
        """Return the line of one of them."""

    def first(self) -> int:
        """Return the place of the one in ``shown`` that is selected to begin with."""
        return 0

    def compose(self) -> ComposeResult:
        """Lay out the field above the list."""
        with Vertical(id="dialog", classes="finding"):
            if self._title:
                yield Static(Text(self._title), classes="title")
            yield Input(placeholder=self._placeholder, compact=True, classes="finding--search")
            yield OptionList(classes="finding--list")
            yield Static(Text("Enter  take it      Esc  leave it"), classes="keys")

    def on_mount(self) -> None:
        """Show what there is, and begin in the field."""
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
            options.add_option(Option(Text("Nothing is called so."), disabled=True))

    def action_move(self, by: int) -> None:
        """Select another one."""
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
