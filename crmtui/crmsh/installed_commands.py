"""Commands of the installed crmsh, and the folders of its files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from crmtui.crmsh import command_table
from crmtui.crmsh.command_table import CommandRow, Option, Position

if TYPE_CHECKING:
    from collections.abc import Mapping

_OF_ONE_CRMSH = re.compile(r" \(crmsh \d\)$")


@dataclass(frozen=True, slots=True)
class CommandOption:
    """An option of a command, from the command's own ``--help``."""

    words: tuple[str, ...]
    """Spellings, the shortest first: ``-y``, ``--yes``."""
    is_value_taken: bool = False
    """True if the next word is the value."""
    help: str = ""


@dataclass(frozen=True, slots=True)
class InstalledCommand:
    """A command or a level, as crmsh lists it."""

    name: str
    aliases: tuple[str, ...] = ()
    help: str = ""
    """Help in one line; may be empty."""
    manual: str = ""
    """Paragraphs of crmsh's manual, with the usage; may be empty."""
    is_level: bool = False
    least: int = 0
    """Least number of arguments of its function; its grammar may need more."""
    most: int | None = None
    """Largest number of arguments of its function; None for any number."""
    options: tuple[CommandOption, ...] | None = None
    """Options in its help; None where they are unknown."""
    stages: tuple[str, ...] = ()
    """Stages in its help; empty without stages, or where they are unknown."""


@dataclass(frozen=True, slots=True)
class Crmsh:
    """An installed crmsh."""

    levels: Mapping[str, tuple[InstalledCommand, ...]] = field(default_factory=dict)
    """Commands by the name of their level."""
    containers: tuple[str, ...] = ()
    """Container technologies of bundles; empty when unknown."""
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Preferences as ``section.name``, each with its values where they are few."""
    templates: str = ""
    """Folder of its templates."""
    configurations: str = ""
    """Folder of configurations made from templates."""
    sessions: str = ""
    """Folder of the sessions of ``history``."""

    def command(self, level: str, name: str) -> InstalledCommand | None:
        """Return the command with this name or alias at a level; None for none."""
        for known in self.levels.get(level, ()):
            if name == known.name or name in known.aliases:
                return known
        return None


def rows(level: str, crmsh: Crmsh | None) -> tuple[CommandRow, ...]:
    """Return the levels and commands that the installed crmsh has at a level.

    Without an installed crmsh these are the rows of our own table.
    """
    shipped = command_table.rows(level)
    if crmsh is None or level not in crmsh.levels:
        return shipped
    listed = {name for known in crmsh.levels[level] for name in (known.name, *known.aliases)}
    kept = [
        _as_installed(row, crmsh.command(level, row.name))
        for row in shipped
        if not listed.isdisjoint((row.name, *row.aliases))
    ]
    ours = {name for row in shipped for name in (row.name, *row.aliases)}
    new = [
        _row(known)
        for known in crmsh.levels[level]
        if known.name not in ours and not known.name.startswith("_")
    ]
    return (*kept, *new)


def command(level: str, word: str, crmsh: Crmsh | None) -> CommandRow | None:
    """Return the command or level with exactly this name, from our table or from crmsh's."""
    known = command_table.command(level, word)
    found = crmsh.command(level, word) if crmsh is not None else None
    if known is None:
        return _row(found) if found else None
    return _as_installed(known, found)


def _as_installed(row: CommandRow, known: InstalledCommand | None) -> CommandRow:
    """Return our row with the options and stages of the installed crmsh."""
    if known is None or known.options is None:
        return row
    ours = {word: option for option in row.options for word in (option.word, *option.aliases)}
    options = tuple(_option(each, ours) for each in known.options)
    return replace(row, options=options, positions=_staged(row.positions, known.stages))


def _option(known: CommandOption, ours: Mapping[str, Option]) -> Option:
    ours_of_it = next((ours[word] for word in known.words if word in ours), None)
    if ours_of_it is None:
        takes = "text" if known.is_value_taken else ""
        return Option(known.words[0], (), 0, takes, known.help or "An option", known.words[1:])
    takes = ours_of_it.takes or "text" if known.is_value_taken else ""
    # An option that our table has for one crmsh may mean something else in this one.
    is_of_another = _OF_ONE_CRMSH.search(ours_of_it.help) is not None
    help_ = known.help if is_of_another and known.help else ours_of_it.help
    return replace(
        ours_of_it, word=known.words[0], aliases=known.words[1:], takes=takes, help=help_
    )


def _staged(positions: tuple[Position, ...], stages: tuple[str, ...]) -> tuple[Position, ...]:
    """Return the positions of a command with its installed stages, known ones first in our order."""
    if not stages or not positions:
        return positions
    ours = positions[0].choices
    kept = [choice for choice in ours if choice in stages]
    new = [stage for stage in stages if stage not in ours]
    return (replace(positions[0], choices=(*kept, *new)), *positions[1:])


def _row(known: InstalledCommand) -> CommandRow:
    return CommandRow(known.name, known.aliases, (), (), "", "", known.help, known.is_level, True)
