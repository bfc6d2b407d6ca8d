"""Records of crmtui that are read back from JSON files, each value checked for its type.

A full disk, another version or another program may have written the file, and one wrong value must not
end the program that reads it. Every value is therefore asked for by its type, here and nowhere else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_LAST_TIME = 253_402_300_799.0
"""The end of the year 9999, in seconds since the epoch; Python's dates go no further."""


class Damaged(ValueError):
    """A value is missing or of the wrong type; the message is for a developer."""


def parsed(text: str | bytes) -> object:
    """Return the value that a JSON text holds.

    Raises:
        Damaged: The text is no JSON.
    """
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Damaged(str(error)) from error
    return value


@dataclass(frozen=True, slots=True)
class Record:
    """JSON object whose values are read by name and type; each method may raise `Damaged`."""

    values: Mapping[str, object]

    @classmethod
    def of(cls, value: object) -> Record:
        """Return ``value`` as a record; it has to be an object."""
        if not isinstance(value, dict):
            raise Damaged(f"an object is wanted, not {type(value).__name__}")
        return cls(value)

    @classmethod
    def parse(cls, text: str | bytes) -> Record:
        """Return the record in a JSON text, which has to be an object."""
        return cls.of(parsed(text))

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text; the default, if given, where the name is missing."""
        if default is not None and name not in self.values:
            return default
        value = self._value(name)
        if not isinstance(value, str):
            raise self._wrong(name, "a text")
        return value

    def texts(self, name: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return a list of texts; the default, if given, where the name is missing."""
        if default is not None and name not in self.values:
            return default
        value = self._value(name)
        if not isinstance(value, list):
            raise self._wrong(name, "a list of texts")
        found = tuple(each for each in value if isinstance(each, str))
        if len(found) != len(value):
            raise self._wrong(name, "a list of texts")
        return found

    def table(self, name: str) -> dict[str, str]:
        """Return an object whose values are texts."""
        inner = Record.of(self._value(name))
        return {key: inner.text(key) for key in inner.values}

    def whole(self, name: str) -> int:
        """Return a whole number that is not below zero."""
        value = self._value(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self._wrong(name, "a whole number")
        return value

    def time(self, name: str) -> float:
        """Return a time in seconds since the epoch that Python's dates can hold."""
        value = self._value(name)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self._wrong(name, "a time")
        if not 0 <= value <= _LAST_TIME:  # so is NaN refused, which Python's JSON reads
            raise self._wrong(name, "a time")
        return float(value)

    def records(self, name: str) -> list[Record]:
        """Return the objects of a list; values of other types are left out."""
        value = self._value(name)
        if not isinstance(value, list):
            raise self._wrong(name, "a list of objects")
        return [Record(each) for each in value if isinstance(each, dict)]

    def _value(self, name: str) -> object:
        if name not in self.values:
            raise Damaged(f"{name} is missing")
        return self.values[name]

    def _wrong(self, name: str, wanted: str) -> Damaged:
        return Damaged(f"{name} has to be {wanted}")
