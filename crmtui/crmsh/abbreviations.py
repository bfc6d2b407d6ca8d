"""Abbreviations: the commands that crm would run for a word that names none exactly.

crm turns the letters of the word into a regular expression: the word itself, or its letters with
anything between them. A single match runs (source: crmsh, ``command.fuzzy_get``). So crm runs
typing errors: ``configure foo`` is ``fencing_topology``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.crmsh import installed_commands

if TYPE_CHECKING:
    from crmtui.crmsh.installed_commands import Crmsh

_SPECIAL = frozenset(r".^$*+?{}[]\|()")
"""Special characters of regular expressions; among the commands only ``?`` is written with one."""


def is_pattern(word: str) -> bool:
    """Return true if crm would read ``word`` as a pattern and not as plain letters."""
    return not _SPECIAL.isdisjoint(word)


def guesses(level: str, word: str, installed: Crmsh | None = None) -> tuple[str, ...]:
    """Return the commands that crm could run for ``word``, which names none exactly.

    crm runs a single match. Several matches count for our table only; the installed crm may have
    just one of them.
    """
    names: list[str] = []
    for is_match in (_begins, _is_within):
        names = [
            row.name
            for row in installed_commands.rows(level, installed)
            if any(is_match(word.lower(), name) for name in (row.name, *row.aliases))
        ]
        if len(names) == 1:
            break
    return tuple(names)


def _begins(word: str, name: str) -> bool:
    return name.startswith(word)


def _is_within(word: str, name: str) -> bool:
    """Return true if ``name`` begins like ``word`` and has its other letters in the same order."""
    letters = iter(name)
    return name[:1] == word[:1] and all(letter in letters for letter in word)
