"""Lines of ``crmtui shell`` from a pipe or a file, read as bytes of any kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.crmsh.line import parse
from crmtui.text import MARK, told_bytes, without_strays

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class PipedLine:
    """Line from the input, with those that continue it."""

    text: str
    """The text, with a mark for each byte that is not UTF-8."""
    number: int
    """The number of its last line in the input, from 1."""
    strays: bytes
    """Bytes that are not UTF-8."""

    @property
    def trouble(self) -> str:
        """Sentence about these bytes; empty if there are none."""
        if not self.strays:
            return ""
        found = told_bytes(self.strays)
        return f"line {self.number} is not UTF-8 (bytes {found}, shown as {MARK})"

    def may_run(self, level: Sequence[str]) -> bool:
        """Say whether it changes nothing at ``level``, so that it may run with marks in it."""
        return not self.strays or parse(level, self.text).effect == "read"


class PipedLines:
    """Reader of the input.

    Args:
        stream: The input.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._number = 0
        self._again: PipedLine | None = None

    def next_one(self) -> PipedLine | None:
        """Return the next line without its line end; None at the end of the input."""
        if self._again is not None:
            again, self._again = self._again, None
            return again
        if not (data := self._stream.readline()):
            return None
        self._number += 1
        text, strays = without_strays(data.decode(errors="surrogateescape"))
        return PipedLine(text.rstrip("\r\n"), self._number, strays)

    def put_back(self, line: PipedLine) -> None:
        """Make ``line``, which was read last, the next one again."""
        self._again = line

    def next_whole(self) -> PipedLine | None:
        """Return the next line with those that continue it behind a backslash, as crm reads them."""
        line = self.next_one()
        while line is not None and line.text.rstrip().endswith("\\"):
            if (more := self.next_one()) is None:
                break
            line = PipedLine(f"{line.text}\n{more.text}", more.number, line.strays + more.strays)
        return line
