"""Which lines of crm can be forecast, and how: an allow-list, since crm can do anything.

Commands are named exactly; crm's guesses never run.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crmtui.crmsh import command_table
from crmtui.crmsh.policy import changes_nothing
from crmtui.forecast.step_words import tools
from crmtui.forecast.steps import Configured, Step, Tool, TrialPlan, Typed, Unforeseeable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.cib.objects import Configuration

_OUTSIDE: Mapping[str, str] = {
    "edit": "what will be edited is not known",
    "filter": "it runs a program of the user's",
    "load": "what is in the file is not known",
    "rsctest": "it starts and stops resources on the nodes itself",
}
"""What ``configure`` has that is no change of the CIB by crm alone."""
_ON_THE_CIB: Mapping[str, frozenset[str]] = {
    "node": frozenset({"standby", "online", "maintenance", "attribute", "utilization"}),
    "resource": frozenset(
        {
            *("start", "stop", "promote", "demote", "manage", "unmanage", "maintenance"),
            *("move", "ban", "param", "meta", "utilization", "failcount", "trace", "untrace"),
        }
    ),
    "maintenance": frozenset({"on", "off"}),
}
"""By level, what crm itself can do on a copy of the CIB, and does nothing else."""
_FORCED = frozenset({"--force", "-f"})


@dataclass(frozen=True, slots=True)
class PlannedCommand:
    """A line taken apart as crm takes it apart."""

    path: tuple[str, ...]
    """The levels it is in, the outermost first; empty for the root."""
    name: str
    """The command, not one of its aliases."""
    arguments: tuple[str, ...]

    @property
    def level(self) -> str:
        """The innermost level."""
        return self.path[-1] if self.path else command_table.ROOT

    @property
    def is_reading(self) -> bool:
        """Whether it changes nothing in the cluster."""
        return not self.name or changes_nothing(self.level, self.name, self.arguments)

    def __str__(self) -> str:
        return " ".join((*self.path[-1:], self.name))


def command_of(level: Sequence[str], line: str) -> PlannedCommand | Unforeseeable:
    """Return the command of ``line``, typed at ``level``; without a name if it only changes level."""
    try:
        words = shlex.split(line, comments=line.lstrip().startswith("#"))
    except ValueError as error:
        return Unforeseeable(f"the line is not complete ({str(error).lower()})")
    path = tuple(level)
    for at, word in enumerate(words):
        row = command_table.command(path[-1] if path else command_table.ROOT, word)
        if row is None:
            return Unforeseeable(f'"{word}" is no command here')
        if not row.is_level:
            return PlannedCommand(path, row.name, tuple(words[at + 1 :]))
        path = (*path, row.name)
    return PlannedCommand(path, "", ())


def change_of(
    configuration: Configuration, level: Sequence[str], line: str, staged: Sequence[str] = ()
) -> TrialPlan | Unforeseeable:
    """Return how to do on a copy what ``line`` does to the cluster.

    Args:
        configuration: The objects of the CIB.
        level: Where the line is typed.
        line: The line, or several.
        staged: What waits in ``configure`` for a commit.
    """
    whole = TrialPlan(())
    lines = [each for each in line.splitlines() if each.strip()] or [""]
    for each in lines:
        change = _change(configuration, level, each, staged)
        if isinstance(change, Unforeseeable):
            return change
        whole = replace(
            whole,
            steps=(*whole.steps, *change.steps),
            caveats=(*whole.caveats, *change.caveats),
            is_erasure=whole.is_erasure or change.is_erasure,
            is_deferred=change.is_deferred,
        )
    return replace(whole, is_reading=not whole.steps)


def _change(
    configuration: Configuration, level: Sequence[str], line: str, staged: Sequence[str]
) -> TrialPlan | Unforeseeable:
    command = command_of(level, line)
    if isinstance(command, Unforeseeable):
        return command
    if command.is_reading:
        return TrialPlan(())
    if command.level == "configure":
        return _configured(command, line, level, staged)
    made = tools(configuration, command.level, command.name, command.arguments)
    if made is not None:
        return made
    if command.name in _ON_THE_CIB.get(command.level, frozenset()):
        return TrialPlan((Typed(" ".join((*level, line))),))
    return Unforeseeable(f"{command} acts outside of the CIB, or is not known well enough")


def _configured(
    command: PlannedCommand, line: str, level: Sequence[str], staged: Sequence[str]
) -> TrialPlan | Unforeseeable:
    if command.name in _OUTSIDE:
        return Unforeseeable(f"{command}: {_OUTSIDE[command.name]}")
    is_erasure = any(_erases(each) for each in (*staged, line))
    if command.name == "commit":
        if not staged:
            return TrialPlan(())
        return TrialPlan((Configured(tuple(staged)),), is_erasure=is_erasure)
    text = line.strip()
    for name in command.path[len(level) :]:
        text = text.removeprefix(name).lstrip()
    steps: tuple[Step, ...] = (Configured((*staged, text)),)
    if command.name == "delete" and not _FORCED.isdisjoint(command.arguments):
        # crm would stop them on the live cluster first, and wait; here the orphans are stopped.
        names = [each for each in command.arguments if each not in _FORCED]
        steps = (Configured((*staged, f"delete {shlex.join(names)}")),)
    if command.name == "upgrade":
        steps = (Tool(("cibadmin", "--upgrade", "--force")),)
    return TrialPlan(steps, is_erasure=is_erasure, is_deferred="configure" in level)


def _erases(line: str) -> bool:
    words = line.split()
    return "erase" in words[:2]
