"""Sentences for constraints, groups and clones."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.wizard.statements import Statement

_INFINITY = ("inf", "+inf", "infinity", "+infinity", "mandatory")
_ACTIONS = {
    "": "started",
    "start": "started",
    "promote": "been promoted",
    "demote": "been demoted",
    "stop": "stopped",
}
_NEXT = {
    "": "starts",
    "start": "starts",
    "promote": "is promoted",
    "demote": "is demoted",
    "stop": "stops",
}


def sentence(statement: Statement) -> str:
    """Return the meaning of a statement; empty where no sentence is plainer than the statement.

    Locations, colocations and orders of two resources have sentences; sets and rules have none.
    """
    if statement.keyword == "clone":
        return _clone(statement)
    reader = _READERS.get(statement.keyword)
    return reader(tuple(statement.head[2:])) if reader else ""


def _score(word: str) -> tuple[str, str]:
    """Return ``always``, ``never``, ``rather`` or ``rather not``, and the number as written."""
    score = word.removesuffix(":").lower()
    if score in _INFINITY:
        return "always", ""
    if score.startswith("-") and score[1:] in _INFINITY:
        return "never", ""
    number = 0 if score == "advisory" else int(score) if score.lstrip("+-").isdigit() else None
    if number is None:
        return "", ""
    return ("rather not" if number < 0 else "rather"), f" (score {number})"


def _role(word: str) -> str:
    resource, colon, role = word.partition(":")
    return f"{resource}, where it is {role}," if colon and role else resource


def _location(words: tuple[str, ...]) -> str:
    resource, *rest = words or ("",)
    roles = [word.partition("=")[2] for word in rest if word.startswith("role=")]
    rest = [word for word in rest if "=" not in word]
    if len(rest) != 2 or not rest[0].endswith(":") or resource.startswith(("/", "{")):
        return ""
    way, number = _score(rest[0])
    who = f"{resource} as {roles[0]}" if roles else resource
    node = rest[1]
    return {
        "always": f"{who} runs on {node} whenever {node} can run it, elsewhere only when it cannot.",
        "never": f"{who} never runs on {node}.",
        "rather": f"{who} prefers {node}{number}.",
        "rather not": f"{who} avoids {node}{number}, but runs there when nothing else is left.",
    }.get(way, "")


def _colocation(words: tuple[str, ...]) -> str:
    words = tuple(word for word in words if "=" not in word)
    if len(words) != 3 or not words[0].endswith(":"):
        return ""
    way, number = _score(words[0])
    first, second = words[1].partition(":"), words[2].partition(":")
    who, other = _role(words[1]), _role(words[2]).rstrip(",")
    if first[1]:
        who = f"{first[0]} as {first[2]}"
    where = f"where {second[0]} is {second[2]}" if second[1] else f"where {other} runs"
    return {
        "always": f"{who} runs only {where}; without {second[0]} it does not run.",
        "never": f"{who} never runs {where}.",
        "rather": f"{who} prefers to run {where}{number}.",
        "rather not": f"{who} avoids to run {where}{number}.",
    }.get(way, "")


def _order(words: tuple[str, ...]) -> str:
    one_way = any(word.lower() in ("symmetrical=false", "symmetrical=no") for word in words)
    words = tuple(word for word in words if "=" not in word)
    kind = "mandatory"
    if words and words[0].endswith(":"):
        kind, words = words[0].removesuffix(":").lower(), words[1:]
    if len(words) != 2 or any(word.startswith(("(", "[")) for word in words):
        return ""
    first, _, action = words[0].partition(":")
    then, _, next_action = words[1].partition(":")
    next_action = next_action or action
    if action not in _ACTIONS or next_action not in _NEXT:
        return ""
    if kind == "serialize":
        return f"{first} and {then} never start or stop at the same time."
    back = "" if one_way else f" They stop the other way round: {then} before {first}."
    if kind in ("optional", "0"):
        return f"When both are to start, {first} starts before {then}.{back}"
    if kind in ("mandatory", *_INFINITY):
        return f"{then} {_NEXT[next_action]} only after {first} has {_ACTIONS[action]}.{back}"
    return ""


def _group(words: tuple[str, ...]) -> str:
    members = [word for word in words if "=" not in word]
    if not members:
        return ""
    if len(members) == 1:
        return f"{members[0]} is alone in the group so far."
    return f"{', '.join(members)} run on one node, and start in this order."


def _clone(statement: Statement) -> str:
    if len(statement.head) < 3:
        return ""
    meta = dict(statement.section("meta").pairs())
    limit = meta.get("clone-max", "")
    where = f"on up to {limit} nodes" if limit.isdigit() else "on every node that can run it"
    if meta.get("promotable", "").lower() not in ("true", "yes", "on", "1"):
        return f"{statement.head[2]} runs {where}."
    many = meta.get("promoted-max", "1")
    how = "one instance is" if many == "1" else f"up to {many} instances are"
    return f"{statement.head[2]} runs {where}, and {how} promoted."


_READERS: dict[str, Callable[[tuple[str, ...]], str]] = {
    "location": _location,
    "colocation": _colocation,
    "order": _order,
    "group": _group,
}
