"""Output of crm: each command with its prompt, its lines, and its outcome."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Literal

from rich.cells import cell_len
from rich.text import Text
from textual.message import Message

from crmtui.tui.presentation import crm_text
from crmtui.tui.textual_ext.bindings import bindings_of
from crmtui.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual import events
    from textual.binding import BindingType
    from textual.strip import Strip

    from crmtui.backend.session.outcome import Outcome

OutputTone = Literal[
    "command",
    "done",
    "failed",
    "staged",
    "no-effect",
    "unknown",
    "plain",
    "error",
    "warning",
    "good",
    "note",
]
_COMMANDS = frozenset(("command", "done", "failed", "staged", "no-effect", "unknown"))
"""Tones of a command line: running, or by outcome."""
_LOOKS: Mapping[Outcome, tuple[str, OutputTone]] = {
    "done": ("ok", "done"),
    "failed": ("crit", "failed"),
    "staged": ("warn", "staged"),
    "no effect": ("note", "no-effect"),
    "unknown": ("warn", "unknown"),
}
_LINES = 10_000
"""Largest number of lines, some MB at most, and more than users scroll back."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    tone: OutputTone
    block: int = 0
    """Number of the line's command, from 1; 0 before the first command."""

    @property
    def is_command(self) -> bool:
        return self.tone in _COMMANDS


