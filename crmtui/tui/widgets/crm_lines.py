"""Lines of crm's language to read, in their colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.widgets import Static

from crmtui.tui.presentation import crm_text

if TYPE_CHECKING:
    from rich.style import Style
    from textual.theme import Theme


class CrmLines(Static):
    """Shows lines, never as markup.

    Args:
        lines: One line or more.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {*crm_text.COMPONENT_CLASSES}

    def __init__(
        self,
        lines: str = "",
        *,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(Text(lines), id=id, classes=classes)
        self.lines = lines
        """Lines on the screen."""

    def on_mount(self) -> None:
        """Paint with the theme's colours, which are known from now on."""
        self.show(self.lines)
        self.app.theme_changed_signal.subscribe(self, self._repaint)

    def _repaint(self, _theme: Theme) -> None:
        if self.lines:  # without lines a subclass paints its own text
            self.show(self.lines)

    def show(self, lines: str) -> None:
        """Show other lines."""
        self.lines = lines
        self.update(self.painted(lines))

    def painted(self, lines: str) -> Text:
        """Return lines in their colours."""
        return crm_text.crm_text(lines, self._part)

    def _part(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)
