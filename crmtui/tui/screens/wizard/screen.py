"""Filling in a guided form: steps of fields, the crm text beside them, and the review at the end."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Literal

from rich.text import Text
from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, Static

from crmtui.crm.rehearsal import Rehearsed
from crmtui.errors import CrmtuiError
from crmtui.tui.bindings import bindings_of
from crmtui.tui.screens.wizard.choices import offered, taken
from crmtui.tui.screens.wizard.field_list import FieldList
from crmtui.tui.screens.wizard.hand import HandScreen
from crmtui.tui.screens.wizard.lines import crm_text, missing_line, steps_line
from crmtui.tui.screens.wizard.masking import masked, unmasked
from crmtui.tui.screens.wizard.pick import PickScreen
from crmtui.tui.screens.wizard.review import told
from crmtui.tui.screens.wizard.row import FieldRow, documentation
from crmtui.tui.widgets.key_line import KeyLine
from crmtui.wizard.forms import shown

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from crmtui.tui.screens.wizard.doors import Doors
    from crmtui.wizard.answers import Answers
    from crmtui.wizard.fields import Field, Step
    from crmtui.wizard.forms import Form
    from crmtui.wizard.validation import Problem

_WIDE = (110, 30)
_SAVING_SECONDS = 0.5


class WizardScreen(Screen[bool]):
    """One form, from its first field to its commit; the result says whether it was finished.

    Args:
        form: What is filled in.
        answers: What is answered already.
        doors: What can be done with it.
        step: The step to begin with.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of("wizard"),
        Binding("down,tab", "move(1)", "Next field", show=False, priority=True),
        Binding("up,shift+tab", "move(-1)", "Field before", show=False, priority=True),
    ]

    def __init__(self, form: Form, answers: Answers, doors: Doors, *, step: int = 0) -> None:
        super().__init__(id="wizard")
        self._form = form
        self._answers = dict(answers)
        self._doors = doors
        self._step = step
        self._is_unfolded = False
        self._rehearsed: Rehearsed | str | None = None
        self._failure = ""
        self._is_running = False
        self._typed_ahead = ""
        self._problems: tuple[Problem, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out title, steps, fields beside text, and what is missing."""
        yield Static("", classes="wizard--title", id="wizard-title")
        yield Static("", id="wizard-steps")
        with Horizontal(id="wizard-body"):
            yield FieldList(id="wizard-main")
            with Vertical(id="wizard-side"):
                with VerticalScroll(id="wizard-doc-scroll"):
                    yield Static("", id="wizard-doc")
                with VerticalScroll(id="wizard-text-scroll"):
                    yield Static("", id="wizard-text")
        yield Static("", id="wizard-missing")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the first step."""
        for name in ("#wizard-doc-scroll", "#wizard-text-scroll"):
            self.query_one(name).can_focus = False
        title = Text(f" {self._form.title}", no_wrap=True, overflow="ellipsis")
        title.append(f"  on {self._doors.where}", "not bold dim")
        self.query_one("#wizard-title", Static).update(title)
        self._show_step()

    def on_resize(self, event: events.Resize) -> None:
        """Put the text below the fields where there is no room beside them."""
        self.set_class(event.size.width < _WIDE[0] or event.size.height < _WIDE[1], "-compact")

    # What is shown.

    @property
    def _steps(self) -> tuple[Step, ...]:
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

    @work(exclusive=True, group="step")
    async def _show_step(self, focus: str = "") -> None:
        self.set_class(self._is_review, "-review")
        with self.app.batch_update():  # nothing is seen before it can be typed into
            if self._is_review:
                await self._list.show_page()
                self.set_focus(self._list)
                self._begin_rehearsal()
            else:
                step = self._steps[self._step]
                await self._list.fill(
                    self._fields(), self._answers, above=step.help, below=self._folded()
                )
                if (row := self._list.row(focus)) is not None:
                    self.set_focus(row.input)
                    row.input.insert_text_at_cursor(self._typed_ahead)
        self._typed_ahead = ""
        self._show_state()
        self.refresh_bindings()

    def _folded(self) -> str:
        """Return the line below the fields."""
        folded = len(self._steps[self._step].fields) - len(self._fields())
        return f"{folded} more: F3" if folded else "F3 folds what is for few" * self._is_unfolded

    def _fit(self) -> None:
        """Show the fields that there are now."""
        if self._list.is_filled and not self._is_review:
            self._adjust()
        else:
            self._show_step()

    @work(exclusive=True, group="step")
    async def _adjust(self) -> None:
        await self._list.adjust(self._fields(), self._answers, below=self._folded())
        self._show_state()

    def _show_state(self) -> None:
        """Show what follows from the answers: text, problems, marks."""
        self._problems = self._form.problems(self._answers)
        self._list.mark(self._problems, self._answers)
        steps = steps_line(self._steps, self._step, self._problems)
        self.query_one("#wizard-steps", Static).update(steps)
        self.query_one("#wizard-text", Static).update(crm_text(self._form, self._answers))
        missing = self.query_one("#wizard-missing", Static)
        missing.update(missing_line(self._problems, is_review=self._is_review))
        missing.set_class(not self._problems, "-fine")
        if self._is_review:
            self._show_review()

    def _show_review(self) -> None:
        page = told(
            problems=self._problems,
            rehearsed=self._rehearsed,
            sentences=self._form.sentences(self._answers),
            commands=crm_text(self._form, self._answers),
            note=self._failure or self._doors.note(),
        )
        for review in self.query("#wizard-review").results(Static):
            review.update(page)

    # What is typed.

    @on(Input.Changed)
    def _answered(self, event: Input.Changed) -> None:
        row = event.input.parent
        if not isinstance(row, FieldRow) or self._answers.get(row.field.key, "") == event.value:
            return
        before = [field.key for field in self._fields()]
        self._answers[row.field.key] = event.value
        self._rehearsed, self._failure = None, ""
        self.set_timer(_SAVING_SECONDS, self._save, name="save")
        if [field.key for field in self._fields()] != before:
            self._fit()
        self._show_state()

    def on_key(self, event: events.Key) -> None:
        """Keep what is typed before the fields of a step are there."""
        if self.focused is None and event.is_printable and event.character and not self._is_review:
            self._typed_ahead += event.character
            event.stop()

    def _save(self) -> None:
        self._doors.save(self._answers, self._step)

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_move(1)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show what there is to know of the field."""
        row = event.widget.parent
        for other in self._list.rows:
            other.set_class(other is row, "-here")
        if isinstance(row, FieldRow):
            self.query_one("#wizard-doc", Static).update(documentation(row.field))
            self.query_one("#wizard-doc-scroll").scroll_home(animate=False)

    def action_move(self, by: int) -> None:
        """Go to another field; behind the last one comes the next step."""
        if self._is_review:
            self._list.scroll_relative(y=by, animate=False)
            return
        rows = self._list.rows
        here = self._list.here
        at = rows.index(here) if here is not None else -1
        if 0 <= at + by < len(rows):
            # Not Widget.focus(), which comes later: what is typed next belongs into the next field.
            self.set_focus(rows[at + by].input)
        elif by > 0:
            self.action_wizard_next()

    def action_wizard_next(self) -> None:
        """Go to the next step."""
        if self._is_review:
            self._list.scroll_page_down(animate=False)
        else:
            self._go_to(self._step + 1)

    def action_wizard_previous(self) -> None:
        """Go to the step before."""
        if self._step > 0:
            self._go_to(self._step - 1)

    def action_wizard_review(self) -> None:
        """Go to the end."""
        self._go_to(len(self._steps))

    def _go_to(self, step: int, focus: str = "") -> None:
        self._step = min(max(step, 0), len(self._steps))
        self.set_focus(None)  # what is typed from now on belongs into the fields to come
        self._save()
        self._show_step(focus)

    def action_wizard_back(self) -> None:
        """Go a step back; from the first, leave, with what was typed kept."""
        if self._is_running:
            return
        if self._step > 0:
            self._go_to(self._step - 1)
        else:
            self._save()
            self.dismiss(False)

    def action_wizard_unfold(self) -> None:
        """Show all fields of the step, or the few."""
        self._is_unfolded = not self._is_unfolded
        self._fit()

    def action_wizard_missing(self) -> None:
        """Go to the field of the next problem."""
        keys = [problem.key for problem in self._problems]
        row = self._list.here
        here = row.field.key if row is not None else ""
        if not keys:
            return
        key = keys[(keys.index(here) + 1) % len(keys)] if here in keys else keys[0]
        for at, step in enumerate(self._steps):
            field = next((field for field in step.fields if field.key == key), None)
            if field is not None:
                self._is_unfolded = self._is_unfolded or field.is_folded
                self._go_to(at, key)
                return

    @work
    async def action_wizard_choices(self) -> None:
        """Choose the value of the field in focus from a list."""
        row = self._list.here
        if row is None:
            return
        field, value = row.field, row.input.value
        values = await asyncio.to_thread(
            offered, field, value, self._form.facts, self._doors.knowledge
        )
        if not values:
            self.notify("There is nothing to choose from: type it.")
            return
        choice = await self.app.push_screen_wait(PickScreen(field.label.strip(), values, value))
        if choice is not None:
            row.input.value = taken(field, value, choice)
            row.input.cursor_position = len(row.input.value)

    @work
    async def action_wizard_by_hand(self) -> None:
        """Edit the text, and take over what it says."""
        try:
            text = masked(self._form.text(self._answers), self._answers)
        except CrmtuiError as error:
            self.notify(str(error), severity="warning")
            return
        before = dict(self._answers)
        found = await self.app.push_screen_wait(
            HandScreen(text, lambda text: unmasked(self._form.read(text, before), before))
        )
        if found is not None:
            self._answers = dict(found)
            self._rehearsed, self._failure = None, ""
            self._save()
            self._show_step()

    def action_wizard_copy(self) -> None:
        """Copy the text."""
        self.app.copy_to_clipboard(crm_text(self._form, self._answers))
        self.notify("Copied; your terminal may have to allow it (OSC 52).")

    # The review.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer each key only where it does something."""
        if action in ("wizard_commit", "wizard_stage", "wizard_verify", "wizard_undo"):
            return self._is_review and not self._is_running
        if action in ("wizard_choices", "wizard_unfold", "wizard_review"):
            return not self._is_review
        return True

    def _begin_rehearsal(self) -> None:
        self._rehearsed = None
        if any(problem.is_error for problem in self._form.problems(self._answers)):
            return
        self._rehearse(dict(self._answers))

    @work(thread=True, exclusive=True, group="rehearsal")
    def _rehearse(self, answers: Answers) -> None:
        try:
            self._form.prepare(answers)
            came = self._tried(answers)
        except CrmtuiError as error:
            came = str(error)
        self.app.call_from_thread(self._rehearsal_ended, answers, came)

    def _tried(self, answers: Answers) -> Rehearsed | str:
        trial = self._form.trial(answers)
        if trial:
            return self._doors.rehearse(trial)
        return Rehearsed() if self._form.commands(answers) else "there is nothing to change."

    def _rehearsal_ended(self, answers: Answers, came: Rehearsed | str) -> None:
        if self.is_mounted and self._is_review and answers == self._answers:
            self._rehearsed = came
            self._show_state()

    def action_wizard_verify(self) -> None:
        """Verify and forecast again."""
        self._begin_rehearsal()
        self._show_state()

    def action_wizard_commit(self) -> None:
        """Commit it."""
        self._send("commit")

    def action_wizard_stage(self) -> None:
        """Stage it."""
        self._send("stage")

    def _send(self, how: Literal["commit", "stage"]) -> None:
        rehearsed = self._rehearsed
        if rehearsed is None or isinstance(rehearsed, str):
            self.notify("Wait until it is verified." if rehearsed is None else rehearsed)
            return
        if rehearsed.errors:
            self.notify("crm refuses it: change it first (Esc goes back).", severity="warning")
            return
        if how == "stage" and any(
            command.is_root for command in self._form.commands(self._answers)
        ):
            self.notify("It does more than configure, and acts at once: c runs it.")
            return
        self._is_running, self._failure = True, ""
        self.refresh_bindings()
        self._doors.go(how, self._form.commands(self._answers))

    def action_wizard_undo(self) -> None:
        """Drop what was staged before it failed."""
        if self._failure:
            self._doors.undo()

    def failed(self, why: str) -> None:
        """Say that crm did not take it, and let it be changed."""
        self._is_running, self._failure = False, why
        self.refresh_bindings()
        self._show_state()
