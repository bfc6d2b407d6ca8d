"""Form: the interface of every guided form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from crmtui.cib.secrets import is_secret

if TYPE_CHECKING:
    from crmtui.wizard.answers import Answers
    from crmtui.wizard.facts import Facts
    from crmtui.wizard.fields import Field, FormStep
    from crmtui.wizard.statements import Statement
    from crmtui.wizard.validation import FormProblem


@dataclass(frozen=True, slots=True)
class FormCommand:
    """One change, as a command for crm."""

    statement: Statement
    is_root: bool = False
    """True for a line of crm's root, which acts at once; false for a line of ``configure``."""
    is_update: bool = False
    """True if an existing object is replaced in place. crm does that from a file only: ``configure
    load update FILE`` with the statement in it.
    """

    @property
    def is_from_file(self) -> bool:
        """True if crm has to read the command from a file: an update, or a statement with a secret.

        crm logs every typed line, and crmtui shows and keeps it as well.
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
    """Steps of fields, and the statements that their answers make."""

    @property
    def title(self) -> str:
        """Title of the form: ``New resource``, ``Change webip``."""
        ...

    facts: Facts
    """The cluster that the form was made for."""

    def steps(self, answers: Answers) -> tuple[FormStep, ...]:
        """Return the steps; answers may add fields."""
        ...

    def commands(self, answers: Answers) -> tuple[FormCommand, ...]:
        """Return the commands for the answers given so far.

        Raises:
            Unwritable: A value cannot be written in crm's language.
        """
        ...

    def prepare(self, answers: Answers) -> None:  # noqa: ARG002 - most forms have nothing to fetch
        """Fetch the data that ``commands`` and ``trial`` need from elsewhere; may take seconds.

        Raises:
            CrmtuiError: The answers make no commands.
        """
        return

    def trial(self, answers: Answers) -> tuple[FormCommand, ...]:
        """Return the commands that verify and forecast the change on a copy."""
        return self.commands(answers)

    def script_steps(self, answers: Answers) -> tuple[str, ...]:  # noqa: ARG002 - few forms run steps
        """Return the steps that crm runs one after the other, as crm names them.

        Empty for a form that makes only lines of ``configure``.
        """
        return ()

    def problems(self, answers: Answers) -> tuple[FormProblem, ...]:
        """Return the problems of the answers."""
        ...

    def sentences(self, answers: Answers) -> tuple[str, ...]:
        """Return sentences about the answers, where the lines are not plain enough."""
        ...

    def text(self, answers: Answers) -> str:
        """Return the statements as text to edit.

        Raises:
            Unwritable: A value cannot be written in crm's language.
        """
        ...

    def read(self, text: str, answers: Answers) -> Answers:
        """Return the answers that stand for an edited text, with words that fit no field kept.

        Args:
            text: The text of ``text``, edited.
            answers: Previous answers, for fields that the text leaves out.

        Raises:
            Unwritable: A quotation is not closed.
            Unformable: The text is about another object.
        """
        ...


def shown(step: FormStep, answers: Answers, *, all_of_it: bool) -> tuple[Field, ...]:
    """Return the visible fields of a step: folded ones only with an answer or on request."""
    return tuple(
        field for field in step.fields if all_of_it or not field.is_folded or answers.get(field.key)
    )
