"""Expectation: one kind of thing that may follow in a line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expectation:
    """Kind of thing that may follow in a line."""

    kind: str
    """``word``, ``command``, or the text between ``<`` and ``>`` in the table: ``node`` …"""
    of: str = ""
    """Owner of the thing: an agent, a level, a section of ``names.txt``."""
    name: str = ""
    """The name whose value is expected, or the word itself."""
    used: tuple[str, ...] = ()
    """Words typed before: the arguments of the command, or the names in this section."""
    operation: str = ""
    """The operation whose attributes are expected."""


def fixed(*words: str) -> tuple[Expectation, ...]:
    """Return the expectations of words that are typed as they are."""
    return tuple(Expectation("word", name=word) for word in words)


def pairs(section: str, word: str, used: tuple[str, ...]) -> tuple[Expectation, ...]:
    """Return the expectation of a name with a value: of the name, or behind ``=`` of its value.

    Args:
        section: The section of ``names.txt`` that lists the names.
        word: The word at the cursor, as typed so far.
        used: The names typed before.
    """
    name, equals, _ = word.partition("=")
    if equals:
        return (Expectation("name-value", section, name, used),)
    return (Expectation("name", section, used=used),)


def values(name: str, *choices: str) -> tuple[Expectation, ...]:
    """Return the expectations of the fixed values of a name."""
    return tuple(Expectation("value", of=choice, name=name) for choice in choices)
