"""What crm said: each command with its prompt, its output, and how it ended."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, ClassVar, Literal

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import RichLog

if TYPE_CHECKING:
    from textual import events

Tone = Literal["command", "plain", "error", "warning", "good", "note"]
_LINES = 10_000
"""How many lines are kept: more than anybody scrolls back, and some MB at most."""


class Output(RichLog, can_focus=True):
    """A log that follows its end unless scrolled back; nothing in it is markup."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"output--{tone}" for tone in ("command", "error", "warning", "good", "note")
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "scroll_up", "Up", show=False),
        Binding("j", "scroll_down", "Down", show=False),
        Binding("g", "scroll_home", "Top", show=False),
        Binding("G", "scroll_end", "Bottom", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(
            id=id, max_lines=_LINES, min_width=20, wrap=True, markup=False, highlight=False
        )
        self._unfinished = ""
        self._kept: deque[tuple[str, Tone]] = deque(maxlen=_LINES)
        self._wrapped_at = 0

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap what is shown to the new width, staying at the end if that is in sight."""
        width = self.scrollable_content_region.width
        if self._wrapped_at not in (0, width):
            self.clear()
            for line, tone in self._kept:
                self._paint(line, tone, to_end=True)
        self._wrapped_at = width
        self.scroll_end(animate=False, immediate=True)

    def say(self, text: str, tone: Tone = "plain") -> None:
        """Add ``text`` as lines of its own."""
        self.end_line()
        for line in text.splitlines() or [""]:
            self._add(line, tone)

    def stream(self, text: str) -> None:
        """Add a piece of output as it comes; the last line may go on with the next piece."""
        *lines, self._unfinished = (self._unfinished + text).split("\n")
        for line in lines:
            self._add(line, _tone_of(line))

    def end_line(self) -> None:
        """Show what is left of an unfinished line."""
        if self._unfinished:
            self._add(self._unfinished, _tone_of(self._unfinished))
            self._unfinished = ""

    def _add(self, line: str, tone: Tone) -> None:
        self._kept.append((line, tone))
        self._paint(line, tone, to_end=self.is_vertical_scroll_end)

    def _paint(self, line: str, tone: Tone, *, to_end: bool) -> None:
        if not self.is_attached:
            return  # the screen is being left: its styles are gone, and nobody looks
        style = "" if tone == "plain" else self._style(tone)
        self.write(Text(line, style), width=self.scrollable_content_region.width, scroll_end=to_end)

    def _style(self, tone: Tone) -> str:
        return str(self.get_component_rich_style(f"output--{tone}", partial=True))


def _tone_of(line: str) -> Tone:
    if line.startswith("ERROR:"):
        return "error"
    if line.startswith("WARNING:"):
        return "warning"
    return "plain"
