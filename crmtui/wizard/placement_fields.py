"""Placement of a new resource: alone, in a group or cloned, with its constraints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.wizard.fields import BOOLEANS, Field, FormStep
from crmtui.wizard.statements import Statement, StatementSection, attributes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.wizard.answers import Answers
    from crmtui.wizard.facts import Facts

ALONE, GROUP, NEW_GROUP, CLONE, PROMOTABLE = "alone", "group", "new group", "clone", "promotable"
SCORES = ("INFINITY", "100", "-100", "-INFINITY")
_CLONE_META = (
    "interleave",
    "notify",
    "clone-max",
    "clone-node-max",
    "promoted-max",
    "globally-unique",
)


def is_promotable(answers: Answers) -> bool:
    """Return true if the resource is to be promotable."""
    return answers.get("place") == PROMOTABLE


def subject(answers: Answers) -> str:
    """Return the id that constraints name: of the group or the clone, else of the resource.

    A missing answer appears as a word in capitals.
    """
    place, own = answers.get("place", ALONE), answers.get("id") or "ID"
    if place in (CLONE, PROMOTABLE):
        return answers.get("place.clone") or f"{own}-clone"
    return answers.get("place.group") or "GROUP" if place in (GROUP, NEW_GROUP) else own


def steps(answers: Answers, facts: Facts, *, can_promote: bool) -> tuple[FormStep, ...]:
    """Return the steps of placement and constraints."""
    return (
        FormStep(
            "placement",
            "Placement",
            tuple(_placement(answers, facts, can_promote=can_promote)),
            "Group or clone of the resource.",
        ),
        FormStep(
            "constraints",
            "Constraints",
            tuple(_constraints(facts)),
            "Nodes and other resources that the resource needs. All fields may stay empty.",
        ),
    )


def _placement(answers: Answers, facts: Facts, *, can_promote: bool) -> Iterator[Field]:
    place = answers.get("place", ALONE)
    choices = (ALONE, *((GROUP,) if facts.groups() else ()), NEW_GROUP, CLONE)
    choices += (PROMOTABLE,) if can_promote or place == PROMOTABLE else ()
    yield Field(
        "place",
        "placement",
        "choice",
        "On one node alone, with others in a group, or on many nodes as a clone",
        "alone: on one node, by itself.\n\n"
        "group: at the end of a group that exists; its members run on one node, in order.\n\n"
        "new group: a group that begins with this resource.\n\n"
        "clone: an instance on every node.\n\n"
        "promotable: a clone of which some instances are promoted.",
        ALONE,
        choices,
        is_strict=True,
    )
    if place == GROUP:
        yield Field(
            "place.group",
            "group",
            "choice",
            "Id of the group",
            choices=facts.groups(),
            is_required=True,
            is_strict=True,
        )
    elif place == NEW_GROUP:
        yield Field("place.group", "group", "id", "Id of the new group", is_required=True)
    elif place in (CLONE, PROMOTABLE):
        default = f"{answers.get('id', '')}-clone"
        yield Field("place.clone", "clone id", "id", "Id of the clone", default=default)
        for known in facts.meta.get("clone", ()):
            if known.name in _CLONE_META and (place == PROMOTABLE or known.name != "promoted-max"):
                yield Field(
                    f"clone.{known.name}",
                    known.name,
                    "boolean" if known.choices == BOOLEANS or known.type == "boolean" else "text",
                    known.shortdesc,
                    choices=known.choices,
                )


def _constraints(facts: Facts) -> Iterator[Field]:
    others = facts.placed()
    yield Field(
        "prefer.node",
        "run on",
        "node",
        "Node that the resource prefers or avoids",
        choices=facts.nodes,
    )
    yield Field(
        "prefer.score",
        "  score",
        "score",
        "INFINITY: whenever possible; 100: preferred; -INFINITY: never",
        default="100",
        choices=SCORES,
    )
    yield Field(
        "with.resource",
        "together with",
        "resource",
        "Resource that has to run on the same node",
        choices=others,
    )
    yield Field(
        "with.score",
        "  score",
        "score",
        "INFINITY: only there; 100: preferred there; -INFINITY: anywhere else",
        default="INFINITY",
        choices=SCORES,
    )
    yield Field(
        "after.resource",
        "start after",
        "resource",
        "Resource that has to start before",
        choices=others,
    )
    yield Field(
        "after.kind",
        "  kind",
        "choice",
        "Mandatory: never without it; Optional: only when both start together",
        default="Mandatory",
        choices=("Mandatory", "Optional", "Serialize"),
        is_strict=True,
    )


def statements(answers: Answers, facts: Facts) -> Iterator[Statement]:
    """Yield the statements of placement, and the constraints."""
    own, place = answers.get("id") or "ID", answers.get("place", ALONE)
    if place == GROUP and answers.get("place.group"):
        yield Statement(("modgroup", answers["place.group"], "add", own))
    elif place == NEW_GROUP and answers.get("place.group"):
        yield Statement(("group", answers["place.group"], own))
    elif place in (CLONE, PROMOTABLE):
        prefix = "clone."
        meta = [
            (key.removeprefix(prefix), value)
            for key, value in answers.items()
            if key.startswith(prefix) and value
        ]
        if place == PROMOTABLE:
            meta.insert(0, ("promotable", "true"))
        yield Statement(("clone", subject(answers), own), attributes("meta", meta))
    who = subject(answers)
    taken = facts.ids()
    if node := answers.get("prefer.node"):
        name = _free(answers.get("prefer.id") or f"{who}-on-{node}", taken)
        yield Statement(("location", name, who, f"{answers.get('prefer.score') or '100'}:", node))
    if other := answers.get("with.resource"):
        name = _free(answers.get("with.id") or f"{who}-with-{other}", taken)
        score = answers.get("with.score") or "INFINITY"
        yield Statement(("colocation", name, f"{score}:", who, other))
    if other := answers.get("after.resource"):
        name = _free(answers.get("after.id") or f"{who}-after-{other}", taken)
        kind = answers.get("after.kind") or "Mandatory"
        yield Statement(("order", name, f"{kind}:", other, who))


def _free(name: str, taken: frozenset[str]) -> str:
    return next(
        candidate
        for number in range(1, len(taken) + 2)
        if (candidate := name if number == 1 else f"{name}-{number}") not in taken
    )


def read(statement: Statement, answers: dict[str, str]) -> bool:
    """Copy a statement into ``answers``; return false if the fields cannot express it."""
    head, own = statement.head, answers.get("id", "")
    match statement.keyword, head[1:]:
        case "modgroup", (group, "add", member) if member == own and "place" not in answers:
            answers |= {"place": GROUP, "place.group": group}
        case "group", (group, member) if member == own and not statement.sections:
            if "place" in answers:
                return False
            answers |= {"place": NEW_GROUP, "place.group": group}
        case "clone", (clone, member) if member == own and "place" not in answers:
            return _read_clone(clone, statement.sections, answers)
        case "location", (name, who, score, node) if _fits(who, score, "prefer.node", answers):
            answers |= {"prefer.node": node, "prefer.score": score.rstrip(":"), "prefer.id": name}
        case "colocation", (name, score, who, other) if _fits(who, score, "with.resource", answers):
            answers |= {"with.resource": other, "with.score": score.rstrip(":"), "with.id": name}
        case "order", (name, kind, other, who) if _fits(who, kind, "after.resource", answers):
            answers |= {"after.resource": other, "after.kind": kind.rstrip(":"), "after.id": name}
        case _:
            return False
    return True


def _fits(who: str, score: str, key: str, answers: Answers) -> bool:
    is_score = score.endswith(":") and score.count(":") == 1
    return who == subject(answers) and is_score and key not in answers


def _read_clone(
    clone: str, sections: tuple[StatementSection, ...], answers: dict[str, str]
) -> bool:
    if any(section.keyword != "meta" for section in sections) or len(sections) > 1:
        return False
    words = sections[0].words if sections else ()
    pairs = dict(sections[0].pairs()) if sections else {}
    if len(pairs) != len(words):
        return False
    is_promoted = pairs.pop("promotable", "").lower() in ("true", "yes", "on", "1")
    answers["place"] = PROMOTABLE if is_promoted else CLONE
    answers["place.clone"] = clone
    answers |= {f"clone.{name}": value for name, value in pairs.items()}
    return True
