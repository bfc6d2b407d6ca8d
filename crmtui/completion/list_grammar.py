"""What is expected in lists of attributes, and in the commands that set defaults.

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
"""What a list may begin with, to be tried in order."""


def attribute_list(
    words: tuple[str, ...],
    word: str,
    names: Callable[[tuple[str, ...]], tuple[Expectation, ...]],
    section: str,
) -> tuple[tuple[Expectation, ...], bool]:
    """Return what is expected in a list of attributes, and whether the list may end here.

    Args:
        words: The finished words of the list.
        word: What is typed of the word at the cursor.
        names: Returns the wants of names, or of the value, by the names that are used.
        section: What references are to: ``params``, ``meta`` …; empty when there can be none.
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
    # Behind an expression the rule may well go on; before any word a name is likelier.
    return (extra + found if RULE in lowered else found + extra), True


def properties(given: tuple[str, ...], word: str) -> tuple[Expectation, ...]:
    """Return what is expected behind ``property``."""
    name, equals, _ = word.partition("=")

    def names(used: tuple[str, ...]) -> tuple[Expectation, ...]:
        if equals:
            return (Expectation("property-value", name=name, used=used),)
        return (Expectation("property", used=used),)

    return attribute_list(given, word, names, "")[0]


def resource_defaults(given: tuple[str, ...], word: str) -> tuple[Expectation, ...]:
    """Return what is expected behind ``rsc_defaults``."""
    return attribute_list(given, word, lambda used: pairs("meta.primitive", word, used), "")[0]


def operation_defaults(given: tuple[str, ...], word: str) -> tuple[Expectation, ...]:
    """Return what is expected behind ``op_defaults``."""
    return attribute_list(given, word, lambda used: pairs("op_defaults", word, used), "")[0]
