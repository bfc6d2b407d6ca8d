"""Form of a new resource: parameters, operations, meta attributes, placement, constraints."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crmtui.cib.secrets import is_secret
from crmtui.crmsh.words import line_of, strict_texts
from crmtui.errors import Unformable
from crmtui.wizard import operation_fields, placement_fields, topology
from crmtui.wizard.answers import KEPT, REST, answered
from crmtui.wizard.fields import Field, FormStep, of_parameter
from crmtui.wizard.form import Form, FormCommand
from crmtui.wizard.sentences import sentence
from crmtui.wizard.statements import Statement, StatementSection, attributes, parse, text_of
from crmtui.wizard.validation import FormProblem, shared
from crmtui.wizard.validation import problems as problems_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.cib.agents import AgentMetadata, Parameter
    from crmtui.wizard.answers import Answers
    from crmtui.wizard.facts import Facts

_SUPPLIED = frozenset({"action", "port"})
"""Parameters that Pacemaker fills in, though fence agents call them required (crmsh, ra.py)."""
_EVERYDAY = (
    "target-role",
    "is-managed",
    "resource-stickiness",
    "migration-threshold",
    "failure-timeout",
    "priority",
)
_SECTIONS = ("params", "meta", "utilization")
_FENCE_TARGETS = (
    "pcmk_host_list",
    "pcmk_host_map",
    "pcmk_host_check",
    "pcmk_delay_base",
    "pcmk_delay_max",
)


def parameter_fields(agent: str, metadata: AgentMetadata) -> tuple[Field, ...]:
    """Return the fields of an agent's parameters: required ones first, rarely used ones last."""
    return tuple(
        _parameter_field(parameter, agent)
        for parameter in sorted(metadata.parameters, key=lambda known: _rank(known, agent))
        if not parameter.is_generated
    )


def _rank(parameter: Parameter, agent: str) -> int:
    is_supplied = agent.startswith("stonith:fence_") and parameter.name in _SUPPLIED
    if parameter.is_required and not is_supplied:
        return 0
    if agent.startswith("stonith:") and parameter.name in _FENCE_TARGETS:
        return 1
    return 4 if parameter.is_deprecated else 3 if parameter.is_advanced else 2


def _parameter_field(parameter: Parameter, agent: str) -> Field:
    rank = _rank(parameter, agent)
    field = of_parameter(parameter, "params", is_folded=rank > 1)
    if field.is_required and rank > 0:
        return replace(field, is_required=False)
    return field


def presets(agent: str, metadata: AgentMetadata) -> dict[str, str]:
    """Return initial answers of a new resource: advice, and required parameters with a default.

    crm wants every required parameter to be written, even one with a default.
    """
    needed = {
        field.key: field.default
        for field in parameter_fields(agent, metadata)
        if field.is_required and field.default
    }
    return {**needed, **operation_fields.advice(metadata, agent)}


