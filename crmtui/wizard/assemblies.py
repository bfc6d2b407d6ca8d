"""Guided forms of groups and clones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.wizard.fields import Field, FormStep, of_parameter
from crmtui.wizard.guided import Recipe
from crmtui.wizard.statements import Statement, attributes
from crmtui.wizard.validation import FormProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.wizard.answers import Answers
    from crmtui.wizard.facts import Facts

_EVERYDAY = (
    "promotable",
    "interleave",
    "notify",
    "clone-max",
    "clone-node-max",
    "target-role",
    "priority",
)


def _meta(kind: str, facts: Facts) -> tuple[Field, ...]:
    return tuple(
        of_parameter(known, "meta", is_folded=known.name not in _EVERYDAY)
        for known in facts.meta.get(kind, ())
        if known.name != "description"
    )


def _meta_pairs(answers: Answers) -> list[tuple[str, str]]:
    prefix = "meta."
    return [(k.removeprefix(prefix), v) for k, v in answers.items() if k.startswith(prefix) and v]


def _group_steps(_answers: Answers, facts: Facts) -> tuple[FormStep, ...]:
    return (
        FormStep(
            "group",
            "Group",
            (
                Field("id", "id", "id", "Id of the group", is_required=True),
                Field(
                    "members",
                    "members",
                    "resources",
                    "Primitives, in the order in which they start",
                    choices=facts.loose(),
                    is_required=True,
                ),
                *_meta("group", facts),
            ),
            "The members run on one node, start in this order and stop in the opposite one.",
        ),
    )


def _group(answers: Answers, _facts: Facts) -> Iterator[Statement]:
    members = answers.get("members", "").split() or ["RESOURCE"]
    head = ("group", answers.get("id") or "ID", *members)
    yield Statement(head, attributes("meta", _meta_pairs(answers)))


def _check_group(answers: Answers, facts: Facts) -> Iterator[FormProblem]:
    members = answers.get("members", "").split()
    for name in sorted({name for name in members if members.count(name) > 1}):
        yield FormProblem("members", f"{name} is named twice.")
    for name in dict.fromkeys(members):
        known = facts.configuration.objects.get(name)
        if known is not None and known.kind != "primitive":
            yield FormProblem(
                "members", f"{name} is a {known.kind}, and a group holds primitives only."
            )
        elif known is not None and known.parent not in ("", answers.get("id")):
            yield FormProblem("members", f"{name} is in {known.parent} already.")


def _begin_group(facts: Facts, ids: tuple[str, ...]) -> dict[str, str]:
    members = [name for name in ids if name in facts.loose()]
    return {"members": " ".join(members)} if members else {}


def _take_group(statement: Statement, answers: dict[str, str]) -> bool:
    if statement.keyword != "group" or "id" in answers or not _only_meta(statement):
        return False
    answers |= {"id": statement.id, "members": " ".join(statement.head[2:])}
    answers |= {f"meta.{name}": value for name, value in statement.section("meta").pairs()}
    return True


def _only_meta(statement: Statement) -> bool:
    sections = statement.sections
    is_plain = all(s.keyword == "meta" and len(s.pairs()) == len(s.words) for s in sections)
    return is_plain and len(sections) <= 1 and not any("=" in word for word in statement.head)


def _clonable(facts: Facts) -> tuple[str, ...]:
    known = facts.configuration.of_kind("primitive", "group")
    return tuple(each.id for each in known if not each.parent)


def _begin_clone(facts: Facts, ids: tuple[str, ...]) -> dict[str, str]:
    found = next((name for name in ids if name in _clonable(facts)), "")
    return {"resource": found} if found else {}


def _clone_steps(answers: Answers, facts: Facts) -> tuple[FormStep, ...]:
    default = f"{answers['resource']}-clone" if answers.get("resource") else ""
    choices = _clonable(facts)
    return (
        FormStep(
            "clone",
            "Clone",
            (
                Field(
                    "resource",
                    "resource",
                    "resource",
                    "Primitive or group to clone",
                    choices=choices,
                    is_required=True,
                ),
                Field("id", "id", "id", "Id of the clone", default=default),
                *_meta("clone", facts),
            ),
            "An instance runs on every node; a promotable clone has some instances promoted.",
        ),
    )


def _clone(answers: Answers, _facts: Facts) -> Iterator[Statement]:
    resource = answers.get("resource") or "RESOURCE"
    head = ("clone", answers.get("id") or f"{resource}-clone", resource)
    yield Statement(head, attributes("meta", _meta_pairs(answers)))


def _check_clone(answers: Answers, facts: Facts) -> Iterator[FormProblem]:
    name = answers.get("resource", "")
    known = facts.configuration.objects.get(name)
    if known is not None and known.kind not in ("primitive", "group"):
        yield FormProblem("resource", f"{name} is a {known.kind}, which cannot be cloned.")
    elif known is not None and known.parent not in ("", answers.get("id")):
        yield FormProblem(
            "resource", f"{name} is in {known.parent}: clone that, or take it out first."
        )
    if name and not answers.get("id") and f"{name}-clone" in facts.configuration.objects:
        yield FormProblem("id", f"There is a {name}-clone already: name the clone.")


def _take_clone(statement: Statement, answers: dict[str, str]) -> bool:
    is_clone = statement.keyword == "clone" and len(statement.head) == 3
    if not is_clone or "resource" in answers or not _only_meta(statement):
        return False
    answers |= {"id": statement.id, "resource": statement.head[2]}
    answers |= {f"meta.{name}": value for name, value in statement.section("meta").pairs()}
    return True


GROUP = Recipe(
    "group",
    "New group",
    "Resources that run together, and start in order",
    _group_steps,
    _group,
    _take_group,
    _begin_group,
    _check_group,
)
CLONE = Recipe(
    "clone",
    "New clone",
    "A resource that runs on many nodes at once",
    _clone_steps,
    _clone,
    _take_clone,
    _begin_clone,
    _check_clone,
)
