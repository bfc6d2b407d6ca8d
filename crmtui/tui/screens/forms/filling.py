"""The steps of a guided form: their fields, with the crm text beside them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, Static

from crmtui.errors import CrmtuiError
from crmtui.tui.screens.forms.choices import offered, taken
from crmtui.tui.screens.forms.field_list import FieldList
from crmtui.tui.screens.forms.field_row import FieldRow, documentation
from crmtui.tui.screens.forms.form_lines import (
    crm_text,
    first_difference,
    folded_line,
    missing_line,
    next_problem,
    steps_line,
)
from crmtui.tui.screens.forms.hand_editor import HandEditorScreen
from crmtui.tui.screens.forms.masking import masked, unmasked
from crmtui.tui.screens.forms.pick_list import PickScreen
from crmtui.tui.textual_ext.bindings import bindings_of
from crmtui.tui.textual_ext.workers import background
from crmtui.tui.widgets.crm_lines import CrmLines
from crmtui.tui.widgets.key_line import KeyLine
from crmtui.wizard.form import shown

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from crmtui.tui.screens.forms.form_services import FormServices
    from crmtui.wizard.answers import Answers
    from crmtui.wizard.fields import Field, FormStep
    from crmtui.wizard.form import Form
    from crmtui.wizard.validation import FormProblem

_WIDE = (110, 30)
_SAVING_SECONDS = 0.5


class FillingScreen(Screen[bool]):
    """Screen of a form, from its first field to the last; the result is True once finished.

    A subclass adds the review behind the last step.

    Args:
        form: The form.
        answers: The answers to start with.
        services: Services of the app for the form.
        step: The number of the first step shown, from 0.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of("wizard"),
        Binding("down,tab,enter", "move(1)", "Next field", show=False, priority=True),
        Binding("up,shift+tab", "move(-1)", "Previous field", show=False, priority=True),
    ]

    def __init__(
        self, form: Form, answers: Answers, services: FormServices, *, step: int = 0
    ) -> None:
        super().__init__(id="wizard")
        self._form = form
        self._answers = dict(answers)
        self._services = services
        self._step = step
        self._is_unfolded = False
        self._is_running = False
        self._is_finished = False
        self._typed_ahead = ""
        self._fitting = asyncio.Lock()
        """Held while fields come and go."""
        self._problems: tuple[FormProblem, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out title, steps, fields beside documentation and text, and the next problem."""
        yield Static("", classes="wizard--title", id="wizard-title")
        yield Static("", id="wizard-steps")
        with Horizontal(id="wizard-body"):
            yield FieldList(id="wizard-main")
            with Vertical(id="wizard-side"):
                with VerticalScroll(id="wizard-doc-scroll"):
                    yield Static("", id="wizard-doc")
                with VerticalScroll(id="wizard-text-scroll"):
                    yield CrmLines(id="wizard-text")
        yield Static("", id="wizard-missing")
        yield KeyLine()

    async def on_mount(self) -> None:
        """Show the first step."""
        for name in ("#wizard-doc-scroll", "#wizard-text-scroll"):
            self.query_one(name).can_focus = False
        title = Text(f" {self._form.title}", no_wrap=True, overflow="ellipsis")
        title.append(f"  on {self._services.where}", "not bold dim")
        self.query_one("#wizard-title", Static).update(title)
        await self._show_step()

    def on_resize(self, event: events.Resize) -> None:
        """Put the text below the fields where there is no room beside them."""
        self.set_class(event.size.width < _WIDE[0] or event.size.height < _WIDE[1], "-compact")

    # The shown parts.

    @property
    def form(self) -> Form:
        """The form."""
        return self._form

    @property
    def answers(self) -> Answers:
        """The answers so far."""
        return self._answers

    @property
    def _steps(self) -> tuple[FormStep, ...]:
        return self._form.steps(self._answers)

    @property
    def _is_review(self) -> bool:
        return self._step >= len(self._steps)

    def _fields(self) -> tuple[Field, ...]:
        if self._is_review:
            return ()
        return shown(self._steps[self._step], self._answers, all_of_it=self._is_unfolded)

    @property
    def _list(self) -> FieldList:
        return self.query_one("#wizard-main", FieldList)

    async def _show_step(self, focus: str = "") -> None:
        """Show the fields of the step, or the page of the review.

        Keys typed meanwhile wait for the new fields.
        """
        self.set_class(self._is_review, "-review")
        async with self._fitting:
            with self.app.batch_update():  # the fields appear together, ready for typing
                await self._fill(focus)
        self._show_state()
        self.refresh_bindings()

    async def _fill(self, focus: str) -> None:
        if self._is_review:
            await self._list.show_page()
            self.set_focus(self._list)
            self._review_came()
            return
        help_ = self._steps[self._step].help
        await self._list.fill(self._fields(), self._answers, above=help_, below=self._folded())
        if (row := self._list.row(focus)) is not None:
            self.set_focus(row.input)
            row.input.insert_text_at_cursor(self._typed_ahead)
        self._typed_ahead = ""

    def _folded(self) -> str:
        """Return the line below the fields."""
        folded = len(self._steps[self._step].fields) - len(self._fields())
        return folded_line(folded, self._services.key, is_unfolded=self._is_unfolded)

    async def _fit(self) -> None:
        """Show the fields that the answers call for."""
        async with self._fitting:
            if not self._is_review:
                await self._list.adjust(self._fields(), self._answers, below=self._folded())
                self._show_state()

    def _show_state(self) -> None:
        """Show the consequences of the answers: text, problems, marks."""
        self._problems = self._form.problems(self._answers)
        self._list.mark(self._problems, self._answers)
        steps = steps_line(self._steps, self._step, self._problems)
        self.query_one("#wizard-steps", Static).update(steps)
        self._show_text(crm_text(self._form, self._answers))
        self._show_missing()
        if self._is_review:
            self._show_review()

    @property
    def _here(self) -> str:
        """The key of the field in focus; empty for none."""
        row = self._list.here
        return row.field.key if row is not None else ""

    def _show_missing(self) -> None:
        """Show the next problem, and the key that goes there."""
        missing = self.query_one("#wizard-missing", Static)
        is_review = self._is_review
        missing.update(
            missing_line(self._problems, self._services.key, here=self._here, is_review=is_review)
        )
        missing.set_class(not self._problems, "-fine")

    def _show_text(self, text: str) -> None:
        """Show the crm text, scrolled to its first difference."""
        pane = self.query_one("#wizard-text", CrmLines)
        if pane.lines != text:
            at = first_difference(pane.lines, text)
            pane.show(text)
            scroll = self.query_one("#wizard-text-scroll")
            self.call_after_refresh(scroll.scroll_to, y=max(0, at - 1), animate=False)

    # Hooks for the subclass with the review.

    def _review_came(self) -> None:
        """Begin the review; its page is mounted."""

    def _show_review(self) -> None:
        """Update the page of the review."""

    def _changed(self) -> None:
        """Forget results for the former answers."""

    # Typing.

    @on(Input.Changed)
    def _answered(self, event: Input.Changed) -> None:
        row = event.input.parent
        if isinstance(row, FieldRow):
            self._take(row)

    def _take(self, row: FieldRow) -> None:
        """Copy the value of a field into the answers."""
        if self._answers.get(row.field.key, "") == row.input.value:
            return
        before = [field.key for field in self._fields()]
        self._answers[row.field.key] = row.input.value
        self._changed()
        self.set_timer(_SAVING_SECONDS, self._save, name="save")
        if [field.key for field in self._fields()] != before:
            background(self, self._fit)
        self._show_state()

    def on_key(self, event: events.Key) -> None:
        """Keep letters typed before the fields of a step are there."""
        if self.focused is None and event.is_printable and event.character and not self._is_review:
            self._typed_ahead += event.character
            event.stop()

    async def _settle(self) -> None:
        """Wait until the keys typed so far are answers, and their fields are shown."""
        if (row := self._list.here) is not None:
            await row.input.settle()
            self._take(row)
            if [row.field for row in self._list.rows] != list(self._fields()):
                await self._fit()

    def _save(self) -> None:
        if not self._is_finished:
            self._services.save(self._answers, self._step)

    def on_unmount(self) -> None:
        """Save the draft, also when the program ends."""
        self._save()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the documentation of the field in focus."""
        row = event.widget.parent
        for other in self._list.rows:
            other.set_class(other is row, "-here")
        if isinstance(row, FieldRow):
            told = documentation(row.field, self._services.key)
            self.query_one("#wizard-doc", Static).update(told)
            self.query_one("#wizard-doc-scroll").scroll_home(animate=False)
            self._show_missing()

    async def action_move(self, by: int) -> None:
        """Move the focus by ``by`` fields; the next step follows the last field."""
        if self._is_review:
            self._list.scroll_relative(y=by, animate=False)
            return
        await self._settle()
        rows = self._list.rows
        here = self._list.here
        at = rows.index(here) if here is not None else -1
        if 0 <= at + by < len(rows):
            # Not Widget.focus(), which works later: the next letter belongs into the next field.
            self.set_focus(rows[at + by].input)
        elif by > 0:
            await self.action_wizard_next()

    async def action_wizard_next(self) -> None:
        """Go to the next step."""
        if self._is_review:
            self._list.scroll_page_down(animate=False)
        else:
            await self._go_to(self._step + 1)

    async def action_wizard_previous(self) -> None:
        """Go to the previous step."""
        if self._step > 0:
            await self._go_to(self._step - 1)

    async def action_wizard_review(self) -> None:
        """Go to the review."""
        await self._go_to(len(self._steps))

    async def _go_to(self, step: int, focus: str = "") -> None:
        await self._settle()
        self._step = min(max(step, 0), len(self._steps))
        self._save()
        await self._show_step(focus)

    async def action_wizard_back(self) -> None:
        """Go a step back; the first step closes the form and keeps the draft."""
        if self._is_running:
            return
        if self._step > 0:
            await self._go_to(self._step - 1)
        else:
            await self._settle()
            self._save()
            self.dismiss(False)

    async def action_wizard_unfold(self) -> None:
        """Show all fields of the step, or hide the advanced ones."""
        await self._settle()
        self._is_unfolded = not self._is_unfolded
        await self._fit()

    async def action_wizard_missing(self) -> None:
        """Go to the field of the next problem."""
        await self._settle()
        problem = next_problem(self._problems, self._here)
        if problem is None:
            return
        for at, step in enumerate(self._steps):
            field = next((field for field in step.fields if field.key == problem.key), None)
            if field is not None:
                self._is_unfolded = self._is_unfolded or field.is_folded
                await self._go_to(at, problem.key)
                return

    @work
    async def action_wizard_choices(self) -> None:
        """Choose the value of the field in focus from a list."""
        await self._settle()
        row = self._list.here
        if row is None:
            return
        field, value = row.field, row.input.value
        values = await asyncio.to_thread(
            offered, field, value, self._form.facts, self._services.knowledge
        )
        if not values:
            self.notify("There are no values to choose from: type a value.")
            return
        choice = await self.app.push_screen_wait(PickScreen(field.label.strip(), values, value))
        if choice is not None:
            row.input.value = taken(field, value, choice)
            row.input.cursor_position = len(row.input.value)

    @work
    async def action_wizard_by_hand(self) -> None:
        """Edit the crm text by hand, and take the answers from it."""
        await self._settle()
        try:
            text = masked(self._form.text(self._answers), self._answers)
        except CrmtuiError as error:
            self.notify(str(error), severity="warning")
            return
        before = dict(self._answers)
        found = await self.app.push_screen_wait(
            HandEditorScreen(text, lambda text: unmasked(self._form.read(text, before), before))
        )
        if found is not None:
            self._answers = dict(found)
            self._changed()
            self._save()
            await self._show_step()

    async def action_wizard_copy(self) -> None:
        """Copy the crm text to the clipboard."""
        await self._settle()
        self.app.copy_to_clipboard(crm_text(self._form, self._answers))
        self.notify("Copied; your terminal may have to allow it (OSC 52).")
