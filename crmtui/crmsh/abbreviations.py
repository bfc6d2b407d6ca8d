"""What crm would take a word for that names no command exactly.

crm takes the word, and then all of its letters with anything between them, as the beginning of a
regular expression that has to match one name only (source: crmsh, ``command.fuzzy_get``), and so
runs typing errors: ``configure foo`` is ``fencing_topology``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.crmsh import installed_commands

if TYPE_CHECKING:
    from crmtui.crmsh.installed_commands import Crmsh

_SPECIAL = frozenset(r".^$*+?{}[]\|()")
"""What means something in a regular expression; of the commands only ``?`` is written with one."""


def is_pattern(word: str) -> bool:
    """Say whether crm would read ``word`` as more than letters."""
    return not _SPECIAL.isdisjoint(word)


def guesses(level: str, word: str, installed: Crmsh | None = None) -> tuple[str, ...]:
    """Return the commands that crm could take ``word`` for, which names none exactly.

    Where it is one, crm runs it. Several hold for our table only, of which the installed crm may
    have but one.
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
    """Say whether ``name`` begins like ``word`` and has its other letters in the same order."""
    letters = iter(name)
    return name[:1] == word[:1] and all(letter in letters for letter in word)
