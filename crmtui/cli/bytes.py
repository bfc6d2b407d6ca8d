"""Bytes from outside that may be no UTF-8: arguments and standard input."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from crmtui.errors import TargetInvalid
from crmtui.text import MARK, plain_line, told_bytes, without_strays

if TYPE_CHECKING:
    from collections.abc import Sequence

_OF_FILES = ("--cib",)
"""Options whose value names a file: file names are bytes of any kind."""


def check_arguments(arguments: Sequence[str]) -> None:
    """Refuse arguments that are not UTF-8, but for the names of files.

    Raises:
        TargetInvalid: An argument is not UTF-8.
    """
    before = ""
    for argument in arguments:
        is_file = before in _OF_FILES or argument.startswith(
            tuple(f"{each}=" for each in _OF_FILES)
        )
        _, strays = without_strays(argument)
        if strays and not is_file:
            raise TargetInvalid(
                f"This argument is not UTF-8 (bytes {told_bytes(strays)}, shown as {MARK}): "
                f"{plain_line(argument)}",
                hint="Set the terminal, or the file that the command is in, to UTF-8.",
            )
        before = argument


def read_input() -> tuple[str, str]:
    """Return the text of standard input, and a sentence about the bytes that are not UTF-8.

    The text has a mark for each of them; the sentence is empty if there are none.
    """
    text, strays = without_strays(sys.stdin.buffer.read().decode(errors="surrogateescape"))
    if not strays:
        return text, ""
    number = text[: text.index(MARK)].count("\n") + 1
    return (
        text,
        f"the input is not UTF-8 (bytes {told_bytes(strays)}, shown as {MARK}), line {number}",
    )


def never_fail_to_print() -> None:
    """Print ``?`` for characters that the encoding of standard output does not have."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
