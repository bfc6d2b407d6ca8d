"""Constraints of a CIB: each as a sentence, with the resources and nodes in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crmtui.cib.rules import end_of, rule
from crmtui.cib.scores import location_verb
from crmtui.text import plain_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from xml.etree.ElementTree import Element

ConstraintKind = Literal["location", "colocation", "order", "ticket"]

_KINDS: dict[str, ConstraintKind] = {
    "rsc_location": "location",
    "rsc_colocation": "colocation",
    "rsc_order": "order",
    "rsc_ticket": "ticket",
}
_LEFT_BY_TOOLS = ("cli-prefer-", "cli-ban-", "cli-standby-")
"""Prefixes of the ids that ``crm resource move`` and ``ban`` leave behind (``crm_resource(8)``)."""
_ROLES = {"Master": "Promoted", "Slave": "Unpromoted"}


@dataclass(frozen=True, slots=True)
class Constraint:
    """Constraint of a CIB."""

    id: str
    kind: ConstraintKind
    sentence: str
    """Effect in words, without the id: ``webip is banned from n1 (-INFINITY)``."""
    names: tuple[str, ...]
    """Resources, and tags of resources, in the constraint."""
    nodes: tuple[str, ...] = ()
    """Nodes in the constraint and in its rules."""
    score: str = ""
    is_leftover: bool = False
    """True if a move or ban by hand left the constraint, which then holds until it is cleared."""
    until: str = ""
    """End of its time, as in its rule; empty for a constraint without an end."""


def parse(configuration: Element) -> tuple[Constraint, ...]:
    """Return the constraints of a ``<configuration>`` or ``<cib>``, in their order."""
    section = configuration.find(".//constraints")
    found = () if section is None else (_constraint(each) for each in section)
    return tuple(each for each in found if each is not None)


def touching(constraints: Collection[Constraint], names: Collection[str]) -> tuple[Constraint, ...]:
    """Return the constraints that name one of ``names``.

    Args:
        constraints: Constraints of the CIB.
        names: A resource with its groups, clones and tags.
    """
    wanted = frozenset(names)
    return tuple(each for each in constraints if not wanted.isdisjoint(each.names))


def tags_of(configuration: Element, names: Collection[str]) -> tuple[str, ...]:
    """Return the tags on any of ``names``."""
    return tuple(
        plain_line(tag.get("id", ""))
        for tag in configuration.iter("tag")
        if any(reference.get("id") in names for reference in tag.iter("obj_ref"))
    )


def _constraint(element: Element) -> Constraint | None:
    kind = _KINDS.get(element.tag)
    if kind is None:
        return None
    given = {name: plain_line(value) for name, value in element.items()}
    id_ = given.get("id", "")
    say = {
        "location": _location, "colocation": _colocation, "order": _order, "ticket": _ticket,
    }[kind]  # fmt: skip
    return Constraint(
        id=id_,
        kind=kind,
        sentence=say(element, given),
        names=tuple(dict.fromkeys(_names(element, given))),
        nodes=tuple(dict.fromkeys(_nodes(element, given))),
        score=_score(element, given),
        is_leftover=id_.startswith(_LEFT_BY_TOOLS),
        until=end_of(element),
    )


def _names(element: Element, given: dict[str, str]) -> Iterator[str]:
    for name in ("rsc", "with-rsc", "first", "then"):
        if name in given:
            yield given[name]
    for reference in element.iter("resource_ref"):
        yield plain_line(reference.get("id", ""))


def _nodes(element: Element, given: dict[str, str]) -> Iterator[str]:
    if "node" in given:
        yield given["node"]
    for expression in element.iter("expression"):
        if expression.get("attribute") == "#uname":
            yield plain_line(expression.get("value", ""))


def _score(element: Element, given: dict[str, str]) -> str:
    if "score" in given:
        return given["score"]
    rules = (plain_line(each.get("score", "")) for each in element.iter("rule"))
    return next((score for score in rules if score), "")


def _location(element: Element, given: dict[str, str]) -> str:
    what = given.get("rsc") or _pattern(given) or _sets(element)
    what = _in_role(given.get("role", ""), what)
    if "node" in given:
        score = given.get("score", "0")
        verb = "is banned from" if location_verb(score) == "bans" else location_verb(score)
        return f"{what} {verb} {given['node']} ({score})"
    parts = []
    for each in element.findall("rule"):
        score = plain_line(each.get("score") or each.get("score-attribute") or "0")
        parts.append(f"({score}) where {_in_role(plain_line(each.get('role', '')), rule(each))}")
    return f"{what} {' and '.join(parts)}" if parts else f"{what} is given no node"


def _pattern(given: dict[str, str]) -> str:
    return f"/{given['rsc-pattern']}/" if "rsc-pattern" in given else ""


def _colocation(element: Element, given: dict[str, str]) -> str:
    score = given.get("score", "0")
    if "rsc" not in given:
        return f"{_sets(element)} together ({score})"
    what = _in_role(given.get("rsc-role", ""), given["rsc"])
    other = _in_role(given.get("with-rsc-role", ""), given.get("with-rsc", ""))
    verb = "does not run with" if score.startswith("-") else "runs with"
    return f"{what} {verb} {other} ({score})"


def _order(element: Element, given: dict[str, str]) -> str:
    kind = given.get("kind") or given.get("score") or "Mandatory"
    if "first" not in given:
        return f"{_sets(element)} in order ({kind})"
    first = given.get("first-action", "start")
    then = given.get("then-action") or first
    back = ", not symmetrical" if given.get("symmetrical", "").lower() in ("false", "no") else ""
    return f"{first} {given['first']}, then {then} {given.get('then', '')} ({kind}{back})"


def _ticket(element: Element, given: dict[str, str]) -> str:
    what = _in_role(given.get("rsc-role", ""), given.get("rsc") or _sets(element))
    policy = given.get("loss-policy", "")
    lost = f", when lost: {policy}" if policy else ""
    return f"{what} needs ticket {given.get('ticket', '')}{lost}"


def _sets(element: Element) -> str:
    return ", ".join(_set(each) for each in element.findall("resource_set"))


def _set(element: Element) -> str:
    members = " ".join(plain_line(r.get("id", "")) for r in element.findall("resource_ref"))
    is_sequential = element.get("sequential", "true").lower() not in ("false", "no")
    needs_all = element.get("require-all", "true").lower() not in ("false", "no")
    brackets = "" if is_sequential and needs_all else "()" if needs_all else "[]"
    return f"{brackets[:1]}{members}{brackets[1:]}"


def _in_role(role: str, what: str) -> str:
    return f"{_ROLES.get(role, role)} {what}" if role else what
