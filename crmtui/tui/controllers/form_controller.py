"""Guided forms on the screen: chosen, filled in, checked, and sent to crm."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Literal
from uuid import uuid4

from crmtui.backend.queries.wizard_facts import described_or_bare, gather
from crmtui.backend.scheduler.rehearsal import rehearse
from crmtui.backend.scheduler.script_plan import script_plan
from crmtui.completion.agent_candidates import resolve
from crmtui.errors import CrmtuiError
from crmtui.tui.controllers.form_sender import FormSender
from crmtui.tui.screens.forms.chooser import ChooserScreen
from crmtui.tui.screens.forms.drafts import Drafts, FormDraft
from crmtui.tui.screens.forms.form_offers import FormOffer
from crmtui.tui.screens.forms.form_screen import FormScreen
from crmtui.tui.screens.forms.form_services import FormServices
from crmtui.tui.screens.forms.opening import OpeningScreen
from crmtui.tui.screens.question_screen import QuestionScreen
from crmtui.tui.textual_ext.stoppable import StoppableQuery
from crmtui.tui.textual_ext.workers import background
from crmtui.wizard.catalogue import BY_NAME
from crmtui.wizard.change_form import ChangeForm
from crmtui.wizard.collection import CollectionForm
from crmtui.wizard.conflicts import overtaken
from crmtui.wizard.existing import statement_of
from crmtui.wizard.guided import GuidedForm
from crmtui.wizard.recipe import ScriptForm
from crmtui.wizard.resource_form import ResourceForm, presets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import App

    from crmtui.backend.gate.dispatcher import CommandDispatcher
    from crmtui.backend.process.target import Target
    from crmtui.backend.session.events import SessionEvent
    from crmtui.cib.diff import ConfigurationDifference
    from crmtui.cib.document import Cib
    from crmtui.completion.values import Knowledge
    from crmtui.crmsh.prompt import CrmQuestion
    from crmtui.tui.controllers.form_sender import How
    from crmtui.tui.messages import FormAsked
    from crmtui.tui.screens.main import MainScreen
    from crmtui.tui.textual_ext.workers import WorkerJob
    from crmtui.wizard.answers import Answers
    from crmtui.wizard.facts import Facts
    from crmtui.wizard.form import Form, FormCommand


_DONE: Mapping[How, str] = {
    "commit": "Committed.",
    "stage": "Staged: commit it in configure, with commit.",
    "run": "crm ran all steps of the recipe.",
}


class FormController:
    """Opens guided forms over the main screen, and shows the fate of their lines.

    Args:
        app: The app, which shows the screens.
        main: The main screen, whose output shows results.
        target: The cluster.
        dispatcher: The way of all lines to crm.
        knowledge: Knowledge of agents and the configuration.
    """

    def __init__(
        self,
        app: App[int],
        main: MainScreen,
        target: Target,
        dispatcher: CommandDispatcher,
        knowledge: Knowledge,
    ) -> None:
        self._app = app
        self._main = main
        self._target = target
        self._dispatcher = dispatcher
        self._knowledge = knowledge
        self._drafts = Drafts(target)
        self._screen: FormScreen | None = None
        self._draft = FormDraft("", "")
        self._ids: tuple[str, ...] = ()
        self._opening = OpeningScreen(self._give_up)
        self._question: QuestionScreen | None = None
        self._form_sender = FormSender(target, dispatcher, self)

    @property
    def _where(self) -> str:
        return f"{self._target.kind.upper()} {self._target.name}"

    def hear(self, event: SessionEvent) -> None:
        """Pass an event of the session to the form's sender."""
        self._form_sender.hear(event)

    def returned(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """Drop the form's own lines from the unsent ``lines``; the form still holds them."""
        return tuple(line for line in lines if not self._form_sender.is_own(line))

    def open(self, asked: FormAsked) -> None:
        """Open the form that a key in a pane asks for."""
        if asked.verb == "new":
            self.new(asked.names)
        elif asked.scope == "nodes":
            self.form("topology")
        elif asked.names:
            self.edit(asked.names[0])

    def new(self, ids: Sequence[str] = (), typed: str = "") -> None:
        """Let the user choose a new object, and open its form.

        Args:
            ids: Ids of the selected or marked objects, filled into the form.
            typed: Text in the search field at the start.
        """
        self._begin(partial(self._new, tuple(ids), typed))

    def edit(self, name: str) -> None:
        """Open the form of an existing resource."""
        self._begin(partial(self._edit, name))

    def form(self, name: str, ids: Sequence[str] = ()) -> None:
        """Open a guided form by its name."""
        offer = FormOffer("form", name, name)
        self._begin(partial(self._open_offer, offer, tuple(ids)))

    def _begin(self, job: WorkerJob) -> None:
        # Pushed at once, not in the background: the next key is meant for the form.
        self._opening = OpeningScreen(self._give_up)
        self._app.push_screen(self._opening)
        background(self._app, partial(self._open, job), group="wizard", only=True)

    async def _open(self, job: WorkerJob) -> None:
        try:
            await job()
        finally:
            if self._app.screen_stack[-1:] == [self._opening]:  # the stack is empty at exit
                self._app.pop_screen()

    def _give_up(self) -> None:
        self._app.workers.cancel_group(self._app, "wizard")

    async def _new(self, ids: tuple[str, ...], typed: str) -> None:
        facts = await self._facts()
        if facts is None:
            return
        chooser = ChooserScreen(
            facts,
            self._knowledge,
            drafts=self._drafts.load(),
            recent=self._drafts.recent(),
            typed=typed,
            ids=ids,
            drop=self._drop,
        )
        offer = await self._app.push_screen_wait(chooser)
        if offer is None:
            return
        draft = next((d for d in self._drafts.load() if d.begun == offer.name), None)
        if offer.kind == "draft" and draft is not None:
            await self._open_draft(draft, facts)
        elif offer.kind != "draft":
            await self._open_offer(offer, ids, facts)

    def _drop(self, begun: str) -> None:
        if why := self._drafts.forget(begun):
            self._app.notify(why, severity="warning")

    async def _facts(self) -> Facts | None:
        try:
            return await StoppableQuery().run(partial(gather, self._target, self._knowledge))
        except CrmtuiError as error:
            self._say(str(error))
            return None

    async def _edit(self, name: str) -> None:
        facts = await self._facts()
        if facts is not None:
            draft = self._drafts.find("change", name)
            await self._open_draft(draft or FormDraft("change", name), facts)

    async def _open_offer(
        self, offer: FormOffer, ids: tuple[str, ...], facts: Facts | None = None
    ) -> None:
        facts = facts or await self._facts()
        if facts is None:
            return
        await self._open_draft(FormDraft(offer.kind, offer.name), facts, ids)

    async def _open_draft(self, draft: FormDraft, facts: Facts, ids: tuple[str, ...] = ()) -> None:
        try:
            form, initial = await StoppableQuery().run(partial(self._made, draft, facts, ids))
        except CrmtuiError as error:
            self._say(str(error))
            return
        draft = replace(draft, begun=draft.begun or uuid4().hex)
        answers = draft.over(initial)
        self._draft, self._ids = replace(draft, base=initial), ids
        self._screen = FormScreen(form, answers, self._services(), step=draft.step)
        if draft.when:
            self._app.notify(
                f"As it was left {time.strftime('%d %b %H:%M', time.localtime(draft.when))}."
            )
        if await self._app.push_screen_wait(self._screen):
            self._drop(draft.begun)
            if draft.kind == "agent":
                self._drafts.used(draft.name)
        self._screen = None

    def _made(self, draft: FormDraft, facts: Facts, ids: tuple[str, ...]) -> tuple[Form, Answers]:
        """Return the form of a draft with its first answers; runs programs, so call it in a thread."""
        if draft.kind == "form":
            recipe = BY_NAME[draft.name]
            return GuidedForm(recipe, facts), recipe.initial(facts, ids)
        if draft.kind == "script":
            script = self._knowledge.script(draft.name)
            if script is None:
                raise CrmtuiError(f"crm cannot load the script {draft.name}.")
            return ScriptForm(script, facts, partial(script_plan, self._target, draft.name)), {}
        if draft.kind == "change":
            statement = statement_of(facts.cib, draft.name)
            if statement.keyword in ("group", "clone"):
                collection = CollectionForm(statement, facts)
                return collection, collection.initial()
            agent = facts.configuration.agent_of(draft.name)
            metadata = described_or_bare(self._knowledge, agent)
            form = ChangeForm(statement, agent, metadata, facts)
            return form, form.initial()
        agent = resolve(draft.name, self._knowledge)
        metadata = described_or_bare(self._knowledge, agent)
        return ResourceForm(agent, metadata, facts), presets(agent, metadata)

    def _save(self, answers: Mapping[str, str], step: int) -> None:
        self._draft = replace(self._draft, answers=answers, step=step)
        if why := self._drafts.save(self._draft):
            self._app.notify(why, severity="warning")

    def _services(self) -> FormServices:
        return FormServices(
            where=self._where,
            rehearse=lambda commands: rehearse(self._target, commands, self._dispatcher.staged),
            go=self._go,
            undo=self._form_sender.undo,
            save=self._save,
            note=self._note,
            knowledge=self._knowledge,
            keys=self._main.keys,
        )

    def _note(self) -> str:
        if not self._dispatcher.staged:
            return ""
        count = self._dispatcher.uncommitted
        what = "1 change waits" if count == 1 else f"{count or 'Other'} changes wait"
        return f"{what} for a commit already, and would be committed with this."

    def _go(
        self,
        how: Literal["commit", "stage"],
        commands: Sequence[FormCommand],
        known: Sequence[str] = (),
    ) -> None:
        if self._dispatcher.is_busy:
            self.failed("crm is busy with another command: wait until it is done.")
            return
        background(self._app, partial(self._send, how, tuple(commands), known), group="wizard send")

    async def _send(
        self,
        how: Literal["commit", "stage"],
        commands: tuple[FormCommand, ...],
        known: Sequence[str],
    ) -> None:
        """Send commands, unless other users changed the same objects meanwhile."""
        screen = self._screen
        if screen is None:
            return
        try:
            facts = await asyncio.to_thread(gather, self._target, self._knowledge)
            if changes := overtaken(commands, screen.form.facts.cib, facts.cib):
                # The typed answers go over the new configuration, so that no change is lost.
                form, initial = await asyncio.to_thread(self._made, self._draft, facts, self._ids)
                answers = replace(self._draft, answers=screen.answers).over(initial)
                self._draft = replace(self._draft, base=initial)
                await screen.renew(form, answers, _told(changes, facts.cib))
                return
        except CrmtuiError as error:
            self.failed(str(error))
            return
        await asyncio.to_thread(self._form_sender.send, how, commands, known)

    def succeeded(self, how: How) -> None:
        """Report success, and close the form; after an undo the form stays."""
        if how == "undo":
            self.failed("It was dropped: nothing of it is staged or committed.")
            return
        self._main.output.say(_DONE[how], "good")
        if self._screen is not None:
            self._screen.finished()

    def told(self, said: str) -> None:
        """Show crm's output in the form while crm runs the form's lines."""
        if self._screen is not None:
            self._screen.told(said)

    def asked(self, question: CrmQuestion | None, said: str) -> None:
        """Show crm's question over the form; None withdraws the question."""
        if self._question is not None and self._question.is_current:
            self._question.dismiss(None)
        self._question = None
        if question is not None and self._screen is not None:
            self._question = QuestionScreen(question, said)
            self._app.push_screen(self._question, partial(self._answer, self._question))

    def _answer(self, screen: QuestionScreen, answer: str | None) -> None:
        if screen is not self._question:
            return  # crm has withdrawn the question
        self._question = None
        self._main.command.stop_asking()
        if answer is None:
            self._dispatcher.interrupt()
        else:
            self._dispatcher.answer(answer, screen.question)

    def failed(self, why: str) -> None:
        """Show in the form the reason of a failure."""
        if self._screen is not None:
            self._app.call_later(self._screen.failed, why)

    def _say(self, words: str) -> None:
        self._main.output.say(words, "error")
        self._app.notify(words, severity="error")


def _told(changes: Sequence[ConfigurationDifference], cib: Cib) -> str:
    """Return a text about the changes of other users, and their place in the form."""
    lines = "".join(f"  {change}\n" for change in changes)
    last = f", last written {cib.changed_by}" if cib.changed_by else ""
    return (
        f"Not sent: this was changed while the form was open{last}:\n{lines}"
        "All of that is kept; only what you typed goes over it. Look at it again."
    )
