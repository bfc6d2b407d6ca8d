"""Which lines of crm can be forecast, and how: an allow-list, since crm can do anything.

Commands are named exactly; crm's guesses never run.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.completion import table
from crmtui.forecast.steps import Change, Unforeseeable
from crmtui.forecast.verbs import tools

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.cluster.cib import Configuration

_READING: Mapping[str, frozenset[str]] = {
    "root": frozenset({"status", "verify"}),
    "cib": frozenset({"diff", "list"}),
    "cibstatus": frozenset({"origin", "show"}),
    "cluster": frozenset({"health", "status", "diff"}),
    "configure": frozenset({"show", "verify", "save", "graph", "ptest", "get_property"}),
    "corosync": frozenset({"status", "show", "log", "get", "diff"}),
    "history": frozenset({"info", "log", "events", "resource", "node", "transitions", "show"}),
    "node": frozenset({"show", "server"}),
    "options": frozenset({"show"}),
    "ra": frozenset({"classes", "list", "providers", "info"}),
    "resource": frozenset({"status", "locate", "constraints", "operations", "scores"}),
    "script": frozenset({"list", "show", "verify"}),
    "template": frozenset({"list", "show"}),
}
"""By level, what changes nothing."""
_EVERYWHERE = frozenset({"cd", "up", "help", "ls", "quit"})


@dataclass(frozen=True, slots=True)
class Command:
    """A line taken apart as crm takes it apart."""

    level: str
    name: str
    """The command, not one of its aliases."""
    arguments: tuple[str, ...]


def command_of(level: Sequence[str], line: str) -> Command | Unforeseeable | None:
    """Return the command of ``line``, typed at ``level``; None for a line that only changes level."""
    try:
        words = shlex.split(line, comments=line.lstrip().startswith("#"))
    except ValueError as error:
        return Unforeseeable(f"the line is not complete ({str(error).lower()})")
    here = level[-1] if level else table.ROOT
    for at, word in enumerate(words):
        row = table.command(here, word)
        if row is None:
            return Unforeseeable(f'"{word}" is no command here')
        if not row.is_level:
            return Command(here, row.name, tuple(words[at + 1 :]))
        here = row.name
    return None


def change_of(
    configuration: Configuration, level: Sequence[str], line: str
) -> Change | Unforeseeable:
    """Return how to do on a copy what ``line``, typed at ``level``, does to the cluster."""
    command = command_of(level, line)
    if isinstance(command, Unforeseeable):
        return command
    if command is None or command.name in _EVERYWHERE:
        return Change((), is_reading=True)
    if command.name in _READING.get(command.level, frozenset()):
        return Change((), is_reading=True)
    made = tools(configuration, command.level, command.name, command.arguments)
    if made is not None:
        return made
    where = "" if command.level == table.ROOT else f"{command.level} "
    return Unforeseeable(f"{where}{command.name} does more than change the CIB")
