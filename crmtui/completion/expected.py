"""Expectations at the end of a line, as kinds of things: the first step of completion, pure text.

It reads only the table of commands and the grammar, never the cluster.
``crmtui.completion.candidates`` is the second step: it finds the existing things of these kinds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from crmtui.completion import body
from crmtui.completion.expectation import Expectation
from crmtui.completion.grammar import GRAMMARS
from crmtui.crmsh import command_table, installed_commands
from crmtui.crmsh.command_table import CommandRow, Option, Position
from crmtui.crmsh.line import resolve
from crmtui.crmsh.words import Word, is_comment, unquoted, value_of, words_of

if TYPE_CHECKING:
    from crmtui.crmsh.installed_commands import Crmsh

_OF_LEVEL = ("<level-path>", "<help-topic>")
"""Kinds that depend on the level."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Expectations at the end of a line, with the word there."""

    word: Word
    """The word at the cursor as typed so far, with its start."""
    expectations: tuple[Expectation, ...]
    """Kinds in the order in which candidates are offered; empty if nothing is known."""


def expected(level: tuple[str, ...], line: str, installed: Crmsh | None = None) -> Expected:
    """Return the expectations at the end of ``line`` in ``level``.

    Args:
        level: The names of crm's levels, outermost first; none at the top.
        line: The text up to the cursor.
        installed: Commands of the installed crmsh, for those that our table does not list.
    """
    words, word = words_of(line)
    if is_comment(line):
        return Expected(word, ())
    found = resolve(level, words, partial(installed_commands.command, crmsh=installed))
    if found.row is not None:
        return _argument(found.row, found.path, found.arguments, line, word)
    if found.word is not None:
        return Expected(word, ())
    return Expected(unquoted(line, word), (Expectation("command", of=found.level),))


def _argument(
    row: CommandRow, path: tuple[str, ...], given: tuple[str, ...], line: str, word: Word
) -> Expected:
    expectations = arguments(row, path, given, word.text)
    is_value = is_value_expected(word.text, expectations)
    return Expected(value_of(line, word) if is_value else unquoted(line, word), expectations)


def arguments(
    row: CommandRow, path: tuple[str, ...], given: tuple[str, ...], word: str
) -> tuple[Expectation, ...]:
    """Return the expectations behind a command.

    Args:
        row: The command.
        path: The names of the levels that it is in.
        given: The finished words behind it.
        word: The next word, as typed so far.
    """
    grammar = GRAMMARS.get(row.body)
    if grammar is not None:
        return grammar(given, word)
    begin = body.begins(row, given)
    if begin is not None:
        return body.expectations(row, given, begin, word)
    return _at_position(row, path, given, word)


def is_value_expected(word: str, expectations: tuple[Expectation, ...]) -> bool:
    """Say whether the expectations are of the value behind ``=`` in ``word``."""
    return "=" in word and any(
        expectation.name and expectation.kind != "word" for expectation in expectations
    )


def _at_position(
    row: CommandRow, path: tuple[str, ...], given: tuple[str, ...], word: str
) -> tuple[Expectation, ...]:
    options = options_of(row)
    arguments, typed, open_option = without_options(row, given)
    if open_option is not None:
        return (Expectation(open_option.takes, of="/".join(path), used=arguments),)
    name, equals, _ = word.partition("=")
    option = options.get(name + equals) if equals else None
    if option is not None:
        return tuple(_value(choice, name) for choice in option.values)
    position = _position(row.positions, len(arguments))
    is_first = len(arguments) < len(row.positions)
    expectations = tuple(
        Expectation(choice[1:-1], of="/".join(path), used=arguments)
        if choice in _OF_LEVEL
        else _expectation(choice.removeprefix("^"), arguments, word)
        for choice in position.choices
        if is_first or not choice.startswith("^")
    )
    expectations += tuple(
        Expectation("option", of=other.help, name=other.word)
        if other.help
        else Expectation("word", name=other.word)
        for other in row.options
        if other.after <= len(arguments) and other.word not in typed
    )
    if len(arguments) >= len(row.positions):
        expectations += tuple(
            Expectation("word", name=keyword) for keyword in command_table.body(row.body)
        )
    return expectations


def options_of(row: CommandRow) -> dict[str, Option]:
    """Return the options of a command by all their words."""
    return {word: option for option in row.options for word in (option.word, *option.aliases)}


def without_options(
    row: CommandRow, given: tuple[str, ...]
) -> tuple[tuple[str, ...], frozenset[str], Option | None]:
    """Return a command's arguments, its options, and the last option if its value is missing."""
    options = options_of(row)
    arguments: list[str] = []
    typed: set[str] = set()
    waiting: Option | None = None
    for text in given:
        name, equals, _ = text.partition("=")
        option = options.get(name + equals)
        if waiting is not None:
            waiting = None
        elif option is None:
            arguments.append(text)
        else:
            typed.add(option.word)
            waiting = option if option.takes else None
    return tuple(arguments), frozenset(typed), waiting


def _position(positions: tuple[Position, ...], index: int) -> Position:
    if index < len(positions):
        return positions[index]
    if positions and positions[-1].repeats:
        return positions[-1]
    return Position(())


def _value(choice: str, name: str) -> Expectation:
    if choice.startswith("<"):
        return Expectation(choice[1:-1], name=name)
    return Expectation("value", of=choice, name=name)


def _expectation(choice: str, used: tuple[str, ...], word: str) -> Expectation:
    """Return the expectation of a choice of the table: word, kind, or ``<kind=>`` for name or value."""
    if not choice.startswith("<"):
        return Expectation("word", name=choice, used=used)
    if not choice.endswith("=>"):
        return Expectation(choice[1:-1], used=used)
    kind = choice[1:-2]
    names = tuple(text.partition("=")[0] for text in used)
    name, equals, _ = word.partition("=")
    if kind in ("agent-parameter", "script-parameter"):
        kind, of = kind.removeprefix("agent-"), "".join(used[:1])
    else:
        kind, of = "name", kind
    return Expectation(f"{kind}-value" if equals else kind, of, name if equals else "", names)
