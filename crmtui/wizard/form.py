"""What every guided form can do, whatever it makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from crmtui.cib.secrets import is_secret
from crmtui.errors import CrmtuiError

if TYPE_CHECKING:
    from crmtui.wizard.answers import Answers
    from crmtui.wizard.facts import Facts
    from crmtui.wizard.fields import Field, FormStep
    from crmtui.wizard.statements import Statement
    from crmtui.wizard.validation import FormProblem


class Unformable(CrmtuiError):
    """Text that a form cannot take over, and why."""


@dataclass(frozen=True, slots=True)
class FormCommand:
    """One change, as crm is told to make it."""

    statement: Statement
    is_root: bool = False
    """Whether it is a line of crm's root, which acts at once, and none of ``configure``."""
    is_update: bool = False
    """Whether an object that exists is replaced in place, which crm does from a file only:
    ``configure load update FILE`` with the statement in it."""

    @property
    def is_from_file(self) -> bool:
        """Whether crm has to read it from a file: an update, or what holds a secret.

        crm writes every line that is typed into its log, and the line is shown and kept elsewhere.
        """
        if self.is_root:
            return False
        pairs = (pair for section in self.statement.sections for pair in section.pairs())
        return self.is_update or any(value and is_secret(name) for name, value in pairs)

    def line(self) -> str:
        """Return the statement as one line.

        Raises:
            Unwritable: A value cannot be written.
        """
        return self.statement.line()

    def text(self) -> str:
        """Return the statement to be read, over several lines.

        Raises:
            Unwritable: A value cannot be written.
        """
        return self.statement.text()


class Form(Protocol):
    """Steps of fields, and what their answers are in crm's language."""

    @property
    def title(self) -> str:
        """What it makes or changes: ``New resource``, ``Change webip``."""
        ...

    facts: Facts
    """The cluster that the form was made for."""

    def steps(self, answers: Answers) -> tuple[FormStep, ...]:
        """Return the steps; answers may lead to more fields."""
        ...

    def commands(self, answers: Answers) -> tuple[FormCommand, ...]:
        """Return what the answers make, as far as they go.

        Raises:
            Unwritable: A value cannot be written in crm's language.
        """
        ...

    def prepare(self, answers: Answers) -> None:  # noqa: ARG002 - most have nothing to get
        """Get ready what ``commands`` and ``trial`` need of others; may take seconds.

        Raises:
            CrmtuiError: Nothing can be made of the answers.
        """
        return

    def trial(self, answers: Answers) -> tuple[FormCommand, ...]:
        """Return the commands with which the change can be verified and forecast on a copy."""
        return self.commands(answers)

    def entries(self, answers: Answers) -> tuple[str, ...]:  # noqa: ARG002 - most only configure
        """Return what is done one after the other, as crm calls it while it runs.

        Empty where nothing is run but lines of ``configure``.
        """
        return ()

    def problems(self, answers: Answers) -> tuple[FormProblem, ...]:
        """Return what is missing or wrong."""
        ...

    def sentences(self, answers: Answers) -> tuple[str, ...]:
        """Return what the answers mean, where the lines do not say it plainly."""
        ...

    def text(self, answers: Answers) -> str:
        """Return the text that can be edited by hand.

        Raises:
            Unwritable: A value cannot be written in crm's language.
        """
        ...

    def read(self, text: str, answers: Answers) -> Answers:
        """Return the answers that an edited text stands for; what has no field is kept.

        Args:
            text: What ``text`` returned, edited.
            answers: The answers before, for what the text does not say.

        Raises:
            Unwritable: A quotation is not closed.
            Unformable: It is no longer about what the form is for.
        """
        ...


def shown(step: FormStep, answers: Answers, *, all_of_it: bool) -> tuple[Field, ...]:
    """Return the fields of a step to show: folded ones only if answered, or when all are wanted."""
    return tuple(
        field for field in step.fields if all_of_it or not field.is_folded or answers.get(field.key)
    )
