"""Validation of answers against their fields; each problem is a sentence."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.crmsh.words import unwritable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from crmtui.wizard.answers import Answers
    from crmtui.wizard.facts import Facts
    from crmtui.wizard.fields import Field, FieldKind, FormStep

_ID = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_KEYWORDS = frozenset(
    {
        "params",
        "meta",
        "utilization",
        "operations",
        "op",
        "op_params",
        "op_meta",
        "rule",
        "attributes",
    }
)
_INTEGER = re.compile(r"[+-]?\d+")
_SECONDS = re.compile(r"\d+(\.\d+)?")
_TIME = re.compile(
    r"\d+(\.\d+)?\s*(us|usec|ms|msec|s|sec|secs?|seconds?|m|min|minutes?|h|hr|hours?)?|P[\dTYMWDHS.]+",
    re.IGNORECASE,
)
_SCORE = re.compile(r"[+-]?(\d+|inf|infinity)|mandatory|advisory", re.IGNORECASE)
_WORDS_OF_BOOLEANS = frozenset({"true", "false", "yes", "no", "on", "off", "1", "0", "y", "n"})


@dataclass(frozen=True, slots=True)
class FormProblem:
    """A missing or wrong answer in a form."""

    key: str
    """Key of the field to go to."""
    sentence: str
    is_error: bool = True
    """True if the form makes no commands before the problem is solved; false for a warning."""


def problems(steps: Sequence[FormStep], answers: Answers, facts: Facts) -> tuple[FormProblem, ...]:
    """Return the problems of the answers, in the order of the steps."""
    return tuple(
        problem
        for step in steps
        for field in step.fields
        for problem in _check(field, answers.get(field.key, ""), facts)
    )


def _check(field: Field, value: str, facts: Facts) -> Iterator[FormProblem]:
    if not value:
        if field.is_required:
            yield FormProblem(field.key, f"{field.label} is needed.")
        return
    if what := unwritable(value):
        yield FormProblem(
            field.key, f"{field.label} has {what} in it, which crm's language cannot write."
        )
        return
    if field.is_strict and field.kind not in ("boolean", "address") and value not in field.choices:
        yield FormProblem(field.key, f"{field.label} is one of {', '.join(field.choices)}.")
    elif check := _CHECKS.get(field.kind):
        yield from check(field, value, facts)


def _id(field: Field, value: str, facts: Facts) -> Iterator[FormProblem]:
    if not _ID.fullmatch(value):
        yield FormProblem(
            field.key,
            f"{value} cannot be an id: it begins with a letter and has letters, digits, "
            "underscores, dots and hyphens only.",
        )
    elif value.lower() in _KEYWORDS:
        yield FormProblem(field.key, f"{value} means something to crm: take another id.")
    elif value in facts.configuration.objects:
        kind = facts.configuration.objects[value].kind
        yield FormProblem(field.key, f"There is a {kind} {value} already: take another id.")


def _boolean(field: Field, value: str, _facts: Facts) -> Iterator[FormProblem]:
    if value.lower() not in _WORDS_OF_BOOLEANS:
        yield FormProblem(field.key, f"{field.label} is true or false.")


def _matching(pattern: re.Pattern[str], words: str) -> Callable[..., Iterator[FormProblem]]:
    def check(field: Field, value: str, _facts: Facts) -> Iterator[FormProblem]:
        if not pattern.fullmatch(value):
            yield FormProblem(field.key, f"{field.label} is {words}.")

    return check


def _choice(field: Field, value: str, _facts: Facts) -> Iterator[FormProblem]:
    if field.choices and value not in field.choices:
        words = ", ".join(field.choices)
        yield FormProblem(field.key, f"{field.label} is documented to be one of {words}.", False)


def _node(field: Field, value: str, facts: Facts) -> Iterator[FormProblem]:
    if facts.nodes and value not in facts.nodes:
        yield FormProblem(field.key, f"There is no node {value}.", False)


def _nodes(field: Field, value: str, facts: Facts) -> Iterator[FormProblem]:
    for name in re.split(r"[\s,;]+", value):
        yield from _node(field, name, facts)


def _resource(field: Field, value: str, facts: Facts) -> Iterator[FormProblem]:
    known = {resource.id for resource in facts.configuration.resources()}
    for name in value.split():
        if name not in known:
            yield FormProblem(field.key, f"There is no resource {name}.")


def _address(field: Field, value: str, _facts: Facts) -> Iterator[FormProblem]:
    try:
        ipaddress.ip_address(value)
    except ValueError:
        yield FormProblem(field.key, f"{value} is no IP address.", is_error=field.is_strict)


def _interface(field: Field, value: str, _facts: Facts) -> Iterator[FormProblem]:
    # Linux keeps interface names below 16 bytes (IFNAMSIZ); an alias follows a colon.
    if len(value.partition(":")[0].encode()) > 15 or re.search(r"[\s/]", value):
        yield FormProblem(field.key, f"{value} cannot be the name of a network interface.")


_CHECKS: dict[FieldKind, Callable[[Field, str, Facts], Iterator[FormProblem]]] = {
    "id": _id,
    "boolean": _boolean,
    "integer": _matching(_INTEGER, "a whole number"),
    "seconds": _matching(_SECONDS, "a number of seconds, without a unit"),
    "time": _matching(_TIME, "a time such as 20s, 5min or 1h"),
    "score": _matching(_SCORE, "a number, INFINITY or -INFINITY"),
    "choice": _choice,
    "node": _node,
    "nodes": _nodes,
    "resource": _resource,
    "resources": _resource,
    "address": _address,
    "interface": _interface,
}


def shared(
    fields: Sequence[Field], agent: str, own_id: str, answers: Answers, facts: Facts
) -> Iterator[FormProblem]:
    """Yield a problem for each unique parameter whose value another resource of this agent has."""
    configuration = facts.configuration
    for field in fields:
        value = answers.get(field.key, "")
        if not (field.is_unique and value):
            continue
        for other in configuration.of_kind("primitive"):
            if other.id == own_id or configuration.agent_of(other.id) != agent:
                continue
            pairs = {(s.section, s.name): s.value for s in other.settings}
            if pairs.get(("params", field.label)) == value:
                yield FormProblem(
                    field.key,
                    f"{other.id} has {field.label}={value} already, and two resources of this agent "
                    "must not share it.",
                )
