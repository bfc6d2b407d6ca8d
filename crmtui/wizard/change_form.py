"""Form of an existing resource: only the changed parts become crm lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crmtui.errors import NotInForm, Unformable
from crmtui.wizard import operation_fields, placement_fields
from crmtui.wizard.answers import KEPT
from crmtui.wizard.difference import changes
from crmtui.wizard.fields import Field, FormStep
from crmtui.wizard.form import Form, FormCommand
from crmtui.wizard.resource_form import ResourceForm, read_primitive
from crmtui.wizard.sentences import sentence
from crmtui.wizard.statements import Statement, parse
from crmtui.wizard.validation import FormProblem, shared
from crmtui.wizard.validation import problems as problems_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cib.agents import AgentMetadata
    from crmtui.wizard.answers import Answers
    from crmtui.wizard.facts import Facts


class ChangeForm(Form):
    """Changes one primitive: parameters, operations, meta attributes, membership.

    Args:
        statement: The primitive as it is configured now.
        agent: Name of its agent; its template's agent where it has none itself.
        metadata: Documentation of the agent.
        facts: The cluster.

    Raises:
        NotInForm: The primitive comes from a template, so most settings are not its own.
    """

    def __init__(
        self, statement: Statement, agent: str, metadata: AgentMetadata, facts: Facts
    ) -> None:
        self.facts = facts
        self._old = statement
        self._form = ResourceForm(agent, metadata, facts)
        if statement.head[2].startswith("@"):
            raise NotInForm(
                f"{statement.id} is made of the template {statement.head[2][1:]}.",
                hint=f"Change it by hand: configure edit {statement.id}",
            )
        known = facts.configuration.objects.get(statement.id)
        parent = facts.configuration.objects.get(known.parent) if known else None
        self._group = parent.id if parent is not None and parent.kind == "group" else ""
        self._is_held = parent is not None and not self._group

    @property
    def title(self) -> str:
        """Title with the id of the primitive."""
        return f"Change {self._old.id}"

    def initial(self) -> Answers:
        """Return the answers that change nothing."""
        found = read_primitive(self._old)
        if self._group:
            found |= {"place": placement_fields.GROUP, "place.group": self._group}
        return found

    def steps(self, answers: Answers) -> tuple[FormStep, ...]:
        """Return the steps."""
        form = self._form
        ops = operation_fields.fields(form.metadata, form.agent, answers, has_roles=True)
        steps = (
            FormStep("parameters", "Parameters", form.parameters(answers), form.metadata.shortdesc),
            FormStep(
                "operations", "Operations", ops, "Operations that the cluster runs on the resource."
            ),
            FormStep(
                "meta", "Meta", form.meta(answers), "Settings of the cluster for this resource."
            ),
        )
        if self._is_held:
            return steps
        return (*steps, FormStep("placement", "Placement", tuple(self._placement(answers))))

    def _placement(self, answers: Answers) -> Iterator[Field]:
        first, *others = placement_fields.steps(answers, self.facts, can_promote=True)[0].fields
        if self._group:
            allowed = (placement_fields.ALONE, placement_fields.GROUP)
            first = replace(first, long="", choices=allowed)
        yield first
        yield from others

    def commands(self, answers: Answers) -> tuple[FormCommand, ...]:
        """Return the commands for the changed answers."""
        new = self._form.primitive({**answers, "id": self._old.id}, has_roles=True)
        moved = tuple(FormCommand(statement) for statement in self._moves(answers))
        kept = tuple(FormCommand(statement) for statement in parse(answers.get(KEPT, "")))
        return (*changes(self._old, new), *moved, *kept)

    def _moves(self, answers: Answers) -> Iterator[Statement]:
        place = answers.get("place") or placement_fields.ALONE
        own, group = self._old.id, answers.get("place.group", "")
        if place == placement_fields.GROUP and group == self._group:
            return
        if self._group:
            members = self.facts.configuration.objects[self._group].members
            if members == (own,):
                yield Statement(("delete", self._group))
            else:
                yield Statement(("modgroup", self._group, "remove", own))
        placed = {
            key: value for key, value in answers.items() if key.startswith(("place", "clone."))
        }
        yield from placement_fields.statements({**placed, "id": own}, self.facts)

    def problems(self, answers: Answers) -> tuple[FormProblem, ...]:
        """Return the problems of the answers."""
        form, own = self._form, self._old.id
        fields = form.parameters(answers)
        return (
            *problems_of(self.steps(answers), answers, self.facts),
            *shared(fields, form.agent, own, answers, self.facts),
            *form.unknown(answers),
        )

    def sentences(self, answers: Answers) -> tuple[str, ...]:
        """Return sentences about a new placement."""
        read = (sentence(statement) for statement in self._moves(answers))
        return tuple(line for line in read if line)

    def text(self, answers: Answers) -> str:
        """Return the whole primitive as text to edit."""
        return self._form.primitive({**answers, "id": self._old.id}, has_roles=True).text()

    def read(self, text: str, answers: Answers) -> Answers:
        """Return the answers that stand for an edited text."""
        statements = parse(text)
        if [s.keyword for s in statements] != ["primitive"] or statements[0].id != self._old.id:
            raise Unformable(f"The text has to be the primitive {self._old.id}, and nothing else.")
        if statements[0].head[2:3] != self._old.head[2:3]:
            raise Unformable(
                f"{self._old.id} is of {self._old.head[2]}, and its agent cannot be changed.",
                hint="Make a new resource instead.",
            )
        placed = {
            key: value for key, value in answers.items() if key.startswith(("place", "clone."))
        }
        return {**read_primitive(statements[0]), **placed}
