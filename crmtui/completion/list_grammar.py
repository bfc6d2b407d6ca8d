"""Grammar of attribute lists, and of the commands that set defaults.

crm reads an attribute list as ``[$id=ID | $id-ref=ID] [rule …] name=value …`` (crmsh's
``match_attr_list`` in crmsh/parse.py).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crmtui.completion.expectation import Expectation, fixed, pairs
from crmtui.completion.rule_grammar import RULE, after_rule

if TYPE_CHECKING:
    from collections.abc import Callable

_REFERENCE = "$id-ref="
_SCORE = re.compile(r"[+-]?(?:\d+|inf|infinity):", re.IGNORECASE)
"""Score at the start of a list; lists are tried in the order of their scores."""


def attribute_list(
    words: tuple[str, ...],
    word: str,
    names: Callable[[tuple[str, ...]], tuple[Expectation, ...]],
    section: str,
) -> tuple[tuple[Expectation, ...], bool]:
    """Return the expectations in a list of attributes, and True if the list may end here.

    Args:
        words: The finished words of the list.
        word: The word at the cursor, as typed so far.
        names: Returns the expectations of names, or of the value, by the names that are used.
        section: The section that references point to: ``params``, ``meta`` …; empty if none may.
    """
    words = words[1:] if words and _SCORE.fullmatch(words[0]) else words
    if word.startswith(_REFERENCE) and not words:
        return (Expectation("attribute-set", of=section, name="$id-ref"),), True
    if words and words[0].startswith(_REFERENCE):
        return (), True
    lowered = tuple(text.lower() for text in words)
    extra: tuple[Expectation, ...] = ()
    if RULE in lowered:
        at = lowered.index(RULE)
        extra, is_over = after_rule(words[at + 1 :], word, has_role=False)
        if not is_over:
            return extra, False
    used = tuple(text.partition("=")[0] for text in words)
    if "=" not in word and RULE not in lowered and all(text.startswith("$id=") for text in words):
        extra = fixed(RULE)
        if not words:
            extra += fixed("$id=", *((_REFERENCE,) if section else ()))
    found = names(used)
    # Behind an expression the rule may well go on; before any word, a name is likelier.
    return (extra + found if RULE in lowered else found + extra), True


def properties(given: tuple[str, ...], word: str) -> tuple[Expectation, ...]:
    """Return the expectations behind ``property``."""
    name, equals, _ = word.partition("=")

    def names(used: tuple[str, ...]) -> tuple[Expectation, ...]:
        if equals:
            return (Expectation("property-value", name=name, used=used),)
        return (Expectation("property", used=used),)

    return attribute_list(given, word, names, "")[0]


def resource_defaults(given: tuple[str, ...], word: str) -> tuple[Expectation, ...]:
    """Return the expectations behind ``rsc_defaults``."""
    return attribute_list(given, word, lambda used: pairs("meta.primitive", word, used), "")[0]


def operation_defaults(given: tuple[str, ...], word: str) -> tuple[Expectation, ...]:
    """Return the expectations behind ``op_defaults``."""
    return attribute_list(given, word, lambda used: pairs("op_defaults", word, used), "")[0]
