"""Guided forms of location, colocation and order constraints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.wizard.fields import Field, FormStep
from crmtui.wizard.guided import Recipe
from crmtui.wizard.placement_fields import SCORES
from crmtui.wizard.statements import Statement
from crmtui.wizard.validation import FormProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.wizard.answers import Answers
    from crmtui.wizard.facts import Facts

_ROLES = ("Started", "Promoted", "Unpromoted")
_ACTIONS = ("start", "promote", "demote", "stop")
_KINDS = ("Mandatory", "Optional", "Serialize")


def _resource(key: str, label: str, words: str, facts: Facts) -> Field:
    return Field(key, label, "resource", words, choices=facts.placed(), is_required=True)


def _choice(key: str, label: str, words: str, choices: tuple[str, ...], default: str) -> Field:
    return Field(
        key,
        label,
        "choice",
        words,
        default=default,
        choices=choices,
        is_folded=True,
        is_strict=True,
    )


def _id(default: str) -> Field:
    return Field("id", "id", "id", "Id of the constraint", default=default, is_folded=True)


def _score(default: str, words: str) -> Field:
    return Field("score", "score", "score", words, default=default, choices=SCORES)


def _name(answers: Answers, default: str, facts: Facts) -> str:
    if answers.get("id"):
        return answers["id"]
    taken = facts.ids()
    names = (default, *(f"{default}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _location_name(answers: Answers) -> str:
    return f"{answers.get('resource') or 'RESOURCE'}-on-{answers.get('node') or 'NODE'}"


def _location_steps(answers: Answers, facts: Facts) -> tuple[FormStep, ...]:
    fields = (
        _resource("resource", "resource", "Resource to place", facts),
        Field(
            "node", "node", "node", "Node to prefer or avoid", choices=facts.nodes, is_required=True
        ),
        _score(
            "100", "INFINITY: whenever possible; 100: preferred; -100: avoided; -INFINITY: never"
        ),
        _choice("role", "role", "Role of the resource; empty for any", _ROLES, "Started"),
        _id(_name(answers, _location_name(answers), facts)),
    )
    return (FormStep("location", "Location", fields, "Node that a resource prefers or avoids."),)


def _location(answers: Answers, facts: Facts) -> Iterator[Statement]:
    role = (f"role={answers['role']}",) if answers.get("role") else ()
    yield Statement(
        (
            "location",
            _name(answers, _location_name(answers), facts),
            answers.get("resource") or "RESOURCE",
            *role,
            f"{answers.get('score') or '100'}:",
            answers.get("node") or "NODE",
        )
    )


def _take_location(statement: Statement, answers: dict[str, str]) -> bool:
    if "node" in answers:
        return False
    match statement.head:
        case ("location", name, resource, score, node) if score.endswith(":"):
            role = ""
        case ("location", name, resource, role, score, node) if role.startswith(
            "role="
        ) and score.endswith(":"):
            role = role.removeprefix("role=")
        case _:
            return False
    answers |= {"id": name, "resource": resource, "score": score.rstrip(":"), "node": node}
    if role:
        answers["role"] = role
    return True


def _together_name(answers: Answers) -> str:
    return f"{answers.get('resource') or 'RESOURCE'}-with-{answers.get('other') or 'OTHER'}"


def _together_steps(answers: Answers, facts: Facts) -> tuple[FormStep, ...]:
    fields = (
        _resource("resource", "resource", "Resource that follows the other one", facts),
        _resource("other", "together with", "Resource to follow", facts),
        _score("INFINITY", "INFINITY: only there; 100: preferred there; -INFINITY: anywhere else"),
        _choice("role", "role", "Role of the resource; empty for any", _ROLES, "Started"),
        _choice(
            "other_role",
            "other role",
            "Role of the other resource; empty for any",
            _ROLES,
            "Started",
        ),
        _id(_name(answers, _together_name(answers), facts)),
    )
    return (
        FormStep(
            "colocation", "Keep together", fields, "Two resources on one node, or never on one."
        ),
    )


def _with(resource: str, suffix: str) -> str:
    return f"{resource}:{suffix}" if suffix else resource


def _together(answers: Answers, facts: Facts) -> Iterator[Statement]:
    yield Statement(
        (
            "colocation",
            _name(answers, _together_name(answers), facts),
            f"{answers.get('score') or 'INFINITY'}:",
            _with(answers.get("resource") or "RESOURCE", answers.get("role", "")),
            _with(answers.get("other") or "OTHER", answers.get("other_role", "")),
        )
    )


def _take_together(statement: Statement, answers: dict[str, str]) -> bool:
    match statement.head:
        case ("colocation", name, score, first, second) if (
            "id" not in answers and score.endswith(":") and "=" not in second
        ):
            answers |= {"id": name, "score": score.rstrip(":")}
            answers["resource"], _, role = first.partition(":")
            answers["other"], _, other = second.partition(":")
            answers |= {k: v for k, v in (("role", role), ("other_role", other)) if v}
            return True
    return False


def _after_name(answers: Answers) -> str:
    return f"{answers.get('resource') or 'RESOURCE'}-after-{answers.get('other') or 'OTHER'}"


def _after_steps(answers: Answers, facts: Facts) -> tuple[FormStep, ...]:
    fields = (
        _resource("resource", "resource", "Resource that starts second", facts),
        _resource("other", "start after", "Resource that starts first", facts),
        Field(
            "kind",
            "kind",
            "choice",
            "Mandatory: never without it; Optional: only if both start; Serialize: never at once",
            default="Mandatory",
            choices=_KINDS,
            is_strict=True,
        ),
        _choice(
            "first", "first action", "Action of the first resource to wait for", _ACTIONS, "start"
        ),
        _choice("then", "then action", "Action that waits", _ACTIONS, "start"),
        Field(
            "symmetrical",
            "symmetrical",
            "boolean",
            "Stop in the opposite order",
            default="true",
            choices=("true", "false"),
            is_folded=True,
            is_strict=True,
        ),
        _id(_name(answers, _after_name(answers), facts)),
    )
    return (FormStep("order", "Start after", fields, "Start order of two resources."),)


def _after(answers: Answers, facts: Facts) -> Iterator[Statement]:
    one_way = answers.get("symmetrical", "").lower() in ("false", "no", "off", "0")
    yield Statement(
        (
            "order",
            _name(answers, _after_name(answers), facts),
            f"{answers.get('kind') or 'Mandatory'}:",
            _with(answers.get("other") or "OTHER", answers.get("first", "")),
            _with(answers.get("resource") or "RESOURCE", answers.get("then", "")),
            *(("symmetrical=false",) if one_way else ()),
        )
    )


def _take_after(statement: Statement, answers: dict[str, str]) -> bool:
    head = statement.head
    if statement.keyword != "order" or "id" in answers or len(head) not in (5, 6):
        return False
    tail = head[5:]
    if not head[2].endswith(":") or (tail and not tail[0].startswith("symmetrical=")):
        return False
    answers |= {"id": head[1], "kind": head[2].rstrip(":")}
    answers["other"], _, first = head[3].partition(":")
    answers["resource"], _, then = head[4].partition(":")
    answers |= {k: v for k, v in (("first", first), ("then", then)) if v}
    if tail:
        answers["symmetrical"] = tail[0].partition("=")[2]
    return True


def _not_itself(answers: Answers, _facts: Facts) -> Iterator[FormProblem]:
    if answers.get("resource") and answers.get("resource") == answers.get("other"):
        yield FormProblem("other", "It has to be another resource.")


def _held(answers: Answers, facts: Facts) -> Iterator[FormProblem]:
    for key in ("resource", "other"):
        known = facts.configuration.objects.get(answers.get(key, ""))
        parent = facts.configuration.objects.get(known.parent) if known else None
        if known is not None and parent is not None and parent.kind != "group":
            yield FormProblem(key, f"{known.id} is in {parent.id}: name that instead.")


def _check_pair(answers: Answers, facts: Facts) -> Iterator[FormProblem]:
    yield from _not_itself(answers, facts)
    yield from _held(answers, facts)


def _from_pair(facts: Facts, ids: tuple[str, ...]) -> dict[str, str]:
    """Return the initial answers for two resources: the one marked second follows the first."""
    found = facts.constrainable(ids)
    if len(found) == 1:
        return {"resource": found[0]}
    return {"resource": found[1], "other": found[0]} if found else {}


def _from_one(facts: Facts, ids: tuple[str, ...]) -> dict[str, str]:
    nodes = [name for name in ids if name in facts.nodes]
    first = {"resource": facts.constrainable(ids)[:1], "node": nodes[:1]}
    return {key: names[0] for key, names in first.items() if names}


LOCATION = Recipe(
    "location",
    "Location preference",
    "Node that a resource prefers or avoids",
    _location_steps,
    _location,
    _take_location,
    _from_one,
    _held,
)
TOGETHER = Recipe(
    "colocation",
    "Keep together",
    "Two resources on one node, or never on one",
    _together_steps,
    _together,
    _take_together,
    _from_pair,
    _check_pair,
)
AFTER = Recipe(
    "order",
    "Start after",
    "Start order of two resources",
    _after_steps,
    _after,
    _take_after,
    _from_pair,
    _check_pair,
)
