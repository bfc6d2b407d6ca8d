"""Menu of completions over the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.widget import Widget

from crmtui.tui.widgets.long_help import flowing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style

    from crmtui.editor.view import LineView, MenuItem

ROWS = 8
"""Number of visible choices."""
MENU_LINES = ROWS + 1
"""Height of the menu: the choices, and the line with their number."""
_LEAST_TEXT = 24
"""Columns below which the description no longer shrinks for the columns before it."""
_GAP = 2
_PART = 100
"""Number of choices around the selected one that decide the column widths of a long menu."""


class Menu(Widget):
    """Shows the offers of the line engine, with the choice in sight; it never takes the focus.

    Its height stays the same for one choice and for many. Each change of height would lay out the
    whole screen, which takes longer than to find the choices.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"menu--{part}" for part in ("choice", "meta", "count", "match", "required", "type")
    }

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._items: Sequence[MenuItem] = ()
        self._selected: int | None = None
        self._is_telling = False
        self._part = 0
        self._columns: tuple[int, int, int] = (0, 0, 0)

    def show(self, view: LineView, *, is_telling: bool) -> None:
        """Show the menu of ``view``; nothing without one.

        Args:
            view: View of the line.
            is_telling: Uses free lines for a long text.
        """
        is_same = self._items is view.menu and self._selected == view.selected
        if is_same and self._is_telling == is_telling:
            return
        self._is_telling = is_telling
        part = (view.selected or 0) // _PART * _PART
        if self._items is not view.menu or self._part != part:
            self._items, self._part = view.menu, part
            self._columns = _widths(view.menu[part : part + _PART])
        self._selected = view.selected
        if self.visible != bool(view.menu):  # setting it, even unchanged, lays the whole screen out
            self.visible = bool(view.menu)
        if view.menu:
            self.refresh()

    def render(self) -> Text:
        """Paint the choices around the selected one, and their number."""
        items, selected = self._items, self._selected
        width = max(20, self.content_size.width)
        first = max(0, min((selected or 0) - ROWS // 2, len(items) - ROWS))
        text = Text(no_wrap=True, overflow="ellipsis")
        for row in self._told(width, ROWS - len(items)):
            text.append(f"{row}\n", self._style("meta"))
        for index, item in enumerate(items[first : first + ROWS], start=first):
            line = self._row(item, width)
            if index == selected:
                line.stylize(self._style("choice"))
            text.append_text(line).append("\n")
        where = f"{selected + 1} of {len(items)}" if selected is not None else f"{len(items)}"
        text.append(f" {where} choice{'s' * (len(items) != 1)}", self._style("count"))
        return text

    def _told(self, width: int, count: int) -> list[str]:
        """Return the lines above few choices: the long text of the first or the chosen one."""
        if count <= 0 or not self._items:
            return []
        item = self._items[self._selected or 0]
        lines = Text(flowing(item.detail) if self._is_telling else "").wrap(
            self.app.console, width - 2
        )
        rows = [f" {line.plain.rstrip()}" for line in lines if line.plain.strip()]
        if len(rows) >= count:
            rows = [*rows[: count - 1], f"{rows[count - 1]} …"]
        return [*rows, *[""] * (count - len(rows))]

    def _row(self, item: MenuItem, width: int) -> Text:
        name, kind, default = self._fitting(width)
        line = Text(" ")
        shown = Text(set_cell_size(item.display, name))
        for place in item.matches:
            if place < name:
                shown.stylize(self._style("match"), place, place + 1)
        if item.is_required:
            shown.stylize(self._style("required"), 0, len(item.display))
        line.append_text(shown).append(" " * _GAP)
        if kind:
            line.append(set_cell_size(item.type, kind), self._style("type")).append(" " * _GAP)
        if default:
            is_required = item.is_required
            words = "required" if is_required else f"= {item.default}" if item.default else ""
            style = self._style("required" if is_required else "type")
            line.append(set_cell_size(words, default), style).append(" " * _GAP)
        line.append(item.meta, self._style("meta"))
        line.truncate(width, overflow="ellipsis", pad=True)
        return line

    def _fitting(self, width: int) -> tuple[int, int, int]:
        """Return the widths of name, type and default that leave room for the description."""
        name, kind, default = self._columns
        room = max(0, width - _LEAST_TEXT - 3 * _GAP)
        name = min(name, max(room // 2, 12))
        kind = kind if name + kind <= room else 0
        default = min(default, max(0, room - name - kind))
        return (
            name,
            kind,
            default if default >= len("required") or default == self._columns[2] else 0,
        )

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"menu--{part}", partial=True)


def _widths(items: Sequence[MenuItem]) -> tuple[int, int, int]:
    name = max((cell_len(item.display) for item in items), default=0)
    kind = max((cell_len(item.type) for item in items), default=0)
    default = max((cell_len(item.default) + 2 for item in items if item.default), default=0)
    if any(item.is_required for item in items):
        default = max(default, len("required"))
    return name, kind, min(default, 16)
