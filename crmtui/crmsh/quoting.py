"""Words of crm's ``configure`` language, written so that crm reads back what was meant.

crm takes a line apart as ``shlex.split`` does. A line is typed at its prompt, so what a terminal or
readline would act upon cannot be part of it.
"""

from __future__ import annotations

import re
import shlex
import unicodedata
from typing import TYPE_CHECKING

from crmtui.errors import CrmtuiError

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN = re.compile(r"[\w@%+=:,./$#-]+|[][{}()]", re.ASCII)
_NAMED = re.compile(r"(?P<name>[\w$#@.:-]+)=(?P<value>.*)", re.ASCII | re.DOTALL)


class Unwritable(CrmtuiError):
    """A value that crm's language has no way to write."""


def unwritable(text: str) -> str:
    """Say what of ``text`` cannot be written in a line of crm; empty when all of it can."""
    for char in text:
        if char in "\n\r\v\f\x85\u2028\u2029":
            return "a line break"
        if char == "\t":
            return "a tab"
        if unicodedata.category(char) in ("Cc", "Cs"):
            return f"the control character U+{ord(char):04X}"
    return ""


def quoted(text: str) -> str:
    """Return ``text`` as one word of a line, in quotes where it needs them.

    Raises:
        Unwritable: It has a line break, a tab or a control character in it.
    """
    if what := unwritable(text):
        raise Unwritable(
            f"A value has {what} in it, which cannot be written in a line of crm.",
            hint="Leave it out, or set the value with cibadmin.",
        )
    if _PLAIN.fullmatch(text):
        return text
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    if "'" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def written(word: str) -> str:
    """Return a word as ``quoted`` does, of ``name=value`` with the quotes around the value only.

    Raises:
        Unwritable: It has a line break, a tab or a control character in it.
    """
    named = _NAMED.fullmatch(word)
    if named is None or not named["value"]:
        return quoted(word)
    return f"{named['name']}={quoted(named['value'])}"


def line_of(words: Iterable[str]) -> str:
    """Return words as one line.

    Raises:
        Unwritable: One of them cannot be written.
    """
    return " ".join(written(word) for word in words)


def split(text: str) -> tuple[str, ...]:
    """Return the words of a line as crm takes it apart.

    Raises:
        Unwritable: A quotation is not closed.
    """
    try:
        return tuple(shlex.split(text))
    except ValueError as error:
        raise Unwritable(
            f"A quotation is not closed: {text.strip()[:60]}",
            hint="Every \" and ' needs its second one.",
        ) from error
