"""One kind of thing that is expected, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expectation:
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


def fixed(*words: str) -> tuple[Expectation, ...]:
    """Return the wants of words that are typed as they are."""
    return tuple(Expectation("word", name=word) for word in words)


def pairs(section: str, word: str, used: tuple[str, ...]) -> tuple[Expectation, ...]:
    """Return what is expected of a name with a value: a name, or behind ``=`` its value.

    Args:
        section: The section of ``names.txt`` that lists the names.
        word: What is typed of it.
        used: The names that were typed before.
    """
    name, equals, _ = word.partition("=")
    if equals:
        return (Expectation("name-value", section, name, used),)
    return (Expectation("name", section, used=used),)


def values(name: str, *choices: str) -> tuple[Expectation, ...]:
    """Return the wants of the fixed values of a name."""
    return tuple(Expectation("value", of=choice, name=name) for choice in choices)