class Output(Sheet):
    """A log that follows its end unless scrolled back; nothing in it is markup."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"output--{tone}" for tone in (*_COMMANDS, "error", "warning", "good", "note")),
        *("output--found", "output--chosen"),
        *crm_text.COMPONENT_CLASSES,
    }
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("output")

    class FindAsked(Message):
        """A key asked for a text to find."""

        def __init__(self, sought: str) -> None:
            super().__init__()
            self.sought = sought
            """Text of the last search."""

    def __init__(
        self,
        *,
        glyphs: Mapping[str, str],
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._glyphs = glyphs
        self._is_folded = False
        self._unlike: set[int] = set()
        """Commands whose fold differs from that of the others."""
        self._said: Counter[int] = Counter()
        """Number of lines of each command at the last complete layout."""
        self._block = 0
        self._chosen: int | None = None
        """Command that the next fold or copy applies to; None for the last one."""
        self._sought = ""
        self._found: int | None = None
        """Row of the last match."""
        self._kept: deque[tuple[_Line, int]] = deque()
        self._rows: list[_Line] = []
        self._unfinished = ""
        self._unfinished_rows = 0
        self._width = 0

    @property
    def rows(self) -> tuple[str, ...]:
        """Rows on the screen, wrapped to its width."""
        return tuple(row.text for row in self._rows)

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap the rows to the new width, and stay at the end if it is visible."""
        width = self.scrollable_content_region.width
        if width != self._width:
            self._width = width
            self._show_all()
        elif self.is_vertical_scroll_end:
            self.scroll_end(animate=False, immediate=True, x_axis=False)

    def say(self, text: str, tone: OutputTone = "plain") -> None:
        """Add ``text`` as lines of its own."""
        self.end_line()
        if tone == "command":
            self._block += 1
            # A new command ends a search or the reading of older output: its lines are awaited.
            self._found = self._chosen = None
            self.scroll_end(animate=False, immediate=True, x_axis=False)
        self._add(_Line(line, tone, self._block) for line in text.splitlines() or [""])

    def stream(self, text: str, *, is_error: bool = False) -> None:
        """Add a piece of output; the next piece may continue its last line.

        Args:
            text: Piece of output.
            is_error: True for a piece from the stream of errors.
        """
        *lines, self._unfinished = (self._unfinished + text).split("\n")
        self._add(self._line(line, is_error=is_error) for line in lines)

    def finish(self, command: str, outcome: Outcome, seconds: float) -> None:
        """Put the outcome and the duration of a command behind it.

        Args:
            command: Line of the command; of two crm the one that began last may end first.
            outcome: Outcome of the command.
            seconds: Duration in seconds.
        """
        # Imported here, because the first picture needs none of crm's language.
        from crmtui.backend.session.outcome import told

        after = 0
        for index in range(len(self._kept) - 1, -1, -1):
            line, count = self._kept[index]
            after += count
            if line.tone != "command" or not line.text.endswith(command):
                continue
            severity, tone = _LOOKS[outcome]
            mark = f"   {self._glyphs[severity]} {told(outcome, seconds)}"
            finished = replace(line, text=f"{line.text}{mark}", tone=tone)
            wrapped = self._wrapped(finished)
            first = len(self._rows) - self._unfinished_rows - after
            self._kept[index] = finished, len(wrapped)
            if self._hides(line.block) or len(wrapped) != count:
                self._show_all()
            else:
                self._rows[first : first + count] = wrapped
                self.refresh()
            return

    def _line(self, text: str, *, is_error: bool) -> _Line:
        return _Line(text, _tone_of(text, is_error=is_error), self._block)

    @property
    def last_said(self) -> str:
        """Output of the chosen command, or else of the last."""
        block = self._block if self._chosen is None else self._chosen
        said = (line for line, _ in self._kept if line.block == block and not line.is_command)
        return "\n".join(line.text for line in said)

    def fold(self) -> None:
        """Show only the commands with their outcomes, or everything again."""
        self._is_folded = not self._is_folded
        self._unlike.clear()
        self._show_all()

    def _hides(self, block: int) -> bool:
        """Return true if the output of a command is folded away."""
        return block > 0 and self._is_folded != (block in self._unlike)

    def fold_one(self) -> None:
        """Fold or unfold the output of the chosen command, or else of the last."""
        block = self._block if self._chosen is None else self._chosen
        if block:
            self._unlike ^= {block}
            top = self.scroll_offset.y
            self._show_all()
            self._scroll_to_command(block, top)

    def choose(self, step: int) -> None:
        """Choose the previous command (-1) or the next (1) for folding and copying."""
        blocks = [line.block for line, _ in self._kept if line.is_command]
        if not blocks:
            return
        at = blocks.index(self._chosen) if self._chosen in blocks else len(blocks)
        self._chosen = blocks[max(0, min(len(blocks) - 1, at + step))]
        self._scroll_to_command(self._chosen, self.scroll_offset.y)
        self.refresh()

    def _scroll_to_command(self, block: int, top: int) -> None:
        """Scroll a command into sight, as little as possible from row ``top``."""
        rows = (at for at, row in enumerate(self._rows) if row.block == block and row.is_command)
        at = next(rows, 0)
        height = max(1, self.scrollable_content_region.height)
        y = at if at < top else max(top, at - height + 1)
        self.scroll_to(y=y, animate=False, immediate=True)

    def find(self, text: str, *, upwards: bool = True) -> bool:
        """Scroll to the next row that contains ``text``, in any case; return true if one does."""
        step = -1 if upwards else 1
        start = len(self._rows) if self._found is None else self._found
        wanted = text.lower()
        for at in range(start + step, -1 if upwards else len(self._rows), step):
            if wanted in self._rows[at].text.lower():
                self._found = at
                self.scroll_to(y=max(0, at - self.size.height // 2), animate=False)
                self.refresh()
                return True
        return False

    def _show_all(self) -> None:
        self._found = None
        lines = [line for line, _ in self._kept]
        self._said = Counter(line.block for line in lines if not line.is_command)
        self._unfinished_rows = 0
        self._kept.clear()
        self._rows.clear()
        self._add(lines)
        self.scroll_end(animate=False, immediate=True, x_axis=False)

    def action_output_find(self) -> None:
        """Ask for a text, and go to its last occurrence."""
        self.post_message(self.FindAsked(self._sought))

    def look_for(self, text: str | None) -> None:
        """Go to the last occurrence of ``text``; without a text do nothing."""
        if text:
            self._sought, self._found = text, None
            self._go_to(upwards=True)

    def _go_to(self, *, upwards: bool) -> None:
        if self._sought and not self.find(self._sought, upwards=upwards):
            way = "further up" if upwards else "further down"
            self.notify(f"{self._sought} is not {way}.", markup=False)

    def action_output_find_older(self) -> None:
        """Go to the previous match."""
        self._go_to(upwards=True)

    def action_output_find_newer(self) -> None:
        """Go to the next match."""
        self._go_to(upwards=False)

    def action_output_fold(self) -> None:
        """Fold or unfold."""
        self.fold()

    def action_output_fold_one(self) -> None:
        """Fold or unfold one command."""
        self.fold_one()

    def action_output_older(self) -> None:
        """Choose the previous command."""
        self.choose(-1)

    def action_output_newer(self) -> None:
        """Choose the next command."""
        self.choose(1)

    def action_output_copy(self) -> None:
        """Copy the output of the chosen command, or else of the last."""
        said = self.last_said
        self.app.copy_to_clipboard(said)
        self.notify(f"{len(said.splitlines())} lines copied, if this terminal allows it.")

    def end_line(self) -> None:
        """Finish the unfinished line, so that the next piece starts a new one."""
        if self._unfinished:
            self.stream("\n")

    def _add(self, lines: Iterable[_Line]) -> None:
        is_at_end = self.is_vertical_scroll_end
        del self._rows[len(self._rows) - self._unfinished_rows :]
        first = len(self._rows)
        for line in lines:
            is_hidden = not line.is_command and self._hides(line.block)
            wrapped = [] if is_hidden else self._wrapped(self._marked(line))
            self._kept.append((line, len(wrapped)))
            self._rows += wrapped
        dropped = self._drop_oldest()
        self._unfinished_rows = 0
        if self._unfinished and not self._hides(self._block):
            wrapped = self._wrapped(self._line(self._unfinished, is_error=False))
            self._unfinished_rows = len(wrapped)
            self._rows += wrapped
        self._show(first, dropped, is_at_end=is_at_end)

    def _marked(self, line: _Line) -> _Line:
        """Return a command with the number of its folded lines."""
        count = self._said[line.block]
        if not count or not (line.is_command and self._hides(line.block)):
            return line
        return replace(line, text=f"{line.text}   +{count} line{'s' * (count != 1)}")

    def _wrapped(self, line: _Line) -> list[_Line]:
        if cell_len(line.text) <= self._width or not self._width:
            return [line]
        wrapped = Text(line.text).wrap(self.app.console, self._width)
        return [replace(line, text=part.plain.rstrip()) for part in wrapped]

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
        """Paint the visible row ``y``."""
        at = y + self.scroll_offset.y
        if at >= len(self._rows):
            return self.painted(())
        row = self._rows[at]
        if at == self._found:
            return self.painted([(row.text, self.style("output--found"))])
        if row.is_command and row.block == self._chosen and self.has_focus:
            return self.painted([(row.text, self.style("output--chosen"))])
        if row.tone == "plain" and crm_text.is_configuration(row.text):
            return self.painted(crm_text.pieces(row.text, self.style))
        part = "" if row.tone == "plain" else f"output--{row.tone}"
        return self.painted([(row.text, self.style(part))])


def _tone_of(line: str, *, is_error: bool) -> OutputTone:
    if line.startswith("ERROR:"):
        return "error"
    return "warning" if is_error or line.startswith("WARNING:") else "plain"
