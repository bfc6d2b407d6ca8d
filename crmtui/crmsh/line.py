"""A line of crm's language taken apart, as far as it is typed.

crm takes lines apart with ``shlex``: quotes, and a backslash before any character. Here nothing is
an error, since a line that is being typed is seldom whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_QUOTABLE = re.compile(r"[\s\"'\\]")


@dataclass(frozen=True, slots=True)
class Word:
    """The word at the cursor."""

    text: str
    """What crm would read: without quotes and backslashes."""
    start: int
    """Index in the line where it begins, behind an open quote."""
    quote: str = ""
    """The quote that is open; empty when none is."""
    end: int = -1
    """Index in the line behind it; -1 when it is not finished."""


def split(line: str) -> tuple[tuple[str, ...], Word]:
    """Return the finished words of ``line``, and the one at its end, which may be empty."""
    words, word = words_of(line)
    return tuple(known.text for known in words), word


def words_of(line: str) -> tuple[tuple[Word, ...], Word]:
    """Return the finished words of ``line`` with their places, and the one at its end."""
    words: list[Word] = []
    text, start, quote = "", -1, ""
    at = 0
    while at < len(line):
        char = line[at]
        if char == "\\" and quote != "'" and at + 1 < len(line):
            at += 1
            if line[at] != "\n":
                start = at - 1 if start < 0 else start
                text += line[at]
        elif char == quote:
            quote = ""
        elif quote:
            text += char
        elif char.isspace():
            if start >= 0:
                words.append(Word(text, start, end=at))
            text, start = "", -1
        else:
            start = at if start < 0 else start
            if char in "\"'":
                quote = char
            else:
                text += char
        at += 1
    return tuple(words), Word(text, len(line) if start < 0 else start, quote)


def value_of(line: str, word: Word) -> Word:
    """Return the part of ``word`` behind its first ``=``, and behind a quote opened there."""
    name, _, value = word.text.partition("=")
    start = line.index("=", word.start) + 1
    return unquoted(line, Word(value, start, word.quote)) if name else word


def unquoted(line: str, word: Word) -> Word:
    """Return ``word`` behind its open quote, or as a whole when it does not begin with one."""
    if word.quote and line[word.start] == word.quote:
        return Word(word.text, word.start + 1, word.quote)
    return Word(word.text, word.start)


def quoted(text: str, quote: str = "") -> str:
    """Return ``text`` as crm has to read it, ending a quote that is open.

    Args:
        text: The word, or the value of a name.
        quote: The quote that is open before it.
    """
    if not quote and not _QUOTABLE.search(text):
        return text
    mark = quote or '"'
    if mark == '"':
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    else:
        text = text.replace("'", "'\"'\"'")
    return f"{text}{mark}" if quote else f"{mark}{text}{mark}"
