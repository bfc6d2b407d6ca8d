"""Feed: the live text of crm_mon, with changed lines marked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Region
from textual.message import Message

from crmtui.cluster.feed_options import FeedOptions
from crmtui.tui.messages import Copied
from crmtui.tui.presentation.lists.search import Search, search
from crmtui.tui.textual_ext.bindings import bindings_of
from crmtui.tui.widgets.sheet import Sheet, widest

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.strip import Strip

    from crmtui.cluster.feed_options import Toggle

_CLOCK = "* Last updated:"


class Feed(Sheet):
    """Shows a text; the lines changed last carry a mark in the margin."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "feed--text", "feed--changed", "feed--mark", "feed--match", "feed--current",
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("feed")

    class OptionsChosen(Message):
        """The user chose another text of crm_mon."""

        def __init__(self, options: FeedOptions) -> None:
            super().__init__()
            self.options = options

    class Entitled(Message):
        """The title has changed."""

    def __init__(self, *, mark: str, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._mark = mark
        self._lines: tuple[str, ...] = ()
        self._changed: frozenset[int] = frozenset()
        self._held: tuple[str, tuple[str, ...]] | None = None
        self._is_paused = False
        self._search = Search()
        self.options = FeedOptions()
        """Options of the text, or of the next one."""
        self.command = self.options.command
        """Command line of the crm_mon whose text is on the screen."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Lines of the text."""
        return self._lines

    @property
    def changed(self) -> tuple[str, ...]:
        """Lines with a mark."""
        return tuple(self._lines[index] for index in sorted(self._changed))

    @property
    def summary(self) -> str:
        """State of pause and search; empty without either."""
        paused = "paused" + (", new text is waiting" if self._held is not None else "")
        return ", ".join(filter(None, (paused if self._is_paused else "", self._search.summary)))

    def show(self, text: str, command: tuple[str, ...]) -> None:
        """Show ``text``, with new lines marked if more than the clock differs.

        While the feed is paused, the text waits.

        Args:
            text: Output of ``command``.
            command: Command line of crm_mon; the first text of another command has no marks.
        """
        if self._is_paused:
            self._held = text, command
            self.post_message(self.Entitled())
            return
        lines, before, marked = tuple(text.splitlines()), self._lines, self._changed
        is_same, self.command = command == self.command, command
        if not is_same:
            self._changed = frozenset()
            self.post_message(self.Entitled())
        elif self._lines:
            fresh = _fresh(self._lines, lines)
            if fresh or len(lines) != len(self._lines):
                self._changed = fresh
        self._lines = lines
        self._search = self._search.within(lines)
        self.fit(widest(lines) + 2, len(lines))
        first = self.scroll_offset.y
        in_sight = range(first, min(first + self.size.height, len(lines)))
        if len(before) != len(lines) or self._search.text or not is_same:
            self.refresh()
            return
        for at in in_sight:
            if before[at] != lines[at] or (at in marked) != (at in self._changed):
                self.refresh_line(at)

    def render_line(self, y: int) -> Strip:
        """Paint the visible line ``y``."""
        at = y + self.scroll_offset.y
        if at >= len(self._lines):
            return self.painted(())
        is_changed = at in self._changed
        mark = f"{self._mark} " if is_changed else "  "
        text = self.style("feed--changed" if is_changed else "feed--text")
        if at in self._search.lines:
            text = self.style("feed--current" if at == self._search.current else "feed--match")
        return self.painted(
            [(mark, self.style("feed--mark")), (self._lines[at], text)], self.scroll_offset.x
        )

    # Searching.

    @property
    def narrowed_by(self) -> str:
        """Text to search for."""
        return self._search.text

    def narrow(self, text: str) -> None:
        """Search for ``text`` from the first visible line; an empty text ends the search."""
        self._search = search(text, self._lines, self.scroll_offset.y)
        self._show_match()

    def _show_match(self) -> None:
        if self._search.current is not None:
            region = Region(0, self._search.current, 1, 1)
            self.scroll_to_region(region, animate=False, force=True, x_axis=False)
        self.post_message(self.Entitled())
        self.refresh()

    def action_feed_next_match(self) -> None:
        """Go to the next match."""
        self._search = self._search.step(1)
        self._show_match()

    def action_feed_previous_match(self) -> None:
        """Go to the previous match."""
        self._search = self._search.step(-1)
        self._show_match()

    def action_feed_copy(self) -> None:
        """Copy the text to the clipboard of the terminal."""
        self.app.copy_to_clipboard("\n".join(self._lines) + "\n")
        self.post_message(Copied(f"{len(self._lines)} lines of the feed"))

    def action_feed_pause(self) -> None:
        """Pause the feed, or go on with the newest text."""
        self._is_paused = not self._is_paused
        held, self._held = self._held, None
        if held is not None:
            self.show(*held)
        self.post_message(self.Entitled())

    # The keys of crm_mon.

    def _choose(self, options: FeedOptions) -> None:
        self.options = options
        if self._is_paused:
            self.action_feed_pause()  # another text is wanted now
        self.post_message(self.OptionsChosen(options))

    def action_feed_toggle(self, name: Toggle) -> None:
        """Toggle a section, or a way to print sections."""
        self._choose(self.options.toggled(name))

    def action_feed_fence_history(self) -> None:
        """Show the next level of fencing history, and none after the last."""
        self._choose(self.options.with_next_fence_level())


def _fresh(old: tuple[str, ...], new: tuple[str, ...]) -> frozenset[int]:
    known = Counter(old)
    fresh = set()
    for index, line in enumerate(new):
        if known[line] > 0:
            known[line] -= 1
        elif line.strip() and _CLOCK not in line:
            fresh.add(index)
    return frozenset(fresh)
