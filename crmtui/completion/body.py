"""Body of commands such as ``primitive``: the keywords behind the arguments, and names with values.

The keywords of a command, and the names behind them, are data (``[bodies]`` in ``names.txt``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.completion.expectation import Expectation, fixed
from crmtui.completion.list_grammar import attribute_list
from crmtui.crmsh import command_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.crmsh.command_table import CommandRow

_OPERATION = "<operation>"
_OPERATIONS = "operations"
_OF_OPERATION = {"op_params": "<parameter>", "op_meta": "meta.op"}
_DESCRIPTION = "description="


def begins(row: CommandRow, given: tuple[str, ...]) -> int | None:
    """Return the index of the first word of the body, among the words given to a command.

    That is the first keyword. Without one, the body begins behind the last argument, unless that
    repeats. None means that the cursor is not in the body, or that the command has none.
    """
    keywords = command_table.body(row.body)
    count = len(row.positions)
    if not keywords or len(given) < count:
        return None
    for index in range(count, len(given)):
        if given[index].lower() in keywords or given[index].startswith(_DESCRIPTION):
            return index
    return None if row.positions[-1].repeats else count


def expectations(
    row: CommandRow, given: tuple[str, ...], begin: int, word: str
) -> tuple[Expectation, ...]:
    """Return the expectations in the body of a command.

    Args:
        row: The command.
        given: All finished words behind it.
        begin: Index of the first of them in the body.
        word: The word at the cursor, as typed so far.
    """
    keywords = command_table.body(row.body)
    agent = given[1] if len(given) > 1 else ""
    here = _section(keywords, given[begin:])
    takes = {**keywords, **_OF_OPERATION, "": keywords.get("params", "")}[here.keyword]
    if takes == _OPERATION and not here.operation:
        return (Expectation("operation", of=agent),)
    if here.keyword == _OPERATIONS:
        return _of_operations(here, word, keywords)

    def names(used: tuple[str, ...]) -> tuple[Expectation, ...]:
        name, equals, _ = word.partition("=")
        return _names(takes, agent, used, here.operation, name if equals else "")

    if not here.keyword or takes == _OPERATION:
        # Without a keyword, parameters are meant; attributes of an operation make no list.
        found, is_whole = names(tuple(text.partition("=")[0] for text in here.words)), True
    else:
        found, is_whole = attribute_list(here.words, word, names, here.keyword)
    if "=" in word or not is_whole:
        return found
    others = fixed(*(_OF_OPERATION if here.operation else ()), *keywords)
    if here.keyword:
        return found + others
    return others + found + (() if given[begin:] else fixed(_DESCRIPTION))


@dataclass(frozen=True, slots=True)
class _Section:
    """Section of a body that the cursor is in."""

    keyword: str
    """Empty before the first keyword."""
    operation: str
    words: tuple[str, ...]
    """The words typed in the section."""


def _section(keywords: Mapping[str, str], given: tuple[str, ...]) -> _Section:
    keyword, operation = "", ""
    words: list[str] = []
    for text in given:
        lowered = text.lower()
        if lowered in keywords:
            keyword, operation, words = lowered, "", []
        elif operation and lowered in _OF_OPERATION:
            keyword, words = lowered, []
        elif keywords.get(keyword) == _OPERATION and not operation:
            operation = text
        elif not text.startswith(_DESCRIPTION):
            words.append(text)
    return _Section(keyword, operation, tuple(words))


def _of_operations(
    here: _Section, word: str, keywords: Mapping[str, str]
) -> tuple[Expectation, ...]:
    """Return the expectations in a list of operations: an id first, then only operations."""
    if here.words:
        return fixed(*(name for name, takes in keywords.items() if takes == _OPERATION))
    if word.startswith("$id-ref="):
        return (Expectation("attribute-set", of=_OPERATIONS, name="$id-ref"),)
    return fixed("$id=", "$id-ref=")


def _names(
    takes: str, agent: str, used: tuple[str, ...], operation: str, name: str
) -> tuple[Expectation, ...]:
    if not takes:
        return ()
    suffix = "-value" if name else ""
    if takes == _OPERATION:
        return (Expectation(f"operation-attribute{suffix}", agent, name, used, operation),)
    if takes.startswith("<"):
        kind = takes[1:-1]
        return (Expectation(kind + suffix, agent, name, used, operation),)
    return (Expectation(f"name{suffix}", takes, name, used),)
