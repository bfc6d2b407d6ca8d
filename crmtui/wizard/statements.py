"""Statements of ``configure``: an object with its head and its sections, read and written.

Words are kept as they are meant, without quotes, so a statement that is read and written again says
the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from crmtui.crmsh.words import Unwritable, line_of, quoted, strict_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ALIASES = {"resource": "primitive", "master": "ms", "collocation": "colocation"}
_PRIMITIVE = ("params", "meta", "utilization", "operations", "op")
_COLLECTION = ("params", "meta")
_SECTIONS = {
    "node": ("attributes", "utilization"),
    "primitive": _PRIMITIVE,
    "rsc_template": _PRIMITIVE,
    "group": _COLLECTION,
    "clone": _COLLECTION,
    "ms": _COLLECTION,
    "bundle": ("docker", "podman", "rkt", "network", "storage", "primitive", "meta"),
}
_ATTRIBUTE_LISTS = frozenset({"params", "meta", "utilization"})
_LOOKS_LIKE_SCORE = re.compile(r"[^:]+:")
_SET_IDS = {
    "params": "instance_attributes",
    "meta": "meta_attributes",
    "utilization": "utilization",
}
_OUR_ID = re.compile(r"\$[^:=]+-(?P<name>[^:=]+):(?P=name)=")
_UNNAMED = frozenset(
    {"property", "rsc_defaults", "op_defaults", "fencing_topology", "xml", "delete"}
)
"""Statements whose second word is not the id of an object."""


@dataclass(frozen=True, slots=True)
class StatementSection:
    """A keyword and what follows it up to the next one."""

    keyword: str
    words: tuple[str, ...] = ()

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the words that are ``name=value``, taken apart."""
        found = (word.partition("=") for word in self.words)
        return tuple((name, value) for name, equals, value in found if equals and name)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: ``primitive web ocf:heartbeat:nginx params port=80 op monitor …``."""

    head: tuple[str, ...]
    """The keyword and everything before the first section."""
    sections: tuple[StatementSection, ...] = ()

    @property
    def keyword(self) -> str:
        """What is stated: ``primitive``, ``group`` …, never by an alias."""
        return _ALIASES.get(self.head[0].lower(), self.head[0].lower())

    @property
    def id(self) -> str:
        """The id of the object; empty where the statement names none."""
        return self.head[1] if len(self.head) > 1 and self.keyword not in _UNNAMED else ""

    def section(self, keyword: str) -> StatementSection:
        """Return the first section of that name, or an empty one."""
        return next((s for s in self.sections if s.keyword == keyword), StatementSection(keyword))

    def line(self) -> str:
        """Return it as one line, as it is typed.

        Raises:
            Unwritable: A value cannot be written.
        """
        return " ".join(self._parts())

    def text(self) -> str:
        """Return it as ``configure show`` does, a section a line.

        Raises:
            Unwritable: A value cannot be written.
        """
        return " \\\n    ".join(self._parts())

    def _parts(self) -> Iterator[str]:
        if self.keyword == "xml":
            yield " ".join((self.head[0], *(_xml(word) for word in self.head[1:])))
            return
        # A template's name begins with @, which means nothing special anywhere else in a head.
        yield line_of(self.head)
        for section in self.sections:
            yield line_of((section.keyword, *self._safe(section)))

    def _safe(self, section: StatementSection) -> tuple[str, ...]:
        """Return the words of a section with none that crm takes for a score where it is a value.

        crm reads the first word of a list of attributes as a score if it ends in the only colon of
        it: ``params path=C:`` loses the parameter (crmsh, ``match_attr_list``). With another pair
        in front, or with the id of the pair, it does not.
        """
        words = section.words
        is_list = section.keyword in _ATTRIBUTE_LISTS
        if not (is_list and words and _LOOKS_LIKE_SCORE.fullmatch(words[0]) and "=" in words[0]):
            return words
        for at, word in enumerate(words):
            if "=" in word and not word.startswith("$") and not _LOOKS_LIKE_SCORE.fullmatch(word):
                return (word, *words[:at], *words[at + 1 :])
        name = words[0].partition("=")[0]
        holder = f"{self.id}-{_SET_IDS[section.keyword]}"
        return (f"${holder}-{name}:{words[0]}", *words[1:])


def _xml(text: str) -> str:
    return quoted(text) if "'" in text else f"'{text}'"


def parse(text: str) -> tuple[Statement, ...]:
    """Read statements: one a line, or continued by a backslash at the end; ``#`` begins a comment.

    Raises:
        Unwritable: A quotation is not closed.
    """
    joined = re.sub(r"\\[ \t]*\n", " ", text)
    lines = (line.strip() for line in joined.splitlines())
    return tuple(_statement(line) for line in lines if line and not line.startswith("#"))


def _statement(line: str) -> Statement:
    if re.match(r"xml\s", line):
        rest = line[3:].strip()
        # Typed it is quoted, as configure show prints it it is not.
        words = strict_texts(rest) if rest[:1] in ("'", '"') else (rest,)
        return Statement(("xml", " ".join(words)))
    words = strict_texts(line)
    if not words:
        raise Unwritable(f"This is no statement of configure: {line[:60]}")
    keyword = _ALIASES.get(words[0].lower(), words[0].lower())
    begins = _begins(keyword, words)
    sections = tuple(
        _section(words[at].lower(), words[at + 1 : end])
        for at, end in pairwise([*begins, len(words)])
    )
    head = words[: begins[0]] if begins else words
    return _with_implied_params(Statement((keyword, *head[1:]), sections))


def _section(keyword: str, words: Sequence[str]) -> StatementSection:
    """Return a section without the ids that `Statement` puts in front of a pair for crm's sake."""
    if keyword in _ATTRIBUTE_LISTS:
        words = [_OUR_ID.sub(r"\g<name>=", word) for word in words]
    return StatementSection(keyword, tuple(words))


def _begins(keyword: str, words: Sequence[str]) -> list[int]:
    names = _SECTIONS.get(keyword, ())
    # The first words are the keyword, the id and, of a primitive, its agent.
    first = 2 if keyword in ("bundle", "node") else 3
    return [at for at, word in enumerate(words) if at >= first and word.lower() in names]


def _with_implied_params(statement: Statement) -> Statement:
    """Put parameters that follow the agent without a keyword into their section."""
    if statement.keyword not in ("primitive", "rsc_template", "group", "clone", "ms"):
        return statement
    start = 2 if statement.keyword == "group" else 3
    at = next(
        (
            at
            for at, word in enumerate(statement.head)
            if at >= start and "=" in word and not word.startswith("description=")
        ),
        None,
    )
    if at is None:
        return statement
    implied = StatementSection("params", statement.head[at:])
    return replace(statement, head=statement.head[:at], sections=(implied, *statement.sections))


def text_of(statements: Sequence[Statement]) -> str:
    """Return statements as text to read and to edit.

    Raises:
        Unwritable: A value cannot be written.
    """
    return "\n".join(statement.text() for statement in statements)


def attributes(keyword: str, pairs: Sequence[tuple[str, str]]) -> tuple[StatementSection, ...]:
    """Return a section of ``name=value``, none for no pairs."""
    words = tuple(f"{name}={value}" for name, value in pairs)
    return (StatementSection(keyword, words),) if words else ()
