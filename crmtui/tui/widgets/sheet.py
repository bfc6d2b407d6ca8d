"""Sheet of lines that scrolls, without a new layout when only its content changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from crmtui.tui.textual_ext.bindings import SCROLLING, bindings_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.style import Style
    from textual.binding import BindingType
    from typing_extensions import Self


class Sheet(ScrollView, can_focus=True, inherit_bindings=False):
    """A base for widgets that paint themselves line by line; see Textual's "line API"."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("list", SCROLLING)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._appearance: dict[str, Style] = {}
        self._writes_title = False

    def write_title(self, words: str) -> None:
        """Write ``words`` into the frame and paint only that line; Textual would paint the pane."""
        self._writes_title = True
        try:
            # Content, because a text would be read as markup, and a summary may hold words from the
            # cluster.
            self.border_title = Content(words)
        finally:
            self._writes_title = False

    def refresh(self, *regions: Region, **how: bool) -> Self:
        """Paint ``regions`` of the sheet anew, or all of it."""
        if self._writes_title:
            left, top = self.content_offset
            regions = (Region(-left, -top, self.outer_size.width, 1),)
        return super().refresh(*regions, **how)

    def fit(self, width: int, height: int) -> None:
        """Record the size of the content, in columns and lines.

        Setting ``virtual_size`` lays out and paints the whole screen, which takes longer than
        everything else between a change and its picture. That is needed only where the widget
        itself grows with its content; scroll bars see to themselves.
        """
        size = Size(width, height)
        if size == self.virtual_size:
            return
        if self.styles.auto_dimensions:
            self.virtual_size = size
            return
        self.set_reactive(Widget.virtual_size, size)
        self._scroll_update(size)

    def notify_style_update(self) -> None:
        """Forget the styles: the theme, a class or the focus has changed."""
        super().notify_style_update()
        self._appearance.clear()

    def style(self, part: str = "") -> Style:
        """Return the style of the component class ``part``, or of the widget itself."""
        if part not in self._appearance:
            style = self.rich_style
            if part:
                style += self.get_component_rich_style(part, partial=True)
            self._appearance[part] = style
        return self._appearance[part]

    def painted(self, pieces: Iterable[tuple[str, Style]], left: int = 0) -> Strip:
        """Return ``pieces`` as a line as wide as the content, with the first ``left`` columns cut."""
        width = self.scrollable_content_region.width
        strip = Strip([Segment(text, style) for text, style in pieces])
        return strip.crop_extend(left, left + width, self.style())


def widest(lines: Iterable[str]) -> int:
    """Return the width of the longest line, in columns."""
    return max((cell_len(line) for line in lines), default=0)
