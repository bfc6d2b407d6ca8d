"""One kind of thing that is expected, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Want:
    """One kind of thing that is expected."""

    kind: str
    """``word``, ``command``, or what stands between ``<`` and ``>`` in the table: ``node`` …"""
    of: str = ""
    """What it belongs to: an agent, a level, a section of ``names.txt``."""
    name: str = ""
    """The name whose value is expected, or the word itself."""
    used: tuple[str, ...] = ()
    """What was typed before: the arguments of the command, or the names in this section."""
    operation: str = ""
    """The operation whose attributes are expected."""


def fixed(*words: str) -> tuple[Want, ...]:
    """Return the wants of words that are typed as they are."""
    return tuple(Want("word", name=word) for word in words)


def pairs(section: str, word: str, used: tuple[str, ...]) -> tuple[Want, ...]:
    """Return what is expected of a name with a value: a name, or behind ``=`` its value.

    Args:
        section: The section of ``names.txt`` that lists the names.
        word: What is typed of it.
        used: The names that were typed before.
    """
    name, equals, _ = word.partition("=")
    if equals:
        return (Want("name-value", section, name, used),)
    return (Want("name", section, used=used),)


def values(name: str, *choices: str) -> tuple[Want, ...]:
    """Return the wants of the fixed values of a name."""
    return tuple(Want("value", of=choice, name=name) for choice in choices)
