"""Timeline pane, the newest event first."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from crmtui.cluster.timeline import to_text
from crmtui.tui.presentation.lists.timeline_rows import COLUMNS, day, timeline_rows
from crmtui.tui.textual_ext.bindings import bindings_of
from crmtui.tui.widgets.listing import Listing

if TYPE_CHECKING:
    from textual.binding import BindingType

    from crmtui.cluster.timeline import Timeline
    from crmtui.tui.presentation.table import Row
    from crmtui.tui.theming.marks import Marks


class TimelinePane(Listing):
    """Shows a timeline, and marks it as seen while it has the focus.

    Args:
        marks: Signs of states.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("timeline")
    columns = COLUMNS

    class Followed(Message):
        """The user followed an entry to its object."""

        def __init__(self, *, node: str, resource: str) -> None:
            super().__init__()
            self.node = node
            self.resource = resource

    class ExportAsked(Message):
        """The timeline is to be written to a file."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Seen(Message):
        """The user looks at the timeline."""

    def __init__(self, *, marks: Marks, id: str | None = None) -> None:  # noqa: A002
        super().__init__(empty="", marks=marks, id=id)
        self._timeline: Timeline | None = None
        self._made: dict[int, tuple[Row, ...]] = {}
        self._today = (0, 0)

    def show(self, timeline: Timeline) -> None:
        """Show ``timeline``; a selection on the newest entry stays on the newest."""
        at_top = self.selected_row is None or self._selected == 0
        self._timeline = timeline
        now = time.time()
        if day(now) != self._today or len(self._made) > 2 * len(timeline.entries):
            self._made.clear()  # rows of another day, or of dropped entries
            self._today = day(now)
        self.present(timeline_rows(timeline.entries, self._marks, now, self._made))
        if at_top:
            self.action_list_top()
        if self.has_focus:
            self.post_message(self.Seen())

    def on_focus(self) -> None:
        """Mark the entries as seen."""
        self.post_message(self.Seen())

    @property
    def shown_text(self) -> str:
        """Text of the visible entries, oldest first."""
        shown = {row.key for row in self._arranged.rows}
        entries = self._timeline.entries if self._timeline else ()
        return to_text(entry for number, entry in entries if str(number) in shown)

    def action_timeline_follow(self) -> None:
        """Go to the object of the entry."""
        row = self.selected_row
        if row is not None and (row.node or row.resource):
            self.post_message(self.Followed(node=row.node, resource=row.resource))

    def action_timeline_export(self) -> None:
        """Ask to write the timeline to a file."""
        self.post_message(self.ExportAsked(self.shown_text))

    def action_timeline_copy(self) -> None:
        """Copy the timeline."""
        self.app.copy_to_clipboard(self.shown_text)
