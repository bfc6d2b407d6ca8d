"""Foreign text, made safe to paint on a terminal."""

from __future__ import annotations

import re

_ESCAPE = re.compile(
    r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # operating system commands: titles, clipboard
    r"|\x1b[P_^X][^\x1b]*\x1b\\"  # device control and other strings
    r"|\x1b\[[0-?]*[ -/]*[@-~]"  # colours, cursor movement
    r"|\x1b[ -/]*(?![\[\]P_^X])[0-~]"  # two-character escapes
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Return ``text`` without terminal escapes, control characters and direction overrides.

    New lines stay, and tabs become blanks. Of an escape that never ends, only the first character is
    dropped. A byte that is not UTF-8 becomes a mark.
    """
    text, _ = without_strays(text)
    return _CONTROL.sub("", _ESCAPE.sub("", text)).expandtabs(8)


def sentence(words: str) -> str:
    """Return ``words`` with a full stop, unless they end a sentence already."""
    return words if words.endswith((".", "!", "?")) else f"{words}."


def plain_line(text: str) -> str:
    """Return ``text`` made safe as by ``plain``, on one line."""
    # Nearly every word of a cluster is clean, and each look at a cluster has tens of thousands.
    if text.isprintable() and "  " not in text and text == text.strip():
        return text
    return " ".join(plain(text).split())


MARK = "\N{REPLACEMENT CHARACTER}"
"""Mark for a byte that is not UTF-8."""
_STRAY = re.compile("[\ud800-\udfff]")
_MOST_BYTES = 4
"""Bytes that a sentence names at most."""


def without_strays(text: str) -> tuple[str, bytes]:
    """Return ``text`` with a mark for each byte that is not UTF-8, and these bytes.

    Python represents such bytes of arguments, file names and input as lone surrogates, which no file,
    terminal or program accepts.
    """
    if text.isascii() or not (found := _STRAY.findall(text)):
        return text, b""
    return _STRAY.sub(MARK, text), bytes(ord(each) & 0xFF for each in found)


def told_bytes(strays: bytes) -> str:
    r"""Return the first few of the bytes as a shell writes them: ``\xe9 \xff``."""
    told = " ".join(f"\\x{each:02x}" for each in strays[:_MOST_BYTES])
    return f"{told} …" if len(strays) > _MOST_BYTES else told


_ENTITIES = {"lt": "<", "gt": ">", "quot": '"', "apos": "'", "amp": "&"}
_ENTITY = re.compile(r"&(?:(lt|gt|quot|apos|amp)|#x([0-9A-Fa-f]{1,6}));")


def unescaped(text: str) -> str:
    """Return ``text`` with XML's entities replaced once, made safe to paint on one line."""

    def character(found: re.Match[str]) -> str:
        if found[1]:
            return _ENTITIES[found[1]]
        code = int(found[2], 16)
        # A number that is no character, or a surrogate, stays as written.
        return found[0] if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF else chr(code)

    return plain_line(_ENTITY.sub(character, text)) if "&" in text else text
