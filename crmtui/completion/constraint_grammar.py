"""Grammar of constraints: location, colocation, order and ``rsc_ticket``.

It is that of crmsh's ``ConstraintParser`` and ``ResourceSet`` (crmsh/parse.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.completion.expectation import Expectation, fixed, values
from crmtui.completion.rule_grammar import RULE, after_rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_SET_ATTRIBUTES = ("sequential", "require-all")
_DISCOVERY = ("always", "never", "exclusive")
_LOSS_POLICIES = ("stop", "demote", "fence", "freeze")


def location(given: tuple[str, ...], word: str) -> tuple[Expectation, ...]:
    """Return the expectations behind ``location``."""
    if not given:
        return (Expectation("new-id"),)
    if len(given) == 1:
        return (Expectation("located"), *fixed("{"))
    rest = given[2:]
    if given[1] == "{":
        if "}" not in rest:
            return _braced(rest, word)
        rest = rest[rest.index("}") + 1 :]
    return _placed(rest, word)


def _braced(words: tuple[str, ...], word: str) -> tuple[Expectation, ...]:
    expectations = _members(words, word, "with-role")
    is_open = _opened(words) != ""
    return expectations + (fixed("}") if words and not is_open and "=" not in word else ())


def _placed(words: tuple[str, ...], word: str) -> tuple[Expectation, ...]:
    """Return the expectations behind the resource of a location."""
    used = []
    while words and "=" in words[0] and words[0] != RULE:
        used.append(words[0].partition("=")[0].lstrip("$"))
        words = words[1:]
    if words and words[0].lower() == RULE:
        return after_rule(words[1:], word, has_role=True)[0]
    if words:
        return (Expectation("node"),) if len(words) == 1 else ()
    name = word.partition("=")[0].lstrip("$")
    if "=" in word:
        if name == "role":
            return (Expectation("role", name="role"),)
        return values(name, *_DISCOVERY) if name == "resource-discovery" else ()
    options = (f"{name}=" for name in ("role", "resource-discovery") if name not in used)
    return (Expectation("score"), *fixed(RULE, *options))


def colocation(given: tuple[str, ...], word: str) -> tuple[Expectation, ...]:
    """Return the expectations behind ``colocation``."""
    if len(given) < 2:
        return (Expectation("score"),) if given else (Expectation("new-id"),)
    tail = Expectation("node-attribute-name", name="node-attribute")
    return _set_with_tail(given[2:], word, "with-role", 2, (tail,))


def order(given: tuple[str, ...], word: str) -> tuple[Expectation, ...]:
    """Return the expectations behind ``order``."""
    if not given:
        return (Expectation("new-id"),)
    tail = Expectation("boolean", name="symmetrical")
    if len(given) == 1:
        return (Expectation("order-kind"), *_members((), word, "with-action"))
    words = given[2:] if given[1].endswith(":") else given[1:]
    return _set_with_tail(words, word, "with-action", 2, (tail,))


def rsc_ticket(given: tuple[str, ...], word: str) -> tuple[Expectation, ...]:
    """Return the expectations behind ``rsc_ticket``."""
    if len(given) < 2:
        return (Expectation("ticket-named"),) if given else (Expectation("new-id"),)
    tail = values("loss-policy", *_LOSS_POLICIES)
    return _set_with_tail(given[2:], word, "with-role", 1, tail)


def _set_with_tail(
    words: tuple[str, ...], word: str, kind: str, fewest: int, tail: tuple[Expectation, ...]
) -> tuple[Expectation, ...]:
    """Return the expectations in a resource set that one ``name=value`` may end."""
    option = f"{tail[0].name}="
    if words and words[-1].startswith(option):
        return ()
    if word.startswith(option):
        return tail
    expectations = _members(words, word, kind)
    is_enough = len(_names(words)) >= fewest and not _opened(words)
    return expectations + (fixed(option) if is_enough and "=" not in word else ())


def _members(words: tuple[str, ...], word: str, kind: str) -> tuple[Expectation, ...]:
    name, equals, _ = word.partition("=")
    if equals:
        return (Expectation("boolean", name=name),) if name in _SET_ATTRIBUTES else ()
    opened = _opened(words)
    more: tuple[str, ...] = ("(", "[")
    if opened:
        # crm refuses an empty set.
        is_empty = list(_loosened(words))[-1] == opened
        more = () if is_empty else (_BRACKETS[opened], *(f"{name}=" for name in _SET_ATTRIBUTES))
    return (Expectation(kind, used=_names(words)), *fixed(*more))


def _opened(words: Sequence[str]) -> str:
    """Return the bracket that is open behind the words; empty if none is."""
    opened = ""
    for text in _loosened(words):
        if text in "([":
            opened = text
        elif text in ")]":
            opened = ""
    return opened


def _names(words: Sequence[str]) -> tuple[str, ...]:
    """Return the resources in a set, without roles and actions."""
    return tuple(
        text.partition(":")[0]
        for text in _loosened(words)
        if text not in ("(", ")", "[", "]") and "=" not in text
    )


def _loosened(words: Sequence[str]) -> Iterator[str]:
    """Yield the words with brackets separated from ids that they touch, as crm does."""
    for text in words:
        if len(text) > 1 and text[0] in "([":
            yield from (text[0], text[1:])
        elif len(text) > 1 and text[-1] in ")]":
            yield from (text[:-1], text[-1])
        elif text:
            yield text
