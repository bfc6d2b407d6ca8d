"""The field list: the fields of one step, one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.containers import VerticalScroll
from textual.widgets import Static

from crmtui.tui.screens.forms.field_row import FieldRow
from crmtui.tui.widgets.crm_lines import CrmLines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.widget import Widget

    from crmtui.wizard.answers import Answers
    from crmtui.wizard.fields import Field
    from crmtui.wizard.validation import FormProblem


class FieldList(VerticalScroll, can_focus=False):
    """Pane with the rows of a step, or with the page of the review."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self.rows: list[FieldRow] = []

    async def show_page(self) -> Static:
        """Show one text instead of fields; return the widget of the text."""
        await self._clear()
        self.can_focus = True
        page = CrmLines(id="wizard-review")
        await self.mount(page)
        return page

    async def fill(
        self, fields: Sequence[Field], answers: Answers, *, above: str, below: str
    ) -> None:
        """Show the fields of another step, between two lines of text."""
        await self._clear()
        self.can_focus = False
        rows = [FieldRow(field, answers.get(field.key, "")) for field in fields]
        await self.mount(Static(Text(above), classes="wizard--help"))
        await self.mount_all(rows)
        await self.mount(Static(Text(below), classes="wizard--help", id="wizard-folded"))
        self.rows = rows

    async def _clear(self) -> None:
        self.rows = []
        await self.remove_children()
        self.scroll_home(animate=False)

    async def adjust(self, fields: Sequence[Field], answers: Answers, *, below: str) -> None:
        """Add and remove fields; the others keep their input, in the middle of typing."""
        known = {row.field.key: row for row in self.rows}
        before: Widget = self.children[0]
        rows = []
        for field in fields:
            row = known.pop(field.key, None)
            if row is None:
                row = FieldRow(field, answers.get(field.key, ""))
                await self.mount(row, after=before)
            rows.append(row)
            before = row
        self.rows = rows
        for gone in known.values():
            await gone.remove()
        self.query_one("#wizard-folded", Static).update(Text(below))

    def mark(self, problems: Sequence[FormProblem], answers: Answers) -> None:
        """Mark the rows of wrong and doubtful answers."""
        by_key = {problem.key: problem for problem in reversed(problems)}
        for row in self.rows:
            problem = by_key.get(row.field.key)
            is_wrong = problem and problem.is_error and answers.get(row.field.key)
            row.mark("wrong" if is_wrong else "doubtful" if problem else "")

    @property
    def here(self) -> FieldRow | None:
        """The row in focus."""
        # Not has_focus, which is set later: keys come faster than that.
        focused = self.screen.focused
        return next((row for row in self.rows if row.input is focused), None)

    def row(self, key: str) -> FieldRow | None:
        """Return the row of a field, else the first row; None if there are no rows."""
        found = next((row for row in self.rows if row.field.key == key), None)
        return found or (self.rows[0] if self.rows else None)
