"""ASCII output for terminals and locales without other characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.filter import LineFilter

from crmtui.tui.theming.marks import in_ascii

if TYPE_CHECKING:
    from rich.segment import Segment
    from textual.color import Color


class AsciiFilter(LineFilter):
    """A filter over everything that Textual paints."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return ``segments`` with their text in ASCII."""
        return [
            segment if segment.text.isascii() else segment._replace(text=_wide(segment.text))
            for segment in segments
        ]


def _wide(text: str) -> str:
    plain = in_ascii(text)
    return plain + "?" * (cell_len(text) - len(plain))
