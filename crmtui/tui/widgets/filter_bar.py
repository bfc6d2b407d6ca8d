"""Filter bar: the line for a filter, or for a text to search."""

from __future__ import annotations

from typing import Protocol

from textual import on
from textual.message import Message
from textual.widgets import Input


class Narrowable(Protocol):
    """A pane that a text narrows or marks."""

    @property
    def narrowed_by(self) -> str:
        """Text that narrows the pane."""

    def narrow(self, text: str) -> None:
        """Take another text; an empty one shows everything."""


class FilterBar(Input):
    """Narrows a pane with each character; Enter keeps the filter, Escape removes it."""

    class Left(Message):
        """The bar has done its work."""

        def __init__(self, pane: Narrowable) -> None:
            super().__init__()
            self.pane = pane

    def __init__(self) -> None:
        super().__init__(id="filter", compact=True)
        self._pane: Narrowable | None = None

    def ask(self, pane: Narrowable, hint: str) -> None:
        """Ask for the filter of ``pane``; ``hint`` explains the syntax."""
        self._pane = None
        self.value = pane.narrowed_by
        self._pane = pane
        self.placeholder = hint
        self.display = True
        self.screen.set_focus(self)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        if self._pane is not None and self.value != self._pane.narrowed_by:
            self._pane.narrow(self.value)

    @on(Input.Submitted)
    def _keep(self, event: Input.Submitted) -> None:
        event.stop()
        self.leave()

    def leave(self, *, shows_all: bool = False) -> None:
        """Return to the pane; with ``shows_all`` the filter is removed."""
        self.display = False
        pane, self._pane = self._pane, None
        if pane is not None:
            if shows_all:
                pane.narrow("")
            self.post_message(self.Left(pane))
