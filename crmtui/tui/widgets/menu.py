"""The completion menu over the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.editor.view import LineView, MenuItem

_ROWS = 8


class Menu(Static):
    """Shows what the line engine offers, with the choice in sight; it never takes the focus."""

    COMPONENT_CLASSES = {"menu--choice", "menu--meta", "menu--count"}  # noqa: RUF012

    def show(self, view: LineView) -> None:
        """Show the menu of ``view``, or nothing when it has none."""
        if self.display != bool(view.menu):  # to set it, even unchanged, lays the whole screen out
            self.display = bool(view.menu)
        if view.menu:
            self.update(self._painted(view.menu, view.selected))

    def _painted(self, items: Sequence[MenuItem], selected: int | None) -> Text:
        width = max(20, (self.parent.size.width if self.parent else 80) - 2)  # type: ignore[attr-defined]
        first = max(0, min((selected or 0) - _ROWS // 2, len(items) - _ROWS))
        shown = items[first : first + _ROWS]
        column = min(max(cell_len(item.display) for item in items), width // 2)
        text = Text(no_wrap=True, overflow="ellipsis")
        for index, item in enumerate(shown, start=first):
            line = Text(f" {set_cell_size(item.display, column)}  ")
            line.append(item.meta, self._style("meta"))
            line.truncate(width, overflow="ellipsis", pad=True)
            if index == selected:
                line.stylize(self._style("choice"))
            text.append_text(line).append("\n")
        where = f"{selected + 1} of {len(items)}" if selected is not None else f"{len(items)}"
        text.append(f" {where} choice{'s' * (len(items) != 1)}", self._style("count"))
        return text

    def _style(self, part: str) -> str:
        return str(self.get_component_rich_style(f"menu--{part}", partial=True))
