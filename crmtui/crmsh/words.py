r"""Words of crm's language: one tokenizer for typed lines, one quoter for written ones.

crm splits lines with ``shlex``: quotes, a backslash before any character, and in double quotes
before ``"`` and ``\`` only. Lines are typed at a prompt, so no word may hold a sign on which a
terminal or readline acts.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crmtui.errors import Unwritable

if TYPE_CHECKING:
    from collections.abc import Iterable

_QUOTABLE = re.compile(r"[\s\"'\\]")
_PLAIN = re.compile(r"[\w@%+=:,./$#-]+|[][{}()]", re.ASCII)
_NAMED = re.compile(r"(?P<name>[\w$#@.:-]+)=(?P<value>.*)", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a line, with its place."""

    text: str
    """Text of the word for crm, without quotes and backslashes."""
    start: int
    """Index of its start in the line; after an open quote, the index behind the quote."""
    quote: str = ""
    """The open quote; empty when none is open."""
    end: int = -1
    """Index in the line behind the word; -1 while it is unfinished."""
    opened: int = field(default=-1, compare=False)
    """Index in the line of the quote that is open; -1 when none is."""


def words_of(line: str) -> tuple[tuple[Word, ...], Word]:
    """Return the finished words of ``line`` with their places, and the unfinished one at its end.

    Nothing is an error: a line is seldom whole while it is typed.
    """
    words: list[Word] = []
    text, start, quote, opened = "", -1, "", -1
    at = 0
    while at < len(line):
        char = line[at]
        if _escapes(line, at, quote):
            at += 1
            if line[at] != "\n":
                start = at - 1 if start < 0 else start
                text += line[at]
        elif char == quote:
            quote, opened = "", -1
        elif quote:
            text += char
        elif char.isspace():
            if start >= 0:
                words.append(Word(text, start, end=at))
            text, start = "", -1
        else:
            start = at if start < 0 else start
            if char in "\"'":
                quote, opened = char, at
            else:
                text += char
        at += 1
    last = Word(text, len(line) if start < 0 else start, quote, opened=opened)
    return tuple(words), last


def _escapes(line: str, at: int, quote: str) -> bool:
    """Return true if the character at an index is a backslash that escapes the next one."""
    if line[at] != "\\" or at + 1 == len(line) or quote == "'":
        return False
    return not quote or line[at + 1] in '"\\\n'


def whole_words(line: str) -> tuple[Word, ...]:
    """Return all words of ``line`` with their places; the end of the line ends the last one."""
    finished, last = words_of(line)
    is_there = last.text or last.quote or last.start < len(line)
    return (*finished, Word(last.text, last.start, last.quote, len(line))) if is_there else finished


def is_comment(line: str) -> bool:
    """Return true if crm skips ``line``."""
    return line.lstrip().startswith("#")


def without_colon(line: str) -> str:
    """Return ``line`` without the colon that leads to a command elsewhere, and to crm means nothing."""
    return line.lstrip().removeprefix(":")


def texts(line: str) -> tuple[str, ...]:
    """Return the words of ``line`` as crm reads them; none for a comment.

    An unfinished quotation is split at its blanks.
    """
    if is_comment(line):
        return ()
    words = whole_words(line)
    if words and words[-1].quote:
        return tuple(line.split())
    return tuple(word.text for word in words)


def strict_texts(line: str) -> tuple[str, ...]:
    """Return the words of ``line`` as crm reads them.

    Raises:
        Unwritable: A quotation is not closed.
    """
    words = whole_words(line)
    if words and words[-1].quote:
        raise Unwritable(
            f"A quotation is not closed: {line.strip()[:60]}",
            hint="Every \" and ' needs its second one.",
        )
    return tuple(word.text for word in words)


def value_of(line: str, word: Word) -> Word:
    """Return the part of ``word`` behind its first ``=``, and behind a quote opened there."""
    name, _, value = word.text.partition("=")
    start = line.index("=", word.start) + 1
    return unquoted(line, Word(value, start, word.quote)) if name else word


def unquoted(line: str, word: Word) -> Word:
    """Return ``word`` behind its open quote, or whole when it does not begin with one."""
    if word.quote and line[word.start] == word.quote:
        return Word(word.text, word.start + 1, word.quote)
    return Word(word.text, word.start)


def completed(text: str, quote: str = "") -> str:
    """Return ``text`` as the rest of the word at the cursor.

    Args:
        text: The whole word, or the value of a name.
        quote: The open quote before the text; the result closes it.
    """
    if not quote:
        return text if not _QUOTABLE.search(text) else _in_double_quotes(text)
    if quote == '"':
        return _in_double_quotes(text)[1:]
    return text.replace("'", "'\"'\"'") + quote


def _in_double_quotes(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def unwritable(text: str) -> str:
    """Return words for the part of ``text`` that no line of crm can hold; empty when there is none."""
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
        Unwritable: The text has a line break, a tab or a control character.
    """
    if what := unwritable(text):
        raise Unwritable(
            f"A value has {what} in it, which cannot be written in a line of crm.",
            hint="Leave it out, or set the value with cibadmin.",
        )
    if _PLAIN.fullmatch(text):
        return text
    if "'" not in text and ('"' in text or "\\" in text):
        return f"'{text}'"
    return _in_double_quotes(text)


def written(word: str) -> str:
    """Return a word as ``quoted`` does, but quote only the value of ``name=value``.

    Raises:
        Unwritable: The word has a line break, a tab or a control character.
    """
    named = _NAMED.fullmatch(word)
    if named is None or not named["value"]:
        return quoted(word)
    return f"{named['name']}={quoted(named['value'])}"


def line_of(words: Iterable[str]) -> str:
    """Return words as one line.

    Raises:
        Unwritable: One of the words cannot be written.
    """
    return " ".join(written(word) for word in words)
