"""Text of the command line: prompt, line, suggestion and cursor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.tui.presentation.around_cursor import around_cursor

if TYPE_CHECKING:
    from rich.style import Style
    from rich.text import Text

    from crmtui.editor.view import LineView

HIDDEN = "*"


@dataclass(frozen=True, slots=True)
class LineStyles:
    """Styles of the parts of a line."""

    text: Style
    suggestion: Style
    cursor: Style


def command_text(
    prompt: Text,
    view: LineView,
    styles: LineStyles,
    *,
    painted: Text | None = None,
    is_hidden: bool = False,
    has_cursor: bool = False,
) -> Text:
    """Return the line behind ``prompt``.

    Args:
        prompt: The prompt or the question.
        view: The line as it is now.
        styles: Styles of its parts.
        painted: The text in crm's colours; None for plain text.
        is_hidden: True for a password, which is painted as stars.
        has_cursor: True where letters are typed into it.
    """
    line = prompt.copy()
    shown = HIDDEN * len(view.text) if is_hidden else view.text
    if painted is not None:
        line.append_text(painted)
    else:
        line.append(shown, styles.text)
    tail = "" if is_hidden else view.suggestion
    line.append(tail, styles.suggestion)
    if has_cursor:
        at = len(line.plain) - len(shown) - len(tail) + view.cursor
        if at >= len(line.plain):
            line.append(" ")
        line.stylize(styles.cursor, at, at + 1)
    return around_cursor(line, view)
