"""Form of a cluster script of crmsh: a recipe of several resources at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crmtui.errors import Unformable
from crmtui.wizard.answers import KEPT
from crmtui.wizard.fields import FormStep, of_parameter
from crmtui.wizard.form import Form, FormCommand
from crmtui.wizard.sentences import sentence
from crmtui.wizard.statements import Statement, parse, text_of
from crmtui.wizard.validation import FormProblem
from crmtui.wizard.validation import problems as problems_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from crmtui.cib.agents import Parameter
    from crmtui.cib.scripts import Script, ScriptPlan
    from crmtui.wizard.answers import Answers
    from crmtui.wizard.facts import Facts
    from crmtui.wizard.fields import Field, FieldKind

_COMMON = "Common"
_UNQUOTED = ('"', "\\", "'")
"""Characters that the templates of crmsh's scripts copy into crm text without quoting."""
_PREFIX = "script."


@dataclass(frozen=True, slots=True)
class Prepared:
    """Statements that crm made of answers."""

    answers: tuple[tuple[str, str], ...]
    plan: ScriptPlan


class ScriptForm(Form):
    """Fills in a cluster script; crm itself makes the text, at the end.

    A script that only configures becomes statements, as in every other form. crm runs a script as a
    whole if the script also installs packages or starts services.

    Args:
        script: The script with its parameters.
        facts: The cluster.
        plan: Asks crm for the statements of named parameters; may take seconds.
    """

    def __init__(
        self, script: Script, facts: Facts, plan: Callable[[Mapping[str, str]], ScriptPlan]
    ) -> None:
        self.script = script
        self.facts = facts
        self._plan = plan
        self._prepared: Prepared | None = None

    @property
    def title(self) -> str:
        """Title with the name of the script."""
        return f"Recipe {self.script.name}"

    def steps(self, answers: Answers) -> tuple[FormStep, ...]:  # noqa: ARG002 - steps never change
        """Return a step for each part of the script."""
        parts: dict[str, list[Parameter]] = {}
        for parameter in self.script.parameters:
            parts.setdefault(parameter.name.rpartition(":")[0], []).append(parameter)
        return tuple(
            FormStep(
                name or "script",
                name.replace(":", " ") or self.script.shortdesc or self.script.name,
                tuple(
                    sorted(map(_field, parameters), key=lambda f: (not f.is_required, f.is_folded))
                ),
                self.script.shortdesc if not name else "Part of the recipe; may be left empty",
            )
            for name, parameters in parts.items()
        )

    def given(self, answers: Answers) -> dict[str, str]:
        """Return the answered parameters by name."""
        return {
            key.removeprefix(_PREFIX): value
            for key, value in answers.items()
            if key.startswith(_PREFIX) and value
        }

    def prepare(self, answers: Answers) -> None:
        """Have crm make the text; may take seconds.

        Raises:
            CrmtuiError: crm refuses the answers.
        """
        given = self.given(answers)
        self._prepared = Prepared(tuple(sorted(given.items())), self._plan(given))

    def _planned(self, answers: Answers) -> ScriptPlan | None:
        known = self._prepared
        is_of_these = known and known.answers == tuple(sorted(self.given(answers).items()))
        return known.plan if known and is_of_these else None

    def _run(self, answers: Answers) -> FormCommand:
        words = (f"{name}={value}" for name, value in self.given(answers).items())
        return FormCommand(Statement(("script", "run", self.script.name, *words)), is_root=True)

    def trial(self, answers: Answers) -> tuple[FormCommand, ...]:
        """Return the statements that the script would add to the configuration."""
        plan = self._planned(answers)
        made = parse(plan.text) if plan is not None else ()
        return tuple(FormCommand(statement) for statement in (*made, *parse(answers.get(KEPT, ""))))

    def commands(self, answers: Answers) -> tuple[FormCommand, ...]:
        """Return the statements, or the command that runs the script."""
        plan = self._planned(answers)
        if plan is None or not plan.is_configuration_only:
            return (self._run(answers),)
        return self.trial(answers)

    def script_steps(self, answers: Answers) -> tuple[str, ...]:
        """Return the steps of a script that crm runs as a whole."""
        plan = self._planned(answers)
        return () if plan is None or plan.is_configuration_only else plan.steps

    def problems(self, answers: Answers) -> tuple[FormProblem, ...]:
        """Return the problems of the answers."""
        return (*problems_of(self.steps(answers), answers, self.facts), *self._unquoted(answers))

    def _unquoted(self, answers: Answers) -> Iterator[FormProblem]:
        for name, value in self.given(answers).items():
            if any(char in value for char in _UNQUOTED):
                yield FormProblem(
                    f"{_PREFIX}{name}",
                    f"{name} has a quote or a backslash in it, which crmsh's scripts would get wrong.",
                )

    def sentences(self, answers: Answers) -> tuple[str, ...]:
        """Return sentences about other effects of the script, and about its constraints."""
        plan = self._planned(answers)
        steps = plan.others if plan is not None else ()
        read = (sentence(command.statement) for command in self.trial(answers))
        return (*steps, *(line for line in read if line))

    def text(self, answers: Answers) -> str:
        """Return the statements; crm makes them at the end of the form.

        Raises:
            Unformable: The statements do not exist yet.
        """
        if self._planned(answers) is None:
            raise Unformable(
                "crm makes the text of a recipe from your answers.", hint="Review it first."
            )
        return text_of([command.statement for command in self.trial(answers)])

    def read(self, text: str, answers: Answers) -> Answers:  # noqa: ARG002 - every text is refused
        """Refuse an edited text: its statements cannot become parameters of a script again."""
        raise Unformable(
            "The text of a recipe cannot be changed by hand.",
            hint="Stage it, and change it in configure; or change the answers.",
        )


def _field(parameter: Parameter) -> Field:
    field = of_parameter(parameter, "script", is_folded=parameter.is_advanced)
    short = parameter.name.rpartition(":")[2]
    is_id = short == "id" and parameter.type == "resource"
    # crmsh accepts any valid name as a resource, even of one that does not exist.
    kind: FieldKind = "id" if is_id else "text" if field.kind == "resource" else field.kind
    return replace(
        field,
        label=short,
        kind=kind,
        is_required=field.is_required and not field.default,
        is_unique=False,
        is_strict=field.is_strict or field.kind == "address",
    )
