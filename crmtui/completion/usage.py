"""Usage of a command in one line, with the part at the cursor marked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from crmtui.completion.expected import without_options
from crmtui.crmsh import command_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crmtui.completion.expectation import Expectation
    from crmtui.crmsh.command_table import CommandRow, Position


@dataclass(frozen=True, slots=True)
class Usage:
    """Usage line of a command, with the part at the cursor."""

    text: str
    start: int = 0
    """Index in the text where the part at the cursor begins."""
    end: int = 0
    """Index behind that part; equal to ``start`` if there is none."""


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    kinds: frozenset[str] = frozenset()


def usage(row: CommandRow) -> Usage:
    """Return the usage of a command, with no part marked."""
    return Usage(" ".join((row.name, *(part.text for part in _parts(row)))))


def usage_at(row: CommandRow, given: tuple[str, ...], expectations: Iterable[Expectation]) -> Usage:
    """Return the usage of a command, with the expected part marked.

    Args:
        row: The command.
        given: The finished words behind it.
        expectations: The expectations for the next word.
    """
    parts = _parts(row)
    index = _by_kind(parts, expectations) if _described(row) else _by_position(row, given)
    if index is None or index >= len(parts):
        return usage(row)
    start = len(" ".join((row.name, *(part.text for part in parts[:index])))) + 1
    return replace(usage(row), start=start, end=start + len(parts[index].text))


def _by_kind(parts: tuple[_Part, ...], expectations: Iterable[Expectation]) -> int | None:
    """Return the index of the first part of an expected kind; single words count last."""
    ordered = sorted(expectations, key=lambda expectation: expectation.kind == "word")
    for expectation in ordered:
        keys = set(_keys(expectation))
        for index, part in enumerate(parts):
            if any(kind in keys or _begins(kind, keys) for kind in part.kinds):
                return index
    return None


def _begins(kind: str, keys: set[str]) -> bool:
    return kind == "name:date" and any(key.startswith(kind) for key in keys)


def _keys(expectation: Expectation) -> Iterator[str]:
    if expectation.kind == "word":
        yield expectation.name
        return
    kind = expectation.kind.removesuffix("-value")
    yield from (
        expectation.kind,
        kind,
        f"{kind}:{expectation.of}",
        f"{expectation.kind}:{expectation.name}",
    )


def _by_position(row: CommandRow, given: tuple[str, ...]) -> int | None:
    count = len(without_options(row, given)[0])
    if count < len(row.positions):
        return count
    return len(row.positions) - 1 if row.positions and row.positions[-1].repeats else None


def _described(row: CommandRow) -> bool:
    return bool(row.body) and row.body in command_table.names("usages")


@cache
def _parts(row: CommandRow) -> tuple[_Part, ...]:
    if _described(row):
        return tuple(_read(command_table.names("usages")[row.body].help))
    positions = tuple(_Part(_position(position)) for position in row.positions)
    few = [option for option in row.options if not option.help]
    options = [_Part(f"[{option.word}{'VALUE' * option.word.endswith('=')}]") for option in few]
    if len(few) < len(row.options):
        options.append(_Part("[OPTION …]"))
    return (*positions, *options)


def _read(text: str) -> Iterator[_Part]:
    words: list[str] = []
    for token in text.split():
        word, tilde, kinds = token.partition("~")
        words.append(word)
        if tilde:
            yield _Part(" ".join(words), frozenset(kinds.split(",")))
            words = []
    if words:
        yield _Part(" ".join(words))


def _position(position: Position) -> str:
    words = dict.fromkeys(_choice(choice.removeprefix("^")) for choice in position.choices)
    return "|".join(words) + (" …" if position.repeats else "")


def _choice(choice: str) -> str:
    if not choice.startswith("<"):
        return choice
    known = command_table.names("kinds").get(choice[1:-1])
    return known.help if known else choice[1:-1].upper()
