"""The live text of crm_mon, with what changed marked."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

_CLOCK = "* Last updated:"


class Feed(ScrollView, can_focus=True):
    """Shows a text; the lines that its last change brought carry a mark in the margin."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"feed--text", "feed--changed", "feed--mark"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_up", "Up", show=False),
        Binding("down,j", "scroll_down", "Down", show=False),
        Binding("left,h", "scroll_left", "Left", show=False),
        Binding("right,l", "scroll_right", "Right", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("pagedown", "page_down", "Page down", show=False),
        Binding("home,g", "scroll_home", "Top", show=False),
        Binding("end,G", "scroll_end", "Bottom", show=False),
    ]

    def __init__(self, *, mark: str, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._mark = mark
        self._lines: tuple[str, ...] = ()
        self._changed: frozenset[int] = frozenset()

    @property
    def lines(self) -> tuple[str, ...]:
        """The text as shown."""
        return self._lines

    @property
    def changed(self) -> tuple[str, ...]:
        """The lines that carry the mark."""
        return tuple(self._lines[index] for index in sorted(self._changed))

    def show(self, text: str) -> None:
        """Show ``text``; when it differs by more than the clock, mark what is new in it."""
        lines = tuple(text.splitlines())
        if self._lines:
            fresh = _fresh(self._lines, lines)
            if fresh or len(lines) != len(self._lines):
                self._changed = fresh
        self._lines = lines
        width = max((cell_len(line) for line in lines), default=0)
        self.virtual_size = Size(width + 2, len(lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Paint line ``y`` of what is in sight."""
        at = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if at >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        is_changed = at in self._changed
        name = "feed--changed" if is_changed else "feed--text"
        style = self.rich_style + self.get_component_rich_style(name, partial=True)
        mark = self.rich_style + self.get_component_rich_style("feed--mark", partial=True)
        strip = Strip(
            [
                Segment(f"{self._mark} " if is_changed else "  ", mark),
                Segment(self._lines[at], style),
            ]
        )
        left = self.scroll_offset.x
        return strip.crop_extend(left, left + width, self.rich_style)


def _fresh(old: tuple[str, ...], new: tuple[str, ...]) -> frozenset[int]:
    known = Counter(old)
    fresh = set()
    for index, line in enumerate(new):
        if known[line] > 0:
            known[line] -= 1
        elif line.strip() and _CLOCK not in line:
            fresh.add(index)
    return frozenset(fresh)
