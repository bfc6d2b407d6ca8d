"""Lines around the cursor: the visible part of a text of many lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from crmtui.editor.view import LineView

_ROWS = 5
"""Largest number of visible lines."""


def around_cursor(line: Text, view: LineView) -> Text:
    """Return the visible part of a text of many lines, with the number of hidden lines."""
    rows = line.split("\n", allow_blank=True)
    if len(rows) <= _ROWS:
        return line
    at = view.text[: view.cursor].count("\n")
    first = max(0, min(at - _ROWS // 2, len(rows) - _ROWS))
    shown = rows[first : first + _ROWS]
    shown[-1] = shown[-1].append(f"  (line {at + 1} of {len(rows)})")
    return Text("\n").join(shown)
