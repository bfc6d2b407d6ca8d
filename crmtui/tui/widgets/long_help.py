"""Long help beside the completion menu, from the manual or the agent, on the chosen word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.text import Text
from textual.content import Content

from crmtui.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual import events
    from textual.strip import Strip

    from crmtui.editor.view import LineView

_NOTHING = "No help for this place in the line."
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_OWN_LINE = re.compile(r"[ \t*.-]|\S+::")
"""Beginnings of lines that do not continue the one before: an item, an example."""


class LongHelp(Sheet, can_focus=False):
    """Follows the choice in the menu; without a menu it explains the word at the cursor."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._shown = ("", "")
        self._rows: list[str] = []

    @property
    def text(self) -> str:
        """Text of the help."""
        return "\n".join(self._rows)

    def show(self, view: LineView) -> None:
        """Show the help for the choice in ``view``."""
        told = topic(view)
        if told != self._shown:
            self._shown = told
            self.border_title = Content(f" {told[0]} ") if told[0] else None
            self._wrap()
            self.scroll_home(animate=False, immediate=True)
            self.refresh()

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap the text to the new width."""
        self._wrap()

    def _wrap(self) -> None:
        width = self.scrollable_content_region.width
        text = flowing(self._shown[1]) or _NOTHING
        if width > 0:
            lines = Text(text).wrap(self.app.console, width)
            self._rows = [line.plain.rstrip() for line in lines]
            self.fit(width, len(self._rows))

    def render_line(self, y: int) -> Strip:
        """Paint the visible row ``y``."""
        at = y + self.scroll_offset.y
        text = self._rows[at] if at < len(self._rows) else ""
        return self.painted([(text, self.style())])


def topic(view: LineView) -> tuple[str, str]:
    """Return title and paragraphs of the explanation."""
    if view.selected is not None and view.selected < len(view.menu):
        item = view.menu[view.selected]
        if item.detail:
            default = f" = {item.default}" if item.default else ""
            required = ", required" if item.is_required else ""
            kind = f": {item.type}{default}{required}" if item.type else ""
            return f"{item.display}{kind}", item.detail
    return view.remarks.title, view.remarks.text


def flowing(text: str) -> str:
    """Return paragraphs without their authors' line ends, which were made for another width."""
    return "\n\n".join(_joined(part) for part in _PARAGRAPH.split(text.strip()))


def _joined(paragraph: str) -> str:
    lines: list[str] = []
    for line in paragraph.splitlines():
        if lines and not _OWN_LINE.match(line) and not _OWN_LINE.match(lines[-1]):
            lines[-1] = f"{lines[-1].rstrip()} {line.strip()}"
        else:
            lines.append(line.rstrip())
    return "\n".join(lines)
