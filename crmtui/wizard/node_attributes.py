"""Guided form of a node's attributes, which rules and agents use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crmtui.cib.secrets import is_secret
from crmtui.wizard.fields import Field, FormStep
from crmtui.wizard.guided import Recipe
from crmtui.wizard.statements import Statement, StatementSection
from crmtui.wizard.validation import FormProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.wizard.answers import Answers
    from crmtui.wizard.facts import Facts

_PREFIX = "attribute."
_STATES = frozenset({"standby", "maintenance"})
"""Attributes that move services; keys with forecasts of their own set them."""
_NAME = re.compile(r"[A-Za-z_#][\w.#-]*", re.ASCII)
_SCORE = re.compile(r"[^:]+:")
"""Words that crm reads as a score at the start of an attribute list (crmsh, ``match_attr_list``)."""


def _known(facts: Facts) -> dict[str, dict[str, str]]:
    """Return the existing attributes by name, each with its values by node."""
    found: dict[str, dict[str, str]] = {}
    for node in facts.configuration.of_kind("node"):
        for setting in node.settings:
            if setting.section == "params" and setting.name not in _STATES:
                found.setdefault(setting.name, {})[node.id] = setting.value
    return dict(sorted(found.items()))


def _steps(answers: Answers, facts: Facts) -> tuple[FormStep, ...]:
    node = answers.get("node", "")
    fields = (
        Field("node", "node", "node", "Node to change", choices=facts.nodes, is_required=True),
        *(_field(name, by_node, node) for name, by_node in _known(facts).items()),
        Field("new.name", "new attribute", "text", "Name of an attribute that no node has yet"),
        Field("new.value", "  value", "text", "Value on this node"),
    )
    return (
        FormStep(
            "attributes",
            "Attributes",
            fields,
            "Attributes that rules use. Empty: unchanged. Standby and maintenance have own keys.",
        ),
    )


def _field(name: str, by_node: dict[str, str], node: str) -> Field:
    is_hidden = is_secret(name)
    said = ", ".join(f"{each}: {value}" for each, value in by_node.items())
    return Field(
        f"{_PREFIX}{name}",
        name,
        "text",
        "" if is_hidden else said,
        default="" if is_hidden else by_node.get(node, ""),
        choices=() if is_hidden else tuple(dict.fromkeys(by_node.values())),
        is_secret=is_hidden,
    )


def _pairs(answers: Answers, facts: Facts) -> dict[str, str]:
    """Return the changed attributes."""
    known, node = _known(facts), answers.get("node", "")
    given = {
        key.removeprefix(_PREFIX): value
        for key, value in answers.items()
        if key.startswith(_PREFIX) and value
    }
    if answers.get("new.name") and answers.get("new.value"):
        given[answers["new.name"]] = answers["new.value"]
    return {name: value for name, value in given.items() if known.get(name, {}).get(node) != value}


def _statements(answers: Answers, facts: Facts) -> Iterator[Statement]:
    if pairs := _pairs(answers, facts):
        words = tuple(f"{name}={value}" for name, value in pairs.items())
        yield Statement(
            ("node", answers.get("node") or "NODE"), (StatementSection("attributes", words),)
        )


def _take(statement: Statement, answers: dict[str, str]) -> bool:
    sections = statement.sections
    is_plain = [section.keyword for section in sections] == ["attributes"]
    if statement.keyword != "node" or len(statement.head) != 2 or not is_plain:
        return False
    pairs = sections[0].pairs()
    if "node" in answers or len(pairs) != len(sections[0].words):
        return False
    answers["node"] = statement.id
    answers |= {f"{_PREFIX}{name}": value for name, value in pairs}
    return True


def _check(answers: Answers, facts: Facts) -> Iterator[FormProblem]:
    name, value = answers.get("new.name", ""), answers.get("new.value", "")
    if name and not _NAME.fullmatch(name):
        yield FormProblem("new.name", f"{name} cannot be the name of an attribute.")
    elif name in _STATES:
        yield FormProblem("new.name", f"{name} is not set here: it has keys of its own.")
    elif name and not value:
        yield FormProblem("new.value", f"{name} needs a value.")
    elif value and not name:
        yield FormProblem("new.name", "The value needs the name of an attribute.")
    pairs = _pairs(answers, facts)
    for known, given in pairs.items():
        if _SCORE.fullmatch(given):
            key = "new.value" if known == name else f"{_PREFIX}{known}"
            yield FormProblem(key, f"{known} ends in a colon, and crm would take it for a score.")


def _initial(facts: Facts, ids: tuple[str, ...]) -> dict[str, str]:
    node = next((name for name in ids if name in facts.nodes), "")
    return {"node": node} if node else {}


NODE_ATTRIBUTES = Recipe(
    "node",
    "Node attributes",
    "Attributes of a node for rules, such as its site or rack",
    _steps,
    _statements,
    _take,
    _initial,
    _check,
)
