"""Header of the screen: the cluster, its health, and the age of the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from crmtui.tui.presentation.headline import headline

if TYPE_CHECKING:
    from crmtui.tui.presentation.headline import Piece


class Header(Widget):
    """Paints the pieces; those without room are left out by rank, the verdict never."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"header--{tone}"
        for tone in (
            *(
                "badge-live",
                "badge-sandbox",
                "badge-lab",
                "badge-ssh",
                "badge-read-only",
                "badge-cluster",
                "name",
                "plain",
                "dim",
                "alarm",
            ),
            *(f"verdict-{word}" for word in ("ok", "warn", "crit", "blind")),
            *(f"reason-{word}" for word in ("ok", "warn", "crit", "blind")),
        )
    }
    parts: reactive[tuple[Piece, ...]] = reactive(())

    def render(self) -> Text:
        """Paint the line."""
        line = Text(no_wrap=True, overflow="ellipsis")
        for text, tone in headline(self.parts, self.size.width):
            line.append(text, self.get_component_rich_style(f"header--{tone}", partial=True))
        return line
