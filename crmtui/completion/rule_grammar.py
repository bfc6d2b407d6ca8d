"""Grammar of a rule: ``rule`` and its words, in constraints and attribute lists.

It is that of crmsh's ``match_rules`` (crmsh/parse.py)::

    rule [$id=ID | $id-ref=ID] [role=ROLE] [SCORE:] EXPRESSION {and|or EXPRESSION}
    EXPRESSION := defined|not_defined ATTRIBUTE | ATTRIBUTE [TYPE:]COMPARISON VALUE | date …
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crmtui.completion.expectation import Expectation, fixed, pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

RULE = "rule"
_UNARY = ("defined", "not_defined")
_JOINTS = ("and", "or")
_DATE_WORDS = {
    "lt": "moment",
    "gt": "moment",
    "in_range": "date range",
    "in": "date range",
    "date_spec": "date spec",
    "spec": "date spec",
}
"""Expectations behind each word of ``date``: a moment, or names of a section of ``names.txt``."""
_FEWEST = {"date range": 2, "date spec": 1}
"""The fewest names with values that each needs."""


@dataclass(slots=True)
class _Reader:
    """Reader of a rule's words, with its place in the grammar."""

    part: str = "head"
    attribute: str = ""
    joint: str = ""
    used: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)
    """Parts of the head so far, in crm's order: ``id``, ``role``."""

    def read(self, text: str) -> bool:
        """Read one more word; return False if it no longer belongs to a rule."""
        if self.part in _FEWEST:
            if "=" in text:
                self.used.append(text.partition("=")[0])
                return True
            self.part = "done"
        if self.part == "done":
            return self._join(text.lower())
        self.part = self._next(text)
        return True

    def _join(self, word: str) -> bool:
        if word in _JOINTS:
            self.part, self.joint = "expression", word
        elif word == RULE:
            self.part, self.joint, self.given = "head", "", []
        else:
            return False
        return True

    def _next(self, text: str) -> str:
        word = text.lower()
        if self.part == "head":
            if text.startswith("$id-ref="):
                return "done"
            if text.endswith(":"):
                return "expression"
            if "=" in text:
                self.given.append(text.partition("=")[0].lstrip("$"))
                return "head"
        if self.part in ("head", "expression"):
            self.attribute = text
            return "date" if word == "date" else "attribute" if word in _UNARY else "comparison"
        if self.part == "comparison":
            return "value"
        if self.part == "date":
            self.used = []
            return _DATE_WORDS.get(word, "moment")
        return "done"

    @property
    def is_whole(self) -> bool:
        return self.part == "done" or len(self.used) >= _FEWEST.get(self.part, 99)


def after_rule(
    words: Sequence[str], word: str, *, has_role: bool
) -> tuple[tuple[Expectation, ...], bool]:
    """Return the expectations in rules, and True if they may end here.

    Args:
        words: The finished words behind the first ``rule``.
        word: The word at the cursor, as typed so far.
        has_role: True if a rule may name a role, as in a location constraint.

    Returns:
        No expectations and True if the words go on behind the rules.
    """
    reader = _Reader()
    for text in words:
        if not reader.read(text):
            return (), True
    expectations = _expectations(reader, word, has_role=has_role)
    if not reader.is_whole or ("=" in word and reader.part != "done"):
        return expectations, False
    joints = (reader.joint,) if reader.joint else _JOINTS
    return expectations + fixed(*joints, RULE), True


def _expectations(reader: _Reader, word: str, *, has_role: bool) -> tuple[Expectation, ...]:
    if reader.part == "head":
        if word.startswith(("role=", "$role=")) and has_role:
            return (Expectation("role", name="role"),)
        role = ("role=",) if has_role and "role" not in reader.given else ()
        own = () if reader.given else ("$id=",)
        return (Expectation("rule-score"), Expectation("expression"), *fixed(*role, *own))
    if reader.part in _FEWEST:
        return pairs(reader.part, word, tuple(reader.used))
    known = {
        "expression": Expectation("expression"),
        "attribute": Expectation("rule-attribute"),
        "comparison": Expectation("comparison"),
        "value": Expectation("rule-value", of=reader.attribute),
        "date": Expectation("date-word"),
    }
    return (known[reader.part],) if reader.part in known else ()
