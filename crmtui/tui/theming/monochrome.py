"""Monochrome output, as NO_COLOR asks for: the terminal's own colours, and attributes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from crmtui.tui.theming.contrast import contrast

if TYPE_CHECKING:
    from rich.segment import Segment

_STANDS_OUT = 2.0
"""Contrast with the screen's background from which a background is painted in reverse."""


class Monochrome(LineFilter):
    """A filter over everything that Textual paints; bold, dim, underlined and reverse are left."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return ``segments`` without their colours."""
        return [
            segment
            if segment.style is None
            else segment._replace(style=_bare(segment.style, background))
            for segment in segments
        ]


@lru_cache(maxsize=1024)
def _bare(style: Style, background: Color) -> Style:
    on = background if style.bgcolor is None or style.bgcolor.is_default else None
    on = on or Color.from_rich_color(style.bgcolor)
    stands_out = contrast(on, background) >= _STANDS_OUT
    return Style(
        bold=style.bold,
        dim=style.dim,
        italic=style.italic,
        underline=style.underline,
        strike=style.strike,
        reverse=bool(style.reverse) != stands_out,
        meta=style.meta,
    )
