"""Table of crm's commands and their arguments, read from two files of data.

``commands.txt`` describes the format of the rows. A new command, or a new version of an old one, is
one row there. A new kind of argument needs one more function in the modules that offer candidates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING

from crmtui.crmsh.policy import UNKNOWN, CommandPolicy, parse_policy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = "root"
"""Name of the top level in the table; crm has no name for it."""


@dataclass(frozen=True, slots=True)
class Position:
    """One argument of a command."""

    choices: tuple[str, ...]
    """Words as typed, and ``<kind>``."""
    repeats: bool = False
    """True if the last argument may be repeated."""


@dataclass(frozen=True, slots=True)
class Option:
    """An optional word, or ``name=value``, typed once at most, anywhere from a position on."""

    word: str
    """The word, with its ``=`` when it takes a value."""
    values: tuple[str, ...]
    after: int
    """Number of arguments that come before."""
    takes: str = ""
    """Kind of the value in the next word; empty when there is none."""
    help: str = ""
    """Help in one line; empty where all commands share it (``[words]``)."""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommandRow:
    """A command, a level, or a name that takes a value."""

    name: str
    aliases: tuple[str, ...]
    positions: tuple[Position, ...]
    options: tuple[Option, ...]
    body: str
    """Name of the list of sections that may follow; empty without sections."""
    usage: str
    """Arguments as written in the table."""
    help: str
    is_level: bool
    is_offered: bool
    policy: CommandPolicy = UNKNOWN
    """Policy of the command; for a level the policy shared by its commands."""


_ROW = re.compile(
    r"(?P<names>\S+)(?P<usage>.*?)(?:\s+::\s+(?P<policy>.*?))?(?:\s+--\s+(?P<help>.*))?"
)


def _row(line: str) -> CommandRow:
    match = _ROW.fullmatch(line)
    assert match is not None
    usage = match["usage"].strip()
    names = match["names"].removeprefix(".").removesuffix("/").split("|")
    positions: list[Position] = []
    options: list[Option] = []
    body = ""
    for argument in usage.split():
        if argument.startswith("[@"):
            options += _listed(argument[2:-1], len(positions))
        elif argument.startswith("["):
            word, equals, values = argument[1:-1].partition("=")
            choices = tuple(values.split("|")) if equals else ()
            options.append(Option(word + equals, choices, len(positions)))
        elif argument.startswith("{"):
            body = argument[1:-1]
        else:
            choices = tuple(argument.removesuffix("...").split("|"))
            positions.append(Position(choices, argument.endswith("...")))
    return CommandRow(
        name=names[0],
        aliases=tuple(names[1:]),
        positions=tuple(positions),
        options=tuple(options),
        body=body,
        usage=usage,
        help=match["help"] or "",
        is_level=match["names"].endswith("/"),
        is_offered=not match["names"].startswith("."),
        policy=parse_policy(match["policy"]) if match["policy"] else UNKNOWN,
    )


def _listed(section: str, after: int) -> list[Option]:
    """Return the options of a section of ``names.txt``, each with the kind of its value."""
    return [
        Option(
            row.name,
            (),
            after,
            takes=row.positions[0].choices[0].strip("<>") if row.positions else "",
            help=row.help,
            aliases=row.aliases,
        )
        for row in _read("names.txt").get(section, ())
    ]


def _sections(text: str) -> Iterator[tuple[str, tuple[CommandRow, ...]]]:
    name = ""
    rows: list[CommandRow] = []
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            yield name, tuple(rows)
            name, rows = line[1:-1], []
        elif line and not line.startswith("# ") and line != "#":
            rows.append(_row(line))
    yield name, tuple(rows)


@cache
def _read(file: str) -> Mapping[str, tuple[CommandRow, ...]]:
    text = resources.files(__package__).joinpath(file).read_text(encoding="utf-8")
    return MappingProxyType(dict(_sections(text)))


@cache
def rows(level: str) -> tuple[CommandRow, ...]:
    """Return the levels and commands of a level, with the common ones of every level last."""
    table = _read("commands.txt")
    upward = () if level == ROOT else table["every level but root"]
    return table.get(level, ()) + upward + table["every level"]


@cache
def _commands(level: str) -> Mapping[str, CommandRow]:
    return {name: row for row in rows(level) for name in (row.name, *row.aliases)}


def command(level: str, word: str) -> CommandRow | None:
    """Return the command or level with exactly this name or alias.

    crm itself also accepts any unique abbreviation, and so runs typing errors.
    """
    return _commands(level).get(word)


def name_of(level: str, word: str) -> str:
    """Return the name of the command with exactly this name or alias; an unknown word as it is."""
    row = command(level, word)
    return row.name if row is not None else word


def spellings(level: str, *words: str) -> tuple[str, ...]:
    """Return the names of commands with their aliases."""
    found = (row for word in words if (row := command(level, word)) is not None)
    return tuple(name for row in found for name in (row.name, *row.aliases))


def is_everywhere(word: str) -> bool:
    """Return true for a command of every level, such as ``help``."""
    every = (*_read("commands.txt")["every level"], *_read("commands.txt")["every level but root"])
    return any(word in (row.name, *row.aliases) for row in every)


@cache
def level(name: str) -> CommandRow | None:
    """Return the row of a level, from the first level that has it."""
    inside = (row for rows_ in _read("commands.txt").values() for row in rows_)
    return next((row for row in inside if row.is_level and row.name == name), None)


def levels() -> tuple[str, ...]:
    """Return the names of all levels, the root included."""
    return tuple(name for name in _read("commands.txt") if name and not name.startswith("every"))


@cache
def names(section: str) -> Mapping[str, CommandRow]:
    """Return the rows of a section of ``names.txt`` by name; empty when there is none."""
    return MappingProxyType({row.name: row for row in _read("names.txt").get(section, ())})


@cache
def body(name: str) -> Mapping[str, str]:
    """Return the keywords of the sections of a command's body, each with the kind of its content.

    The kind is a section of ``names.txt``, or ``<kind>``; empty where nothing is known.
    """
    row = names("bodies").get(name)
    options = row.options if row else ()
    return MappingProxyType(
        {option.word.removesuffix("="): "".join(option.values) for option in options}
    )


def word_help(word: str) -> str:
    """Return the description of a fixed word in one line; empty when there is none."""
    known = names("words").get(word)
    return known.help if known else ""