class ResourceForm(Form):
    """Makes one primitive of an agent, with its group or clone and its constraints.

    Args:
        agent: ``class:provider:type``.
        metadata: Documentation of the agent.
        facts: The cluster.
    """

    def __init__(self, agent: str, metadata: AgentMetadata, facts: Facts) -> None:
        self.agent = agent
        self.metadata = metadata
        self.facts = facts
        self._parameters = parameter_fields(agent, metadata)
        self._is_fencing = agent.startswith("stonith:")
        self._can_promote = any(action.name == "promote" for action in metadata.actions)

    @property
    def title(self) -> str:
        """Title with the name of the agent."""
        return f"New {self.agent}"

    def steps(self, answers: Answers) -> tuple[FormStep, ...]:
        """Return the steps of a new resource."""
        name = Field("id", "id", "id", "Id of the resource", is_required=True)
        has_roles = placement_fields.is_promotable(answers)
        return (
            FormStep(
                "parameters",
                "Parameters",
                (name, *self.parameters(answers)),
                self.metadata.shortdesc,
            ),
            FormStep(
                "operations",
                "Operations",
                operation_fields.fields(self.metadata, self.agent, answers, has_roles=has_roles),
                "Operations that the cluster runs on the resource, as the agent advises.",
            ),
            FormStep(
                "meta", "Meta", self.meta(answers), "Settings of the cluster for this resource."
            ),
            *self._belonging(answers),
        )

    def _belonging(self, answers: Answers) -> tuple[FormStep, ...]:
        if self._is_fencing:
            return (topology.device_step(answers, self.facts),)
        return placement_fields.steps(answers, self.facts, can_promote=self._can_promote)

    def parameters(self, answers: Answers) -> tuple[Field, ...]:
        """Return the fields of the parameters, undocumented answers included."""
        known = {field.key for field in self._parameters}
        others = (f"params.{name}" for name, _ in answered(answers, "params"))
        return (*self._parameters, *(_undocumented(key) for key in others if key not in known))

    def meta(self, answers: Answers) -> tuple[Field, ...]:
        """Return the fields of the meta attributes, common ones first."""
        documented = [
            of_parameter(known, "meta", is_folded=known.name not in _EVERYDAY)
            for known in self.facts.meta.get("primitive", ())
            if known.name != "description"
        ]
        documented.sort(
            key=lambda f: _EVERYDAY.index(f.label) if f.label in _EVERYDAY else len(_EVERYDAY)
        )
        known = {field.key for field in documented}
        others = (f"meta.{name}" for name, _ in answered(answers, "meta"))
        return (*documented, *(_undocumented(key) for key in others if key not in known))

    def primitive(self, answers: Answers, *, has_roles: bool) -> Statement:
        """Return the statement of the resource itself."""
        head = ["primitive", answers.get("id") or "ID", self.agent]
        if answers.get("description"):
            head.append(f"description={answers['description']}")
        kept = _kept_sections(answers)
        sections: list[StatementSection] = []
        for keyword in _SECTIONS:
            pairs = answered(answers, keyword)
            words = kept.pop(keyword, ())
            made = attributes(keyword, pairs) or ((StatementSection(keyword),) if words else ())
            sections += [StatementSection(keyword, (*words, *section.words)) for section in made]
        sections += [StatementSection(keyword, words) for keyword, words in kept.items()]
        return Statement(
            tuple(head), (*sections, *operation_fields.sections(answers, has_roles=has_roles))
        )

    def statements(self, answers: Answers) -> tuple[Statement, ...]:
        """Return all statements of the answers, the kept ones included."""
        return (
            self.primitive(answers, has_roles=placement_fields.is_promotable(answers)),
            *placement_fields.statements(answers, self.facts),
            *parse(answers.get(KEPT, "")),
        )

    def commands(self, answers: Answers) -> tuple[FormCommand, ...]:
        """Return the statements, in the order in which crm can take them."""
        made = tuple(FormCommand(statement) for statement in self.statements(answers))
        if not self._is_fencing:
            return made
        order = topology.device_statement(answers, self.facts)
        is_update = topology.has_topology(self.facts)
        return (*made, *((FormCommand(order, is_update),) if order else ()))

    def problems(self, answers: Answers) -> tuple[FormProblem, ...]:
        """Return the problems of the answers."""
        own = answers.get("id", "")
        return (
            *problems_of(self.steps(answers), answers, self.facts),
            *shared(self._parameters, self.agent, own, answers, self.facts),
            *self.unknown(answers),
        )

    def unknown(self, answers: Answers) -> Iterator[FormProblem]:
        """Yield warnings for undocumented parameters, or for an agent without documentation."""
        if self.metadata.is_silent:
            words = (
                f"{self.agent} says nothing about itself here: its parameters are not checked, and "
                "new ones are written by hand."
            )
            yield FormProblem("id", words, is_error=False)
            return
        known = {field.key for field in self._parameters}
        for name, _ in answered(answers, "params"):
            if f"params.{name}" not in known:
                words = f"{self.agent} does not document a parameter {name}."
                yield FormProblem(f"params.{name}", words, is_error=False)

    def sentences(self, answers: Answers) -> tuple[str, ...]:
        """Return sentences about placement and constraints."""
        read = (sentence(statement) for statement in self.statements(answers)[1:])
        return tuple(line for line in read if line)

    def text(self, answers: Answers) -> str:
        """Return the statements as text to edit."""
        return text_of(self.statements(answers))

    def read(self, text: str, answers: Answers) -> Answers:
        """Return the answers that stand for an edited text."""
        statements = parse(text)
        own = next((s for s in statements if s.keyword == "primitive"), None)
        if own is None or len(own.head) < 3:
            raise Unformable(
                "There is no primitive in the text, so it is no new resource.",
                hint=f"It begins with: primitive ID {self.agent}",
            )
        if own.head[2] != self.agent:
            raise Unformable(
                f"The text is about {own.head[2]}, and the form about {self.agent}.",
                hint="Choose the agent in the first step.",
            )
        found = read_primitive(own)
        # An unused operation keeps its figures, in case it is wanted again.
        unused = {
            key: operation_fields.NO if key.count(".") == 1 else value
            for key, value in answers.items()
            if key.startswith("op.") and _slot(key) not in found
        }
        fences = {key: value for key, value in answers.items() if key.startswith("fences.")}
        found = {**unused, **fences, **found}
        others = sorted((s for s in statements if s is not own), key=_depth)
        kept = [statement for statement in others if not placement_fields.read(statement, found)]
        if kept:
            found[KEPT] = text_of(kept)
        return found


def _slot(key: str) -> str:
    return ".".join(key.split(".")[:2])


def _depth(statement: Statement) -> int:
    return 0 if statement.keyword in ("group", "clone", "modgroup") else 1


def _undocumented(key: str) -> Field:
    section, _, name = key.partition(".")
    short = f"Not documented among the {section}"
    return Field(key, name, short=short, is_secret=is_secret(name))


def read_primitive(statement: Statement) -> dict[str, str]:
    """Return the answers for a primitive's statement; words without a field go to ``REST``."""
    found = {"id": statement.id}
    rest: list[str] = []
    seen: set[str] = set()
    for word in statement.head[3:]:
        if not word.startswith("description="):
            raise Unformable(f"{word} cannot follow the agent.")
        found["description"] = word.partition("=")[2]
    for section in statement.sections:
        if section.keyword in _SECTIONS and section.keyword not in seen:
            seen.add(section.keyword)
            others = [word for word in section.words if not _is_pair(word)]
            for word in section.words:
                if _is_pair(word):
                    name, _, value = word.partition("=")
                    found[f"{section.keyword}.{name}"] = value
            if others:
                rest.append(line_of((section.keyword, *others)))
        elif section.keyword != "op":
            rest.append(line_of((section.keyword, *section.words)))
    found |= operation_fields.read([s for s in statement.sections if s.keyword == "op"])
    if rest:
        found[REST] = "\n".join(rest)
    return found


def _is_pair(word: str) -> bool:
    name, equals, _ = word.partition("=")
    return bool(equals) and bool(name) and name[0] not in "$@"


def _kept_sections(answers: Answers) -> dict[str, tuple[str, ...]]:
    kept: dict[str, tuple[str, ...]] = {}
    for line in answers.get(REST, "").splitlines():
        keyword, *words = strict_texts(line)
        kept[keyword] = (*kept.get(keyword, ()), *words)
    return kept
