"""Asks what becomes of uncommitted changes before the program ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

Choice = Literal["commit", "discard", "stay"]


class LeaveScreen(ModalScreen[Choice]):
    """Commit, discard or stay; Escape and Enter stay.

    Args:
        staged: The uncommitted lines.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "choose('commit')", "Commit and leave"),
        Binding("d", "choose('discard')", "Discard and leave"),
        Binding("s,escape,enter", "choose('stay')", "Stay"),
    ]

    def __init__(self, staged: Sequence[str]) -> None:
        super().__init__()
        self._staged = tuple(staged)

    def compose(self) -> ComposeResult:
        """Lay out the uncommitted lines above the keys."""
        count = len(self._staged)
        with Vertical(id="dialog"):
            yield Static(
                Text(f"{count} change{'s are' if count != 1 else ' is'} not committed"),
                classes="title",
            )
            yield Static(
                Text("\n".join(self._staged), no_wrap=True, overflow="ellipsis"), classes="line"
            )
            yield Static(
                Text("c  commit and leave      d  discard and leave      Esc  stay"), classes="keys"
            )

    def action_choose(self, choice: Choice) -> None:
        """Give the choice to who asked."""
        self.dismiss(choice)
