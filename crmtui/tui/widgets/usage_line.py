"""Usage lines under the command line: the syntax of the command, and mistakes in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.widget import Widget

from crmtui.editor.view import EMPTY

if TYPE_CHECKING:
    from rich.style import Style

    from crmtui.completion.usage import Usage
    from crmtui.editor.view import LineView
    from crmtui.lint import LintFinding

_ELLIPSIS = "…"


class UsageLine(Widget):
    """Shows the expected word at the cursor, and the reason of an underline.

    With two lines, the second is for mistakes. With one line, an error replaces the usage, and so
    does a warning while the cursor is at it.

    Args:
        hint: Text while the line is empty.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"usage-line--{part}" for part in ("usage", "current", "error", "warning", "notice")
    }

    def __init__(self, hint: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._hint = hint
        self._view = EMPTY
        self._how = ""

    def hint_at(self, hint: str) -> None:
        """Set the text for an empty line."""
        self._hint = hint
        self.refresh()

    def show(self, view: LineView, how: str = "") -> None:
        """Show the help for ``view``, or ``how`` to answer a question."""
        is_same = (view.remarks, view.notice) == (self._view.remarks, self._view.notice)
        same_place = (view.text, view.cursor) == (self._view.text, self._view.cursor)
        if not (is_same and same_place and how == self._how):
            self._view, self._how = view, how
            self.refresh()

    def render(self) -> Text:
        """Paint the usage with the current argument marked, and the finding that matters most."""
        view = self._view
        finding = _foremost(view)
        if self.size.height > 1:
            return Text("\n").join([self._usage(view), self._wrong(finding, view.notice)])
        is_pressing = finding is not None and (finding.severity == "error" or _is_at(finding, view))
        if view.notice or is_pressing or view.remarks.usage is None:
            return self._wrong(finding, view.notice) or self._usage(view)
        return self._usage(view)

    def _usage(self, view: LineView) -> Text:
        usage = view.remarks.usage
        line = Text(no_wrap=True, overflow="ellipsis")
        if self._how or usage is None:
            return line.append(self._how or ("" if view.text else self._hint), self._style("usage"))
        text, start, end = _in_sight(usage, self.size.width)
        line.append(text, self._style("usage"))
        line.stylize(self._style("current"), start, end)
        return line

    def _wrong(self, finding: LintFinding | None, notice: str) -> Text:
        line = Text(no_wrap=True, overflow="ellipsis")
        if notice:
            return line.append(notice, self._style("notice"))
        if finding is not None:
            mark = "✗" if finding.severity == "error" else "!"
            line.append(f"{mark} {finding.sentence}", self._style(finding.severity))
        return line

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"usage-line--{part}", partial=True)


def _is_at(finding: LintFinding, view: LineView) -> bool:
    return finding.start <= view.cursor <= finding.end


def _foremost(view: LineView) -> LintFinding | None:
    """Return the finding at the cursor, else the first error, else the first."""
    found = view.remarks.findings
    order = sorted(found, key=lambda each: (not _is_at(each, view), each.severity != "error"))
    return order[0] if order else None


def _in_sight(usage: Usage, width: int) -> tuple[str, int, int]:
    """Return a usage scrolled so that the marked part is visible."""
    cut = usage.end - width + 1
    if cut <= 0:
        return usage.text, usage.start, usage.end
    begin = min(cut + len(_ELLIPSIS), usage.start)
    shift = len(_ELLIPSIS) - begin
    return _ELLIPSIS + usage.text[begin:], usage.start + shift, usage.end + shift
