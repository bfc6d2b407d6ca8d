"""The live text of crm_mon, with what changed marked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from crmtui.tui.widgets.sheet import READING, Sheet, widest

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.strip import Strip

_CLOCK = "* Last updated:"


class Feed(Sheet):
    """Shows a text; the lines that its last change brought carry a mark in the margin."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"feed--text", "feed--changed", "feed--mark"}
    BINDINGS: ClassVar[list[BindingType]] = READING

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
        lines, before, marked = tuple(text.splitlines()), self._lines, self._changed
        if self._lines:
            fresh = _fresh(self._lines, lines)
            if fresh or len(lines) != len(self._lines):
                self._changed = fresh
        self._lines = lines
        self.fit(widest(lines) + 2, len(lines))
        first = self.scroll_offset.y
        in_sight = range(first, min(first + self.size.height, len(lines)))
        if len(before) != len(lines):
            self.refresh()
            return
        for at in in_sight:
            if before[at] != lines[at] or (at in marked) != (at in self._changed):
                self.refresh_line(at)

    def render_line(self, y: int) -> Strip:
        """Paint line ``y`` of what is in sight."""
        at = y + self.scroll_offset.y
        if at >= len(self._lines):
            return self.painted(())
        is_changed = at in self._changed
        mark = f"{self._mark} " if is_changed else "  "
        text = self.style("feed--changed" if is_changed else "feed--text")
        return self.painted(
            [(mark, self.style("feed--mark")), (self._lines[at], text)], self.scroll_offset.x
        )


def _fresh(old: tuple[str, ...], new: tuple[str, ...]) -> frozenset[int]:
    known = Counter(old)
    fresh = set()
    for index, line in enumerate(new):
        if known[line] > 0:
            known[line] -= 1
        elif line.strip() and _CLOCK not in line:
            fresh.add(index)
    return frozenset(fresh)
