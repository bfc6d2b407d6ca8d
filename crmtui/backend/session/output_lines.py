"""Lines on their way to crm, and text on its way back."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Literal

from crmtui.text import plain

Echo = Literal["", "line", "newline"]

_NEW_LINE = re.compile(r"\r\n?|\n")
_LONGEST = 8192
"""Characters of an unfinished line that are held back; of a longer one the start is passed on."""


def complete_lines(text: str) -> tuple[str, ...]:
    """Return the lines of ``text`` as they may be typed at crm's prompt, without the empty ones.

    A tab would start completion, a control character would do what the terminal makes of it, and
    after a line that ends in a backslash crm asks for more in a way that cannot be cancelled. So
    continued lines are joined here, as crm joins them.
    """
    lines = [""]
    for part in _NEW_LINE.split(text):
        stripped = without_controls(part.expandtabs(1)).strip()
        lines[-1] += stripped.rstrip("\\")
        if not stripped.endswith("\\"):
            lines.append("")
    return tuple(line.strip() for line in lines if line.strip())


def without_controls(text: str) -> str:
    """Return ``text`` without what a terminal would act upon instead of taking it as typed."""
    return "".join(char for char in text if unicodedata.category(char) != "Cc")


def readable(text: str) -> str:
    """Return output of crm as plain text, of a line that was overwritten the last version."""
    if "\r" in text:
        lines = (line.rstrip("\r").rpartition("\r")[2].rstrip("\r") for line in text.split("\n"))
        text = "\n".join(lines)
    return plain(text)


class OutputLines:
    """Takes bytes as they come, gives text in whole lines and keeps the unfinished last line."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._echo: Echo = ""
        self.tail = ""
        """The unfinished last line, escapes and all."""

    def expect_echo(self, echo: Echo) -> None:
        """Drop what the terminal prints of the line that is about to be sent.

        Args:
            echo: ``line`` for all up to the next new line, ``newline`` for a new line alone,
                which is all that is printed of a secret.
        """
        self._echo = echo

    def feed(self, data: bytes) -> str:
        """Take what was read and return the text that is complete now, new lines included."""
        self.tail += self._without_echo(self._decoder.decode(data))
        end = self.tail.rfind("\n") + 1
        if len(self.tail) - end > _LONGEST:
            end = len(self.tail) - _LONGEST // 2
            escape = self.tail.rfind("\x1b", end - 64, end)
            end = escape if escape > 0 else end
        complete, self.tail = self.tail[:end], self.tail[end:]
        return complete

    def take_tail(self) -> str:
        """Return the unfinished line and forget it."""
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
