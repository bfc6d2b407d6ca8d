"""Filter of a list's rows, as typed behind ``/``.

All words have to fit: ``web`` anywhere in the row, ``state:failed`` in one column, ``!gateway``
nowhere. Upper and lower case are the same, ``*`` stands for anything, and quotes keep a blank:
``"is now standby"``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_WORD = re.compile(r'!?(?:[^\s:"]+:)?(?:"[^"]*"?|\S+)|!')
_PART = re.compile(r"[^\s()\[\],:]+")


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a filter."""

    value: str
    """Text to find, in lower case."""
    column: str = ""
    """Column of the text; empty for any."""
    is_inverted: bool = False

    def fits(self, cells: Mapping[str, str], exact: Collection[str]) -> bool:
        """Return true if a row with these ``cells``, all in lower case, fits."""
        if not self.column:
            found = any(_holds(cell, self.value) for cell in cells.values())
        else:
            cell = cells.get(self.column, "")
            found = _names(cell, self.value, is_exact=self.column in exact)
        return found is not self.is_inverted


@dataclass(frozen=True, slots=True)
class Filter:
    """Condition on rows; without terms every row fits."""

    text: str = ""
    """Text as typed."""
    terms: tuple[Term, ...] = ()

    def fits(self, cells: Mapping[str, str], exact: Collection[str] = ()) -> bool:
        """Return true if a row fits.

        Args:
            cells: Texts of the row in lower case, by column.
            exact: Columns that hold names: ``node:n1`` must not match n10.
        """
        return all(term.fits(cells, exact) for term in self.terms)


def parse(text: str, columns: Collection[str]) -> Filter:
    """Return the filter for ``text``.

    Args:
        text: Text as typed.
        columns: Names that may stand before a colon; any other word with a colon is text, as
            ``ocf:heartbeat`` is.
    """
    terms = (_term(word, columns) for word in _WORD.findall(text))
    return Filter(text.strip(), tuple(term for term in terms if term.value))


def _term(word: str, columns: Collection[str]) -> Term:
    is_inverted = word.startswith("!")
    bare = word.removeprefix("!").lower()
    column, colon, value = bare.partition(":")
    if not colon or column not in columns:
        column, value = "", bare
    return Term(value.strip('"'), column, is_inverted)


def _holds(cell: str, value: str) -> bool:
    if "*" in value:
        return fnmatchcase(cell, f"*{_escaped(value)}*")
    return value in cell


def _names(cell: str, value: str, *, is_exact: bool) -> bool:
    """Return true if the cell, or a word of it, equals ``value`` or begins with it."""
    pattern = _escaped(value) if is_exact else f"{_escaped(value)}*"
    return any(fnmatchcase(part, pattern) for part in (cell, *_PART.findall(cell)))


def _escaped(value: str) -> str:
    return value.replace("[", "[[]").replace("?", "[?]")
