"""What follows the arguments of commands such as ``primitive``: keywords, and names with values.

Which keywords a command has, and which names they take, is data (``[bodies]`` in ``names.txt``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.completion import table
from crmtui.completion.want import Want

if TYPE_CHECKING:
    from crmtui.completion.table import Row

_OPERATION = "<operation>"
_OF_OPERATION = {"op_params": "<parameter>", "op_meta": ""}


def begins(row: Row, given: tuple[str, ...]) -> int | None:
    """Return which of the words given to a command is the first of its body.

    That is the first keyword; without one the body begins behind the last argument, unless that
    repeats. None means that the cursor is not in the body, or that the command has none.
    """
    keywords = table.body(row.body)
    count = len(row.positions)
    if not keywords or len(given) < count:
        return None
    for index in range(count, len(given)):
        if given[index].lower() in keywords:
            return index
    return None if row.positions[-1].repeats else count


def wants(row: Row, given: tuple[str, ...], begin: int, word: str) -> tuple[Want, ...]:
    """Return what is expected in the body of a command.

    Args:
        row: The command.
        given: All finished words behind it.
        begin: Which of them is the first of the body.
        word: What is typed of the word at the cursor.
    """
    keywords = dict(table.body(row.body))
    agent = given[1] if len(given) > 1 else ""
    section, operation, used = _section(keywords, given[begin:])
    takes = {**keywords, **_OF_OPERATION, "": keywords.get("params", "")}[section]
    if takes == _OPERATION and not operation:
        return (Want("operation", of=agent),)
    name, is_value = word.partition("=")[0], "=" in word
    names = _names(takes, agent, used, operation, name if is_value else "")
    if is_value:
        return names
    more = (*(_OF_OPERATION if operation else ()), *keywords)
    others = tuple(Want("word", name=keyword) for keyword in more)
    return names + others if section else others + names


def _section(keywords: dict[str, str], given: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    """Return the section the cursor is in, its operation if it is one, and the names used in it."""
    section, operation = "", ""
    used: list[str] = []
    for text in given:
        keyword = text.lower()
        if keyword in keywords:
            section, operation, used = keyword, "", []
        elif operation and keyword in _OF_OPERATION:
            section, used = keyword, []
        elif keywords.get(section) == _OPERATION and not operation:
            operation = text
        else:
            used.append(text.partition("=")[0])
    return section, operation, tuple(used)


def _names(
    takes: str, agent: str, used: tuple[str, ...], operation: str, name: str
) -> tuple[Want, ...]:
    if not takes:
        return ()
    suffix = "-value" if name else ""
    if takes == _OPERATION:
        return (Want(f"operation-attribute{suffix}", agent, name, used, operation),)
    if takes.startswith("<"):
        kind = takes[1:-1]
        return (Want(kind + suffix, agent, name, used),)
    return (Want(f"name{suffix}", takes, name, used),)
