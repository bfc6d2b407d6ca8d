"""What crm said: each command with its prompt, its output, and how it ended."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from rich.cells import cell_len
from rich.text import Text

from crmtui.tui import crm_text
from crmtui.tui.widgets.sheet import READING, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.binding import BindingType
    from textual.strip import Strip

Tone = Literal["command", "plain", "error", "warning", "good", "note"]
_LINES = 10_000
"""How many lines are kept: more than anybody scrolls back, and some MB at most."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    tone: Tone


class Output(Sheet):
    """A log that follows its end unless scrolled back; nothing in it is markup."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"output--{tone}" for tone in ("command", "error", "warning", "good", "note")),
        *crm_text.COMPONENT_CLASSES,
    }
    BINDINGS: ClassVar[list[BindingType]] = READING

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._kept: deque[tuple[_Line, int]] = deque()
        self._rows: list[_Line] = []
        self._unfinished = ""
        self._unfinished_rows = 0
        self._width = 0

    @property
    def rows(self) -> tuple[str, ...]:
        """What there is to see, row by row, as wrapped to the width."""
        return tuple(row.text for row in self._rows)

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap what is shown to the new width, staying at the end if that is in sight."""
        width = self.scrollable_content_region.width
        if width != self._width:
            lines = [line for line, _ in self._kept]
            self._width, self._unfinished_rows = width, 0
            self._kept.clear()
            self._rows.clear()
            self._add(lines)
            self.scroll_end(animate=False, immediate=True, x_axis=False)
        elif self.is_vertical_scroll_end:
            self.scroll_end(animate=False, immediate=True, x_axis=False)

    def say(self, text: str, tone: Tone = "plain") -> None:
        """Add ``text`` as lines of its own."""
        self.end_line()
        self._add(_Line(line, tone) for line in text.splitlines() or [""])

    def stream(self, text: str, *, is_error: bool = False) -> None:
        """Add a piece of output as it comes; the last line may go on with the next piece.

        Args:
            text: The piece.
            is_error: Whether it came as an error, apart from the output.
        """
        *lines, self._unfinished = (self._unfinished + text).split("\n")
        self._add(_Line(line, _tone_of(line, is_error=is_error)) for line in lines)

    def end_line(self) -> None:
        """Let nothing go on with the unfinished line."""
        if self._unfinished:
            self.stream("\n")

    def _add(self, lines: Iterable[_Line]) -> None:
        is_at_end = self.is_vertical_scroll_end
        del self._rows[len(self._rows) - self._unfinished_rows :]
        first = len(self._rows)
        for line in lines:
            wrapped = self._wrapped(line)
            self._kept.append((line, len(wrapped)))
            self._rows += wrapped
        dropped = self._drop_oldest()
        self._unfinished_rows = 0
        if self._unfinished:
            wrapped = self._wrapped(
                _Line(self._unfinished, _tone_of(self._unfinished, is_error=False))
            )
            self._unfinished_rows = len(wrapped)
            self._rows += wrapped
        self._show(first, dropped, is_at_end=is_at_end)

    def _wrapped(self, line: _Line) -> list[_Line]:
        if cell_len(line.text) <= self._width or not self._width:
            return [line]
        wrapped = Text(line.text).wrap(self.app.console, self._width)
        return [_Line(part.plain.rstrip(), line.tone) for part in wrapped]

    def _drop_oldest(self) -> int:
        dropped = 0
        while len(self._kept) > _LINES:
            dropped += self._kept.popleft()[1]
        del self._rows[:dropped]
        return dropped

    def _show(self, first: int, dropped: int, *, is_at_end: bool) -> None:
        self.fit(self._width, len(self._rows))
        if is_at_end:
            self.scroll_end(animate=False, immediate=True, x_axis=False)
        elif dropped:
            self.scroll_to(y=self.scroll_y - dropped, animate=False)
        if dropped:
            self.refresh(self.size.region)
        else:
            self.refresh_lines(first, len(self._rows) - first)

    def render_line(self, y: int) -> Strip:
        """Paint row ``y`` of what is in sight."""
        at = y + self.scroll_offset.y
        if at >= len(self._rows):
            return self.painted(())
        row = self._rows[at]
        if row.tone == "plain" and crm_text.is_configuration(row.text):
            return self.painted(crm_text.pieces(row.text, self.style))
        part = "" if row.tone == "plain" else f"output--{row.tone}"
        return self.painted([(row.text, self.style(part))])


def _tone_of(line: str, *, is_error: bool) -> Tone:
    if line.startswith("ERROR:"):
        return "error"
    return "warning" if is_error or line.startswith("WARNING:") else "plain"
