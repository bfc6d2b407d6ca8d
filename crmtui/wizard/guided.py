"""Forms of what is made most often, each a list of fields and what they make."""

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
    """What a guided form consists of."""

    name: str
    """What the command line calls it."""
    title: str
    words: str
    """What it is for, in one line."""
    steps: Callable[[Answers, Facts], tuple[FormStep, ...]]
    statements: Callable[[Answers, Facts], Iterator[Statement]]
    """Makes the statements; an answer that is missing stands as a word in capitals."""
    take: Callable[[Statement, dict[str, str]], bool]
    """Takes a statement over into answers, and says whether it could."""
    initial: Callable[[Facts, tuple[str, ...]], dict[str, str]]
    """Returns the answers to begin with, from what is selected or marked on the screen."""
    check: Callable[[Answers, Facts], Iterator[FormProblem]] = lambda _answers, _facts: iter(())
    """Yields what no single field can tell."""
    updates: Callable[[Facts], bool] = lambda _facts: False
    """Says whether the statement replaces an object that is there already."""


class GuidedForm(Form):
    """A form made of a recipe.

    Args:
        recipe: What it consists of.
        facts: The cluster.
    """

    def __init__(self, recipe: Recipe, facts: Facts) -> None:
        self.recipe = recipe
        self.facts = facts

    @property
    def title(self) -> str:
        """What it makes or changes."""
        return self.recipe.title

    def steps(self, answers: Answers) -> tuple[FormStep, ...]:
        """Return the steps."""
        return self.recipe.steps(answers, self.facts)

    def statements(self, answers: Answers) -> tuple[Statement, ...]:
        """Return what the answers make, and what is kept."""
        made = self.recipe.statements(answers, self.facts)
        return (*made, *parse(answers.get(KEPT, "")))

    def commands(self, answers: Answers) -> tuple[FormCommand, ...]:
        """Return the statements as commands."""
        is_update = self.recipe.updates(self.facts)
        own = tuple(self.recipe.statements(answers, self.facts))
        kept = parse(answers.get(KEPT, ""))
        return (*(FormCommand(s, is_update) for s in own), *(FormCommand(s) for s in kept))

    def problems(self, answers: Answers) -> tuple[FormProblem, ...]:
        """Return what is missing or wrong."""
        return (
            *problems_of(self.steps(answers), answers, self.facts),
            *self.recipe.check(answers, self.facts),
        )

    def sentences(self, answers: Answers) -> tuple[str, ...]:
        """Return what the statements mean."""
        read = (sentence(statement) for statement in self.statements(answers))
        return tuple(line for line in read if line)

    def text(self, answers: Answers) -> str:
        """Return the statements to be edited."""
        return text_of(self.statements(answers))

    def read(self, text: str, answers: Answers) -> Answers:  # noqa: ARG002 - all is in the text
        """Return the answers that an edited text stands for."""
        found = self.recipe.initial(self.facts, ())
        kept = [s for s in parse(text) if not self.recipe.take(s, found)]
        if kept:
            found[KEPT] = text_of(kept)
        return found
