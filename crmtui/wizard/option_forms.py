"""Guided forms of the cluster properties, and of the defaults of resources and operations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crmtui.wizard.fields import Field, FormStep, of_parameter
from crmtui.wizard.guided import Recipe
from crmtui.wizard.statements import Statement
from crmtui.wizard.validation import FormProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from crmtui.cib.agents import Parameter
    from crmtui.wizard.answers import Answers
    from crmtui.wizard.facts import Facts

_EVERYDAY = (
    "fencing-enabled",
    "stonith-enabled",
    "no-quorum-policy",
    "maintenance-mode",
    "fencing-timeout",
    "stonith-timeout",
    "symmetric-cluster",
    "cluster-recheck-interval",
    "placement-strategy",
    "stop-all-resources",
)
_DEFAULTS = ("resource-stickiness", "migration-threshold", "failure-timeout", "target-role")
_SECTIONS = {"property": "property", "rsc": "rsc_defaults", "op": "op_defaults"}


def _current(facts: Facts, section: str) -> dict[str, str]:
    objects = facts.configuration.of_kind(_SECTIONS[section])
    return {f"{section}.{s.name}": s.value for known in objects for s in known.settings}


def _fields(
    parameters: Iterable[Parameter], section: str, everyday: tuple[str, ...], facts: Facts
) -> tuple[Field, ...]:
    current = _current(facts, section)
    known = [
        p
        for p in parameters
        if not (p.is_generated or p.name == "description")
        # An option gets one field, of its newer name unless the older one is set.
        and (not p.replaced_by or f"{section}.{p.name}" in current)
    ]
    known.sort(key=lambda p: everyday.index(p.name) if p.name in everyday else len(everyday))
    fields = [
        of_parameter(
            parameter,
            section,
            is_folded=parameter.name not in everyday
            and f"{section}.{parameter.name}" not in current,
        )
        for parameter in known
    ]
    return tuple(_noted(field, current.get(field.key, "")) for field in fields)


def _noted(field: Field, now: str) -> Field:
    """Return the field as an optional one, with its present value in the description."""
    if now and not field.is_secret:
        field = replace(field, short=f"{field.short.rstrip('.')} (now {now})")
    return replace(field, is_required=False, is_unique=False)


def _changed(answers: Answers, facts: Facts, section: str) -> tuple[str, ...]:
    """Return the changed values; an emptied field returns to its default."""
    now = _current(facts, section)
    defaults = {f"property.{known.name}": known.default for known in facts.properties}
    asked = {key: value for key, value in answers.items() if key.startswith(f"{section}.")}
    wanted = {key: value or defaults.get(key, "") for key, value in asked.items()}
    return tuple(
        f"{key.removeprefix(f'{section}.')}={value}"
        for key, value in wanted.items()
        if value and value != now.get(key, "")
    )


def _property_steps(_answers: Answers, facts: Facts) -> tuple[FormStep, ...]:
    fields = _fields(facts.properties, "property", _EVERYDAY, facts)
    return (FormStep("property", "Properties", fields, "Properties of the whole cluster."),)


def _defaults_steps(_answers: Answers, facts: Facts) -> tuple[FormStep, ...]:
    resources = _fields(facts.meta.get("primitive", ()), "rsc", _DEFAULTS, facts)
    operations = _fields(facts.meta.get("op", ()), "op", ("timeout", "on-fail"), facts)
    return (
        FormStep(
            "rsc",
            "Resources",
            resources,
            "Defaults of resources without a setting of their own.",
        ),
        FormStep(
            "op", "Operations", operations, "Defaults of operations without a setting of their own."
        ),
    )


def _statements(*sections: str) -> Callable[[Answers, Facts], Iterator[Statement]]:
    def make(answers: Answers, facts: Facts) -> Iterator[Statement]:
        for section in sections:
            if words := _changed(answers, facts, section):
                yield Statement((_SECTIONS[section], *words))

    return make


def _take(*sections: str) -> Callable[[Statement, dict[str, str]], bool]:
    def take(statement: Statement, answers: dict[str, str]) -> bool:
        section = next((s for s in sections if _SECTIONS[s] == statement.keyword), None)
        words = statement.head[1:]
        if section is None or any("=" not in word or word[0] in "$@" for word in words):
            return False
        answers |= {f"{section}.{word.partition('=')[0]}": word.partition("=")[2] for word in words}
        return True

    return take


def _initial(*sections: str) -> Callable[[Facts, tuple[str, ...]], dict[str, str]]:
    def initial(facts: Facts, _ids: tuple[str, ...]) -> dict[str, str]:
        return {
            key: value for section in sections for key, value in _current(facts, section).items()
        }

    return initial


def _check(*sections: str) -> Callable[[Answers, Facts], Iterator[FormProblem]]:
    def check(answers: Answers, facts: Facts) -> Iterator[FormProblem]:
        defaults = {f"property.{known.name}": known.default for known in facts.properties}
        for section in sections:
            for key in _current(facts, section):
                if not answers.get(key) and not defaults.get(key):
                    name = key.removeprefix(f"{section}.")
                    yield FormProblem(
                        key,
                        f"{name} cannot be emptied here: remove it with crm_attribute --delete.",
                    )

    return check


PROPERTIES = Recipe(
    "property",
    "Cluster properties",
    "Properties of the whole cluster",
    _property_steps,
    _statements("property"),
    _take("property"),
    _initial("property"),
    _check("property"),
)
DEFAULTS = Recipe(
    "defaults",
    "Resource defaults",
    "Defaults of resources and operations without a setting of their own",
    _defaults_steps,
    _statements("rsc", "op"),
    _take("rsc", "op"),
    _initial("rsc", "op"),
    _check("rsc", "op"),
)
