"""What the installed crmsh says of itself: its commands, and where it looks for files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crmtui.completion import table
from crmtui.completion.table import Row

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Command:
    """A command or a level, as crmsh lists it."""

    name: str
    aliases: tuple[str, ...] = ()
    help: str = ""
    """One line; may be empty."""
    manual: str = ""
    """Paragraphs of crmsh's manual, with the usage; may be empty."""
    is_level: bool = False
    least: int = 0
    """How many arguments its function cannot do without; its grammar may need more."""
    most: int | None = None
    """How many arguments its function takes; None for any number."""


@dataclass(frozen=True, slots=True)
class Crmsh:
    """An installed crmsh."""

    levels: Mapping[str, tuple[Command, ...]] = field(default_factory=dict)
    """Its commands by the name of their level."""
    containers: tuple[str, ...] = ()
    """The technologies of bundles that it knows; empty when that is not known."""
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Its preferences as ``section.name``, each with its values where they are few."""
    templates: str = ""
    """The folder of its templates."""
    configurations: str = ""
    """The folder where it keeps configurations made from templates."""
    sessions: str = ""
    """The folder where it keeps the sessions of ``history``."""

    def command(self, level: str, name: str) -> Command | None:
        """Return what the command is that ``name`` means at a level, by name or alias."""
        for known in self.levels.get(level, ()):
            if name == known.name or name in known.aliases:
                return known
        return None


def rows(level: str, crmsh: Crmsh | None) -> tuple[Row, ...]:
    """Return the levels and commands of a level that the installed crmsh has.

    Where it is not known what is installed, those of our own table.
    """
    shipped = table.rows(level)
    if crmsh is None or level not in crmsh.levels:
        return shipped
    listed = {name for known in crmsh.levels[level] for name in (known.name, *known.aliases)}
    kept = [row for row in shipped if not listed.isdisjoint((row.name, *row.aliases))]
    ours = {name for row in shipped for name in (row.name, *row.aliases)}
    new = [
        _row(known)
        for known in crmsh.levels[level]
        if known.name not in ours and not known.name.startswith("_")
    ]
    return (*kept, *new)


def command(level: str, word: str, crmsh: Crmsh | None) -> Row | None:
    """Return the command or level that ``word`` names exactly, in our table or in crmsh's."""
    known = table.command(level, word)
    if known is None and crmsh is not None:
        found = crmsh.command(level, word)
        return _row(found) if found else None
    return known


def _row(known: Command) -> Row:
    return Row(known.name, known.aliases, (), (), "", "", known.help, known.is_level, True)
