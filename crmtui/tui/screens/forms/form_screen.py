"""A guided form from its first field to its commit: filled in, reviewed, sent."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Literal

from crmtui.backend.scheduler.rehearsal import Rehearsed
from crmtui.cib.scripts import progress
from crmtui.errors import CrmtuiError
from crmtui.tui.screens.forms.filling import FillingScreen
from crmtui.tui.screens.forms.form_lines import crm_text, loaded_text
from crmtui.tui.screens.forms.review import Review, ReviewPage, ReviewProgress
from crmtui.tui.textual_ext.stoppable import StoppableQuery
from crmtui.tui.textual_ext.stops_waiting import StopsWaiting
from crmtui.tui.textual_ext.workers import background
from crmtui.tui.widgets.crm_lines import CrmLines

if TYPE_CHECKING:
    from textual import events

    from crmtui.tui.screens.forms.form_services import FormServices
    from crmtui.wizard.answers import Answers
    from crmtui.wizard.form import Form


_SENDING = "Sending the lines to crm … A commit is confirmed first."
_NOT_YET = "Not verified yet: press the key again once crm and the scheduler have answered."
_UNCHANGED = "There are no changes to commit."
_RUNNING = "crm runs the recipe …"
_ON_ONE_LINE = re.compile(r"\.\.\.(?=INFO: |ERROR: )")
"""End of a progress line that crm writes over; the output has no line break there."""
_PADDING = 3
"""Columns beside the page, with the scroll bar."""
_LINES = 12
"""Greatest number of crm's last output lines shown while a recipe runs."""


class FormScreen(StopsWaiting, FillingScreen):
    """Form with its review: crm and the scheduler check the lines, then a key commits or stages."""

    def __init__(
        self, form: Form, answers: Answers, services: FormServices, *, step: int = 0
    ) -> None:
        super().__init__(form, answers, services, step=step)
        self._rehearsed: Rehearsed | str | None = None
        self._rehearsal = StoppableQuery()
        self._failure = self._news = ""
        self._said = ""

    async def _show_step(self, focus: str = "") -> None:
        if not self._is_review:
            self._rehearsal.stop()  # the answer is about a review that is left
        await super()._show_step(focus)

    def _review_came(self) -> None:
        self._begin_rehearsal()

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the page of the review for the new width."""
        super().on_resize(event)
        if self._is_review:
            self.call_after_refresh(self._show_review)

    def _changed(self) -> None:
        self._rehearsed = None
        self._failure = self._news = self._said = ""

    def _show_review(self) -> None:
        commands = crm_text(self._form, self._answers)
        for review in self.query("#wizard-review").results(CrmLines):
            loaded = loaded_text(self._form, self._answers)
            width = self._list.scrollable_content_region.width - _PADDING
            page = ReviewPage(self.app.console, width).told(
                Review(
                    problems=self._problems,
                    rehearsed=self._rehearsed,
                    sentences=self._form.sentences(self._answers),
                    commands=review.painted(commands or "(nothing)"),
                    loaded=None if loaded is None else review.painted(loaded),
                    note=self._note(),
                    progress=self._show_progress(),
                )
            )
            review.update(page)

    def _note(self) -> str:
        if not self._is_running:
            return self._failure or self._news or self._services.note()
        return _RUNNING if self._said and self._form.script_steps(self._answers) else _SENDING

    def _show_progress(self) -> ReviewProgress:
        """Return the progress of the sent lines."""
        if not (self._is_running or self._failure):
            return ReviewProgress()
        steps = self._form.script_steps(self._answers)
        is_told = bool(steps) and self._is_running  # after a failure, the note has the output
        said = _ON_ONE_LINE.sub("...\n", self._said).rstrip().splitlines() if is_told else []
        return ReviewProgress(progress(steps, self._said), tuple(said[-_LINES:]))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer each key only where the key has an effect."""
        if action in ("wizard_stage", "wizard_undo") and self._form.script_steps(self._answers):
            return False  # a recipe acts at once, and stages nothing
        if action == "wizard_undo":
            return self._is_review and not self._is_running and bool(self._failure)
        if action in ("wizard_commit", "wizard_stage", "wizard_verify"):
            return self._is_review and not self._is_running
        if action in ("wizard_choices", "wizard_unfold", "wizard_review"):
            return not self._is_review
        return True

    def _begin_rehearsal(self) -> None:
        self._rehearsed = None
        if any(problem.is_error for problem in self._form.problems(self._answers)):
            return
        rehearse = partial(self._rehearse, dict(self._answers))
        background(self, rehearse, group="rehearsal", only=True)

    async def _rehearse(self, answers: Answers) -> None:
        came: Rehearsed | str
        try:
            came = await self._rehearsal.run(partial(self._tried, answers))
        except CrmtuiError as error:
            came = f"Not verified: {error}"
        self._rehearsal_ended(answers, came)

    def stop_waiting(self) -> bool:
        """Stop verifying."""
        return self._rehearsal.stop()

    def _tried(self, answers: Answers) -> Rehearsed | str:
        self._form.prepare(answers)
        trial = self._form.trial(answers)
        if trial:
            return self._services.rehearse(trial)
        return Rehearsed() if self._form.commands(answers) else _UNCHANGED

    def _rehearsal_ended(self, answers: Answers, came: Rehearsed | str) -> None:
        if self.is_mounted and self._is_review and answers == self._answers:
            self._rehearsed = came
            self._show_state()

    def action_wizard_verify(self) -> None:
        """Verify and forecast again."""
        self._begin_rehearsal()
        self._show_state()

    def action_wizard_commit(self) -> None:
        """Commit the lines."""
        self._send("commit")

    def action_wizard_stage(self) -> None:
        """Stage the lines, without a commit."""
        self._send("stage")

    def _send(self, how: Literal["commit", "stage"]) -> None:
        rehearsed = self._rehearsed
        if any(problem.is_error for problem in self._problems):
            self.notify(
                "The form is not complete: the last line says what is missing.", severity="warning"
            )
            return
        if rehearsed is None or isinstance(rehearsed, str):
            self.notify(_NOT_YET if rehearsed is None else rehearsed)
            return
        if rehearsed.errors:
            self.notify("crm refuses the lines: go back and correct the form.", severity="warning")
            return
        if how == "stage" and any(
            command.is_root for command in self._form.commands(self._answers)
        ):
            self.notify("This recipe does more than configure and acts at once: c runs it.")
            return
        self._is_running = True
        self._failure = self._news = self._said = ""
        self.refresh_bindings()
        self._show_state()
        self._services.go(how, self._form.commands(self._answers), rehearsed.known)

    def action_wizard_undo(self) -> None:
        """Drop the lines that were staged before the failure."""
        self._services.undo()

    async def renew(self, form: Form, answers: Answers, why: str) -> None:
        """Continue with a new form, made from the present cluster, and review again."""
        self._form, self._answers = form, dict(answers)
        self._save()
        self.failed("")
        self._news = why
        await self._go_to(len(self._steps))

    def told(self, said: str) -> None:
        """Show the output of crm so far."""
        self._said = said
        if self._is_running and self._is_review:
            self._show_review()

    def finished(self) -> None:
        """Close the form without a draft: all lines were done."""
        self._is_finished = True
        self.dismiss(True)

    def failed(self, why: str) -> None:
        """Show why crm refused the lines, and let the form be corrected."""
        self._is_running, self._failure = False, why
        self.refresh_bindings()
        self._show_state()
