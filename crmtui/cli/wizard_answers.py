"""Guided form filled in from options of the command line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from crmtui.backend.queries.knowledge import LiveKnowledge
from crmtui.backend.queries.wizard_facts import described, described_or_bare, gather
from crmtui.backend.scheduler.script_plan import script_plan
from crmtui.backend.watch.snapshot import take_snapshot
from crmtui.completion.agent_candidates import resolve
from crmtui.crmsh.words import strict_texts
from crmtui.errors import FormIncomplete
from crmtui.wizard import placement_fields
from crmtui.wizard.catalogue import BY_NAME
from crmtui.wizard.change_form import ChangeForm
from crmtui.wizard.collection import CollectionForm
from crmtui.wizard.existing import statement_of
from crmtui.wizard.guided import GuidedForm
from crmtui.wizard.operation_fields import read as read_operations
from crmtui.wizard.recipe import ScriptForm
from crmtui.wizard.resource_form import ResourceForm, presets
from crmtui.wizard.statements import StatementSection

if TYPE_CHECKING:
    from crmtui.backend.process.target import Target
    from crmtui.wizard.answers import Answers
    from crmtui.wizard.facts import Facts
    from crmtui.wizard.form import Form, FormCommand
    from crmtui.wizard.validation import FormProblem


@dataclass(frozen=True, slots=True)
class Given:
    """Values of the options, named after them or their contents."""

    agent: str | None
    edit: str | None
    form: str | None
    script: str | None
    name: str | None
    params: tuple[tuple[str, str], ...]
    metas: tuple[tuple[str, str], ...]
    ops: tuple[str, ...]
    group: str | None
    clone: bool
    promotable: bool
    prefer: str | None
    beside: str | None
    after: str | None
    fields: tuple[tuple[str, str], ...]


def fill_in(
    given: Given, target: Target
) -> tuple[tuple[FormCommand, ...], tuple[FormProblem, ...]]:
    """Return the commands that the filled-in form makes, and warnings.

    Raises:
        FormIncomplete: A value is missing or wrong.
        CrmtuiError: The cluster or the agent gives no answer, or a value cannot be written.
    """
    form, answers = _filled(given, target)
    found = form.problems(answers)
    if errors := [problem.sentence for problem in found if problem.is_error]:
        raise FormIncomplete("\n".join(errors))
    form.prepare(answers)
    return form.commands(answers), found


def _filled(given: Given, target: Target) -> tuple[Form, Answers]:
    knowledge = LiveKnowledge(target)
    try:
        knowledge.see(take_snapshot(target).cluster)
        facts = gather(target, knowledge)
        if given.script:
            form, answers = _script(given.script, facts, knowledge, target)
        elif given.form:
            form, answers = _guided(given.form, facts)
        elif given.edit:
            form, answers = _changing(given.edit, facts, knowledge)
        else:
            agent = resolve(given.agent or "", knowledge)
            metadata = described(knowledge, agent)
            form, answers = ResourceForm(agent, metadata, facts), presets(agent, metadata)
    finally:
        knowledge.close()
    answers = {**answers, **_own(given), **_place(given, facts)}
    return form, {**answers, **_fields(form, answers, given)}


def _guided(name: str, facts: Facts) -> tuple[Form, Answers]:
    if name not in BY_NAME:
        raise FormIncomplete(f"There is no form {name}.", hint=f"There are: {', '.join(BY_NAME)}")
    return GuidedForm(BY_NAME[name], facts), BY_NAME[name].initial(facts, ())


def _script(
    name: str, facts: Facts, knowledge: LiveKnowledge, target: Target
) -> tuple[Form, Answers]:
    script = knowledge.script(name)
    if script is None:
        raise FormIncomplete(
            f"crm has no cluster script {name}, or cannot load it.", hint="See: crm script list"
        )
    return ScriptForm(script, facts, partial(script_plan, target, name)), {}


def _changing(name: str, facts: Facts, knowledge: LiveKnowledge) -> tuple[Form, Answers]:
    statement = statement_of(facts.cib, name)
    if statement.keyword in ("group", "clone"):
        collection = CollectionForm(statement, facts)
        return collection, collection.initial()
    agent = facts.configuration.agent_of(name)
    form = ChangeForm(statement, agent, described_or_bare(knowledge, agent), facts)
    return form, form.initial()


def _fields(form: Form, answers: Answers, given: Given) -> dict[str, str]:
    named = (*given.fields, *((("id", given.name),) if given.name else ()))
    found: dict[str, str] = {}
    for name, value in named:
        # One answer may make the form ask for the next.
        fields = [f for step in form.steps({**answers, **found}) for f in step.fields]
        keys = {f.label.strip(): f.key for f in reversed(fields)}
        keys |= {f.key.partition(".")[2]: f.key for f in fields} | {f.key: f.key for f in fields}
        if name not in keys:
            raise FormIncomplete(
                f"There is no field {name} in this form.", hint=f"There are: {', '.join(keys)}"
            )
        found[keys[name]] = value
    return found


def _own(given: Given) -> dict[str, str]:
    found = {f"params.{name}": value for name, value in given.params}
    found |= {f"meta.{name}": value for name, value in given.metas}
    words = (strict_texts(op) for op in given.ops)
    return {**found, **read_operations([StatementSection("op", op) for op in words if op])}


def _place(given: Given, facts: Facts) -> dict[str, str]:
    found: dict[str, str] = {}
    if given.promotable or given.clone:
        found["place"] = placement_fields.PROMOTABLE if given.promotable else placement_fields.CLONE
    elif given.group:
        found["place"] = (
            placement_fields.GROUP if given.group in facts.groups() else placement_fields.NEW_GROUP
        )
        found["place.group"] = given.group
    if given.prefer:
        found["prefer.node"], _, found["prefer.score"] = given.prefer.partition("=")
    if given.beside:
        found["with.resource"] = given.beside
    if given.after:
        found["after.resource"] = given.after
    return found
