"""Statements of ``configure``: an object with its head and its sections, read and written.

Words are kept without quotes, so a statement that is read and written again keeps its meaning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from crmtui.crmsh.command_table import name_of
from crmtui.crmsh.words import line_of, quoted, strict_texts
from crmtui.errors import Unwritable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    """A keyword with the words that follow, up to the next keyword."""

    keyword: str
    words: tuple[str, ...] = ()

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the words of the form ``name=value``, split."""
        found = (word.partition("=") for word in self.words)
        return tuple((name, value) for name, equals, value in found if equals and name)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: ``primitive web ocf:heartbeat:nginx params port=80 op monitor …``."""

    head: tuple[str, ...]
    """Keyword and all words before the first section."""
    sections: tuple[StatementSection, ...] = ()

    @property
    def keyword(self) -> str:
        """Kind of the statement: ``primitive``, ``group`` …, never an alias."""
        return name_of("configure", self.head[0].lower())

    @property
    def id(self) -> str:
        """Id of the object; empty where the statement names none."""
        return self.head[1] if len(self.head) > 1 and self.keyword not in _UNNAMED else ""

    def section(self, keyword: str) -> StatementSection:
        """Return the first section with that keyword, or an empty one."""
        return next((s for s in self.sections if s.keyword == keyword), StatementSection(keyword))

    def line(self) -> str:
        """Return the statement as one line to type.

        Raises:
            Unwritable: A value cannot be written.
        """
        return " ".join(self._parts())

    def text(self) -> str:
        """Return the statement in the layout of ``configure show``, one section a line.

        Raises:
            Unwritable: A value cannot be written.
        """
        return " \\\n    ".join(self._parts())

    def _parts(self) -> Iterator[str]:
        if self.keyword == "xml":
            yield " ".join((self.head[0], *(_xml(word) for word in self.head[1:])))
            return
        # The @ of a template's name is the only special sign in a head.
        yield line_of(self.head)
        for section in self.sections:
            yield line_of((section.keyword, *self._safe(section)))

    def _safe(self, section: StatementSection) -> tuple[str, ...]:
        """Return the words of a section, guarded so that crm reads no value as a score.

        crm reads the first word of an attribute list as a score if its only colon ends it: ``params
        path=C:`` loses the parameter (crmsh, ``match_attr_list``). Another pair in front, or the id
        of the pair, prevents that.
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
    """Return the statements of a text, one a line.

    A backslash at the end continues a line; ``#`` begins a comment.

    Raises:
        Unwritable: A quotation is not closed.
    """
    joined = re.sub(r"\\[ \t]*\n", " ", text)
    lines = (line.strip() for line in joined.splitlines())
    return tuple(_statement(line) for line in lines if line and not line.startswith("#"))


def _statement(line: str) -> Statement:
    if re.match(r"xml\s", line):
        rest = line[3:].strip()
        # A typed value is quoted; configure show prints it without quotes.
        words = strict_texts(rest) if rest[:1] in ("'", '"') else (rest,)
        return Statement(("xml", " ".join(words)))
    words = strict_texts(line)
    if not words:
        raise Unwritable(f"This is no statement of configure: {line[:60]}")
    keyword = name_of("configure", words[0].lower())
    begins = _begins(keyword, words)
    sections = tuple(
        _section(words[at].lower(), words[at + 1 : end])
        for at, end in pairwise([*begins, len(words)])
    )
    head = words[: begins[0]] if begins else words
    return _with_implied_params(Statement((keyword, *head[1:]), sections))


def _section(keyword: str, words: Sequence[str]) -> StatementSection:
    """Return a section without the ids that `Statement` adds in front of a pair for crm's sake."""
    if keyword in _ATTRIBUTE_LISTS:
        words = [_OUR_ID.sub(r"\g<name>=", word) for word in words]
    return StatementSection(keyword, tuple(words))


def _begins(keyword: str, words: Sequence[str]) -> list[int]:
    names = _SECTIONS.get(keyword, ())
    # The head starts with the keyword, the id and, for a primitive, the agent.
    first = 2 if keyword in ("bundle", "node") else 3
    return [at for at, word in enumerate(words) if at >= first and word.lower() in names]


def _with_implied_params(statement: Statement) -> Statement:
    """Move parameters that follow the agent without a keyword into their section."""
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
    """Return one section of ``name=value``; no section without pairs."""
    words = tuple(f"{name}={value}" for name, value in pairs)
    return (StatementSection(keyword, words),) if words else ()
