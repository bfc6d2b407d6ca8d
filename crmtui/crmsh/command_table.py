"""The table of crm's commands and of the names they take, read from two files of data.

``commands.txt`` says how the rows are written. A new command, or a new version of an old one, is a
row there; a new kind of argument is one more function in the modules that offer candidates.
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
"""What the table calls the level at the top, which has no name in crm."""


@dataclass(frozen=True, slots=True)
class Position:
    """One argument of a command."""

    choices: tuple[str, ...]
    """Words as they are typed, and ``<kind>``."""
    repeats: bool = False
    """The last argument may be typed again and again."""


@dataclass(frozen=True, slots=True)
class Option:
    """A word, or ``name=value``, that may be typed once, anywhere from a position on."""

    word: str
    """With its ``=`` when it takes a value."""
    values: tuple[str, ...]
    after: int
    """How many arguments come before it."""
    takes: str = ""
    """The kind of the next word, which is its value; empty when it has none there."""
    help: str = ""
    """One line of help; empty where that is the same for all commands (``[words]``)."""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommandRow:
    """A command, a level, or a name that takes a value."""

    name: str
    aliases: tuple[str, ...]
    positions: tuple[Position, ...]
    options: tuple[Option, ...]
    body: str
    """The list of sections that may follow; empty when there are none."""
    usage: str
    """Its arguments as written in the table."""
    help: str
    is_level: bool
    is_offered: bool
    policy: CommandPolicy = UNKNOWN
    """What it changes; of a level, what all its commands have."""


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
    """Return the options that stand in a section of ``names.txt``, each with the kind it takes."""
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
    """Return the levels and commands of a level, those that every level has last."""
    table = _read("commands.txt")
    upward = () if level == ROOT else table["every level but root"]
    return table.get(level, ()) + upward + table["every level"]


@cache
def _commands(level: str) -> Mapping[str, CommandRow]:
    return {name: row for row in rows(level) for name in (row.name, *row.aliases)}


def command(level: str, word: str) -> CommandRow | None:
    """Return the command or level that ``word`` names exactly, by name or alias.

    crm itself would also take any unique abbreviation, and so run typing errors.
    """
    return _commands(level).get(word)


def is_everywhere(word: str) -> bool:
    """Say whether ``word`` is a command of every level, such as ``help``."""
    every = (*_read("commands.txt")["every level"], *_read("commands.txt")["every level but root"])
    return any(word in (row.name, *row.aliases) for row in every)


@cache
def level(name: str) -> CommandRow | None:
    """Return the row of a level, in the first level that has it."""
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
    """Return the keywords that begin the sections of a command's body, with what each takes.

    That is the name of a section of ``names.txt``, or ``<kind>``; empty where nothing is known.
    """
    row = names("bodies").get(name)
    options = row.options if row else ()
    return MappingProxyType(
        {option.word.removesuffix("="): "".join(option.values) for option in options}
    )


def word_help(word: str) -> str:
    """Return the one line that describes a fixed word; empty when there is none."""
    known = names("words").get(word)
    return known.help if known else ""
