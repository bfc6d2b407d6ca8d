"""Guided forms made of recipes: a list of fields, and the statements that they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.wizard.answers import KEPT
from crmtui.wizard.form import Form, FormCommand
from crmtui.wizard.sentences import sentence
from crmtui.wizard.statements import Statement, parse, text_of
from crmtui.wizard.validation import problems as problems_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crmtui.wizard.answers import Answers
    from crmtui.wizard.facts import Facts
    from crmtui.wizard.fields import FormStep
    from crmtui.wizard.validation import FormProblem


@dataclass(frozen=True, slots=True)
class Recipe:
    """Parts of a guided form."""

    name: str
    """Name on the command line."""
    title: str
    words: str
    """Purpose in one line."""
    steps: Callable[[Answers, Facts], tuple[FormStep, ...]]
    statements: Callable[[Answers, Facts], Iterator[Statement]]
    """Makes the statements; a missing answer appears as a word in capitals."""
    take: Callable[[Statement, dict[str, str]], bool]
    """Copies a statement into answers; returns false if the fields cannot express it."""
    initial: Callable[[Facts, tuple[str, ...]], dict[str, str]]
    """Returns the initial answers, from the selected or marked objects on the screen."""
    check: Callable[[Answers, Facts], Iterator[FormProblem]] = lambda _answers, _facts: iter(())
    """Yields problems that involve several fields."""
    updates: Callable[[Facts], bool] = lambda _facts: False
    """Returns true if the statement replaces an existing object."""


class GuidedForm(Form):
    """A form made of a recipe.

    Args:
        recipe: Parts of the form.
        facts: The cluster.
    """

    def __init__(self, recipe: Recipe, facts: Facts) -> None:
        self.recipe = recipe
        self.facts = facts

    @property
    def title(self) -> str:
        """Title of the recipe."""
        return self.recipe.title

    def steps(self, answers: Answers) -> tuple[FormStep, ...]:
        """Return the steps."""
        return self.recipe.steps(answers, self.facts)

    def statements(self, answers: Answers) -> tuple[Statement, ...]:
        """Return all statements of the answers, the kept ones included."""
        made = self.recipe.statements(answers, self.facts)
        return (*made, *parse(answers.get(KEPT, "")))

    def commands(self, answers: Answers) -> tuple[FormCommand, ...]:
        """Return the statements as commands."""
        is_update = self.recipe.updates(self.facts)
        own = tuple(self.recipe.statements(answers, self.facts))
        kept = parse(answers.get(KEPT, ""))
        return (*(FormCommand(s, is_update) for s in own), *(FormCommand(s) for s in kept))

    def problems(self, answers: Answers) -> tuple[FormProblem, ...]:
        """Return the problems of the answers."""
        return (
            *problems_of(self.steps(answers), answers, self.facts),
            *self.recipe.check(answers, self.facts),
        )

    def sentences(self, answers: Answers) -> tuple[str, ...]:
        """Return sentences about the statements."""
        read = (sentence(statement) for statement in self.statements(answers))
        return tuple(line for line in read if line)

    def text(self, answers: Answers) -> str:
        """Return the statements as text to edit."""
        return text_of(self.statements(answers))

    def read(self, text: str, answers: Answers) -> Answers:  # noqa: ARG002 - the text holds everything
        """Return the answers that stand for an edited text."""
        found = self.recipe.initial(self.facts, ())
        kept = [s for s in parse(text) if not self.recipe.take(s, found)]
        if kept:
            found[KEPT] = text_of(kept)
        return found
