"""The reader of a guide."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Markdown, Static

from crmtui.tui.textual_ext.bindings import closing

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from crmtui.guides import Guide


class GuideScreen(ModalScreen[None]):
    """Dialog with the text of one guide.

    Args:
        guide: The guide to show.
    """

    BINDINGS: ClassVar[list[BindingType]] = closing("dismiss", also="q,enter")

    def __init__(self, guide: Guide) -> None:
        super().__init__()
        self._guide = guide

    def compose(self) -> ComposeResult:
        """Lay out the text above the keys."""
        with Vertical(id="dialog"):
            with VerticalScroll():
                yield Markdown(self._guide.text, open_links=False)
            yield Static(Text("Esc  close      arrows  scroll"), classes="keys")

    def on_mount(self) -> None:
        """Focus the text, so that the arrows scroll."""
        self.query_one(VerticalScroll).focus()
