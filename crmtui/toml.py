"""TOML files of the user, read with the line number of each mistake."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def _loads(text: str) -> dict[str, Any]:
    """Return the table of ``text``; raise ValueError if it is no TOML."""
    # Imported here: most users have no such file, and the first picture need not wait for the reader.
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    return tomllib.loads(text)


class TomlUnreadable(Exception):
    """A file cannot be read as TOML; the message is a sentence with its name and line."""


def read(path: Path) -> tuple[str, dict[str, Any]]:
    """Return the text of ``path`` and its table.

    Raises:
        FileNotFoundError: There is no such file.
        TomlUnreadable: The file cannot be read, or is no TOML.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise TomlUnreadable(f"{path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise TomlUnreadable(f"{path} is not valid TOML: it is not UTF-8.") from error
    try:
        return text, _loads(text)
    except ValueError as error:
        raise TomlUnreadable(f"{path} is not valid TOML: {error}.") from error


def line_of(text: str, *keys: str) -> int:
    """Return the line, counted from 1, on which the value at ``keys`` begins; 1 if it is missing.

    TOML readers do not tell line numbers. But a document cut off where a statement ends is still a
    document, so the function reads ever longer beginnings until the value appears.
    """
    before = 0
    lines = text.splitlines()
    for count in range(1, len(lines) + 1):
        try:
            table: Any = _loads("\n".join(lines[:count]))
        except ValueError:
            continue
        for key in keys:
            table = table.get(key) if isinstance(table, dict) else None
        if table is not None:
            return before + 1
        before = count
    return 1


def nearest(word: str, among: Iterable[str]) -> str:
    """Return `` (did you mean …?)`` with the nearest of ``among``; empty if none is near."""
    import difflib  # here, as only a mistake needs it, and the screen does not wait for it

    close = difflib.get_close_matches(word, list(among), n=1)
    return f" (did you mean {close[0]}?)" if close else ""
