"""Page pane about one object, over the lists: foldable sections and links."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from crmtui.cluster.details.page import Reference
from crmtui.tui.presentation.lists.page_rows import COLUMNS, page_rows
from crmtui.tui.textual_ext.bindings import bindings_of
from crmtui.tui.textual_ext.pressed import pressed
from crmtui.tui.widgets.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.binding import BindingType

    from crmtui.cluster.details.page import Item, Page
    from crmtui.tui.theming.marks import Marks


class PagePane(Listing):
    """Shows a page.

    Args:
        marks: The signs of states.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("page")
    columns = COLUMNS
    keeps_to_object = True

    class Followed(Message):
        """The user followed a line to its object."""

        def __init__(self, reference: Reference) -> None:
            super().__init__()
            self.reference = reference

    class ClearAsked(Message):
        """The user asked to clear a resource's leftover constraints."""

        def __init__(self, resource: str) -> None:
            super().__init__()
            self.resource = resource
            self.keys = pressed()
            """Keys that asked for it."""

    def __init__(self, *, marks: Marks, id: str | None = None) -> None:  # noqa: A002
        super().__init__(empty="Loading", marks=marks, id=id)
        self._page: Page | None = None
        self._items: Mapping[str, Item] = {}

    @property
    def page(self) -> Page | None:
        """Page on the screen."""
        return self._page

    def show_page(self, page: Page) -> None:
        """Show ``page``; one about the same object keeps place, folds and filter."""
        is_other = self._page is None or self._page.reference != page.reference
        self._page = page
        if is_other:
            self.narrow("")
        self._lay_out()
        if is_other:
            self.action_list_top()

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the page to the new width."""
        super().on_resize(event)
        self._lay_out()

    def _lay_out(self) -> None:
        if self._page is None:
            return
        width = self.scrollable_content_region.width
        rows, self._items = page_rows(self._page, width, self._marks)
        self.present(rows)

    def entitle(self) -> None:
        """Write title and summary of the page into the frame."""
        if self._page is not None:
            said = " - ".join(filter(None, (self._page.title, self.summary)))
            self.write_title(f" {said} ")

    @property
    def _item(self) -> Item | None:
        return self._items.get(self.selected or "")

    def action_page_follow(self) -> None:
        """Go to the object of the line; fold or unfold a line without one."""
        row = self.selected_row
        if row is not None and row.resource:
            self.post_message(self.Followed(Reference("resource", row.resource)))
        elif row is not None and row.node:
            self.post_message(self.Followed(Reference("node", row.node)))
        else:
            self.action_toggle_fold()

    def action_page_clear(self) -> None:
        """Ask to clear the leftover constraint of the line, or else that of the page."""
        if self.lost:
            self.notify("The selected line has gone: choose another one. Nothing was run.")
            return
        item = self._item
        if item is not None and item.clears:
            self.post_message(self.ClearAsked(item.clears))
            return
        sections = self._page.sections if self._page is not None else ()
        found = {each.clears for section in sections for each in section.items if each.clears}
        if len(found) == 1:
            self.post_message(self.ClearAsked(found.pop()))
        elif found:
            self.notify("Moves or bans left several constraints: go to the one to clear.")
        else:
            self.notify("No constraint left by a move or ban is on this page.")
