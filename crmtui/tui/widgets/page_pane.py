"""A page about one object, over the lists: sections that can be folded, links that can be followed."""

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
        """The object that a line speaks of is to be looked at closely."""

        def __init__(self, reference: Reference) -> None:
            super().__init__()
            self.reference = reference

    class ClearAsked(Message):
        """The leftover constraints of a resource are to be cleared."""

        def __init__(self, resource: str) -> None:
            super().__init__()
            self.resource = resource
            self.keys = pressed()
            """The keys that led to it."""

    def __init__(self, *, marks: Marks, id: str | None = None) -> None:  # noqa: A002
        super().__init__(empty="Nothing is known yet", marks=marks, id=id)
        self._page: Page | None = None
        self._items: Mapping[str, Item] = {}

    @property
    def page(self) -> Page | None:
        """What is shown."""
        return self._page

    def show_page(self, page: Page) -> None:
        """Show ``page``; one about the same object as before keeps place, folds and filter."""
        is_other = self._page is None or self._page.reference != page.reference
        self._page = page
        if is_other:
            self.narrow("")
        self._lay_out()
        if is_other:
            self.action_list_top()

    def on_resize(self, event: events.Resize) -> None:
        """Wrap what is shown to the new width."""
        super().on_resize(event)
        self._lay_out()

    def _lay_out(self) -> None:
        if self._page is None:
            return
        width = self.scrollable_content_region.width
        rows, self._items = page_rows(self._page, width, self._marks)
        self.present(rows)

    def entitle(self) -> None:
        """Say in the frame what is shown."""
        if self._page is not None:
            said = " - ".join(filter(None, (self._page.title, self.summary)))
            self.write_title(f" {said} ")

    @property
    def _item(self) -> Item | None:
        return self._items.get(self.selected or "")

    def action_page_follow(self) -> None:
        """Go to the object that the line speaks of; fold or unfold a line that speaks of none."""
        row = self.selected_row
        if row is not None and row.resource:
            self.post_message(self.Followed(Reference("resource", row.resource)))
        elif row is not None and row.node:
            self.post_message(self.Followed(Reference("node", row.node)))
        else:
            self.action_toggle_fold()

    def action_page_clear(self) -> None:
        """Ask for the leftover constraint of the line to be cleared, or else for that of the page."""
        if self.lost:
            self.notify(
                "The line that was selected has gone: choose another. Nothing was asked for."
            )
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
            self.notify("Several are left by moves or bans: go to the one to clear.")
        else:
            self.notify("No constraint that a move or ban has left is to be seen here.")
