"""Form of an existing group or clone: members and meta attributes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crmtui.errors import NotInForm, Unformable
from crmtui.wizard.assemblies import CLONE, GROUP
from crmtui.wizard.difference import changes
from crmtui.wizard.form import Form, FormCommand
from crmtui.wizard.sentences import sentence
from crmtui.wizard.statements import Statement, parse
from crmtui.wizard.validation import problems as problems_of

if TYPE_CHECKING:
    from crmtui.wizard.answers import Answers
    from crmtui.wizard.facts import Facts
    from crmtui.wizard.fields import FormStep
    from crmtui.wizard.validation import FormProblem

_RECIPES = {"group": GROUP, "clone": CLONE}
_FIXED = {"group": ("id",), "clone": ("id", "resource")}


class CollectionForm(Form):
    """Changes one group or clone, with the fields of the form that makes one.

    Args:
        statement: The group or clone as it is configured now.
        facts: The cluster.

    Raises:
        NotInForm: The object has sections, parameters for example, that the form could not keep.
    """

    def __init__(self, statement: Statement, facts: Facts) -> None:
        self.facts = facts
        self._old = statement
        self._recipe = _RECIPES[statement.keyword]
        self._initial: dict[str, str] = {}
        if not self._recipe.take(statement, self._initial):
            raise NotInForm(
                f"{statement.id} has more to it than members and meta attributes.",
                hint=f"Change it by hand: configure edit {statement.id}",
            )

    @property
    def title(self) -> str:
        """Title with the id of the group or clone."""
        return f"Change {self._old.id}"

    def initial(self) -> Answers:
        """Return the answers that change nothing."""
        return dict(self._initial)

    def _whole(self, answers: Answers) -> Answers:
        fixed = {key: self._initial[key] for key in _FIXED[self._old.keyword]}
        return {**answers, **fixed}

    def _new(self, answers: Answers) -> Statement:
        (new,) = self._recipe.statements(self._whole(answers), self.facts)
        return new

    def steps(self, answers: Answers) -> tuple[FormStep, ...]:
        """Return the steps, without the fields that cannot change."""
        fixed = _FIXED[self._old.keyword]
        steps = self._recipe.steps(self._whole(answers), self.facts)
        return tuple(
            replace(step, fields=tuple(field for field in step.fields if field.key not in fixed))
            for step in steps
        )

    def commands(self, answers: Answers) -> tuple[FormCommand, ...]:
        """Return the commands for the changed answers."""
        return changes(self._old, self._new(answers))

    def problems(self, answers: Answers) -> tuple[FormProblem, ...]:
        """Return the problems of the answers."""
        whole = self._whole(answers)
        return (
            *problems_of(self.steps(answers), answers, self.facts),
            *self._recipe.check(whole, self.facts),
        )

    def sentences(self, answers: Answers) -> tuple[str, ...]:
        """Return sentences about the changed group or clone."""
        words = sentence(self._new(answers))
        return (words,) if words else ()

    def text(self, answers: Answers) -> str:
        """Return the whole statement as text to edit."""
        return self._new(answers).text()

    def read(self, text: str, answers: Answers) -> Answers:  # noqa: ARG002 - all is in the text
        """Return the answers that stand for an edited text."""
        statements = parse(text)
        found: dict[str, str] = {}
        is_it = len(statements) == 1 and self._recipe.take(statements[0], found)
        fixed = _FIXED[self._old.keyword]
        if not is_it or any(found[key] != self._initial[key] for key in fixed):
            raise Unformable(f"The text has to be the {self._old.keyword} {self._old.id}.")
        return found
