"""The long help beside the completion menu: what the manual or the agent says of what is chosen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from crmtui.editor.view import LineView

_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_OWN_LINE = re.compile(r"[ \t*.-]|\S+::")
"""How a line begins that is not the rest of the one before: an item, an example."""


class LongHelp(VerticalScroll, can_focus=False):
    """Follows the choice in the menu; without one it is about the place where the cursor is."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._shown = ("", "")
        self._text = Static("", markup=False)

    def compose(self) -> ComposeResult:
        """Hold the text."""
        yield self._text

    def show(self, view: LineView) -> None:
        """Show the help for what is chosen in ``view``."""
        told = topic(view)
        if told != self._shown:
            self._shown = told
            self.border_title = Content(f" {told[0]} ") if told[0] else None
            self._text.update(flowing(told[1]) or "Nothing is known of this place in the line.")
            self.scroll_home(animate=False)


def topic(view: LineView) -> tuple[str, str]:
    """Return title and paragraphs of what is to be explained."""
    if view.selected is not None and view.selected < len(view.menu):
        item = view.menu[view.selected]
        if item.detail:
            default = f" = {item.default}" if item.default else ""
            required = ", required" if item.is_required else ""
            kind = f": {item.type}{default}{required}" if item.type else ""
            return f"{item.display}{kind}", item.detail
    return view.remarks.title, view.remarks.text


def flowing(text: str) -> str:
    """Return paragraphs without the line ends that their authors put for a width of their own."""
    return "\n\n".join(_joined(part) for part in _PARAGRAPH.split(text.strip()))


def _joined(paragraph: str) -> str:
    lines: list[str] = []
    for line in paragraph.splitlines():
        if lines and not _OWN_LINE.match(line) and not _OWN_LINE.match(lines[-1]):
            lines[-1] = f"{lines[-1].rstrip()} {line.strip()}"
        else:
            lines.append(line.rstrip())
    return "\n".join(lines)
