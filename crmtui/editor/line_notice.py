"""Notice beside a line: the search that finds nothing, vi's mode, a line that came back."""

from __future__ import annotations

from crmtui.editor.returned_line import EXPLANATION


def line_notice(text: str, sought: str | None, *, is_commanding: bool, is_returned: bool) -> str:
    """Return the sentence that matters most; empty for none.

    Args:
        text: The line that is shown.
        sought: The text that is looked for in the history; None or empty for none.
        is_commanding: True where letters are vi's commands.
        is_returned: True where the line came back, and is untouched.
    """
    if sought and sought not in text:
        return f"No line of the history has {sought} in it. Esc leaves the search."
    if is_commanding:
        return "vi: normal mode"
    return EXPLANATION if is_returned else ""
