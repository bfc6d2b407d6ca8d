"""Lines typed to crm, and lines of its output."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Literal

from crmtui.text import plain

Echo = Literal["", "line", "newline"]

_NEW_LINE = re.compile(r"\r\n?|\n")
_LONGEST = 8192
"""Characters of an unfinished line that are held back; the start of a longer line is passed on."""


def complete_lines(text: str) -> tuple[str, ...]:
    """Return the non-empty lines of ``text`` in a form that is safe to type at crm's prompt.

    A tab would start completion, and the terminal would act on a control character. After a backslash at
    the end of a line, crm asks for more and cannot be cancelled. So continued lines are joined here, as
    crm joins them.
    """
    lines = [""]
    for part in _NEW_LINE.split(text):
        stripped = without_controls(part.expandtabs(1)).strip()
        lines[-1] += stripped.rstrip("\\")
        if not stripped.endswith("\\"):
            lines.append("")
    return tuple(line.strip() for line in lines if line.strip())


def without_controls(text: str) -> str:
    """Return ``text`` without control characters, which a terminal would act on."""
    return "".join(char for char in text if unicodedata.category(char) != "Cc")


def readable(text: str) -> str:
    """Return output of crm as plain text; a line that was overwritten appears in its last version."""
    if "\r" in text:
        lines = (line.rstrip("\r").rpartition("\r")[2].rstrip("\r") for line in text.split("\n"))
        text = "\n".join(lines)
    return plain(text)


class OutputLines:
    """Assembler of output: turns bytes into whole lines, and keeps the unfinished last line."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._echo: Echo = ""
        self.tail = ""
        """Unfinished last line, with its escape sequences."""

    def expect_echo(self, echo: Echo) -> None:
        """Expect the terminal's echo of the next line, which is dropped.

        Args:
            echo: ``line`` for all text up to the next line break. ``newline`` for a line break alone,
                since the terminal shows nothing else of a secret.
        """
        self._echo = echo

    def feed(self, data: bytes) -> str:
        """Add ``data``, and return the text that is complete now, with its line breaks."""
        self.tail += self._without_echo(self._decoder.decode(data))
        end = self.tail.rfind("\n") + 1
        if len(self.tail) - end > _LONGEST:
            end = len(self.tail) - _LONGEST // 2
            escape = self.tail.rfind("\x1b", end - 64, end)
            end = escape if escape > 0 else end
        complete, self.tail = self.tail[:end], self.tail[end:]
        return complete

    def take_tail(self) -> str:
        """Remove and return the unfinished line."""
        tail, self.tail = self.tail, ""
        return tail

    def _without_echo(self, text: str) -> str:
        if self._echo == "line":
            _, newline, text = text.partition("\n")
            if newline:
                self._echo = ""
        elif self._echo == "newline" and (rest := text.lstrip("\r")):
            self._echo, text = "", rest.removeprefix("\n")
        return text
