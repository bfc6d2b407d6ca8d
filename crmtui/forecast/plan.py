"""Plan of a trial: an allow-list of crm lines that can be forecast, each with its steps on a copy.

Commands are named exactly; crm's guesses never run.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crmtui.crmsh.line import parse, resolve
from crmtui.crmsh.words import is_comment, line_of, unwritable, whole_words
from crmtui.forecast.step_words import tools
from crmtui.forecast.steps import Configured, Step, Tool, TrialPlan, Typed, Unforeseeable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.cib.objects import Configuration
    from crmtui.crmsh.line import CrmLine

_FORCED = frozenset({"--force", "-f"})


def planned(level: Sequence[str], line: str) -> CrmLine | Unforeseeable:
    """Return ``line``, typed at ``level``, if its command is known and the line is complete."""
    words = () if is_comment(line) else whole_words(line)
    if words and words[-1].quote:
        return Unforeseeable("the line is not complete (no closing quotation)")
    found = resolve(level, words)
    return found if found.is_known else Unforeseeable(f'"{found.command}" is no command here')


def label(found: CrmLine) -> str:
    """Return the command of a line with its level, as a sentence names it."""
    return " ".join((*found.path[-1:], found.command))


def change_of(
    configuration: Configuration, level: Sequence[str], line: str, staged: Sequence[str] = ()
) -> TrialPlan | Unforeseeable:
    """Return the plan that does on a copy what ``line`` does to the cluster.

    Args:
        configuration: Objects of the CIB.
        level: Levels of crm in which the line is typed.
        line: One line or several.
        staged: Lines that wait in ``configure`` for a commit.
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
    command = planned(level, line)
    if isinstance(command, Unforeseeable):
        return command
    if command.leaves_cluster:
        return TrialPlan(())
    if command.level == "configure":
        return _configured(command, line, level, staged)
    made = tools(configuration, command.level, command.command, command.arguments)
    if made is not None:
        return made
    if command.has("trial"):
        return TrialPlan((Typed(" ".join((*level, line))),))
    return Unforeseeable(f"{label(command)} acts outside of the CIB, or is not known well enough")


def _configured(
    command: CrmLine, line: str, level: Sequence[str], staged: Sequence[str]
) -> TrialPlan | Unforeseeable:
    if command.policy.unforeseeable:
        return Unforeseeable(f"{label(command)}: {command.policy.unforeseeable}")
    lines = (command, *(parse(("configure",), each) for each in staged))
    is_erasure = any(each.name == "configure erase" for each in lines)
    if command.command == "commit":
        if not staged:
            return TrialPlan(())
        return TrialPlan((Configured(tuple(staged)),), is_erasure=is_erasure)
    text = line.strip()
    for name in command.path[len(level) :]:
        text = text.removeprefix(name).lstrip()
    steps: tuple[Step, ...] = (Configured((*staged, text)),)
    if command.command == "delete" and not _FORCED.isdisjoint(command.arguments):
        # On the live cluster crm stops them first and waits; on a copy the orphans are stopped.
        names = [each for each in command.arguments if each not in _FORCED]
        if what := unwritable("".join(names)):
            return Unforeseeable(f"{label(command)}: a name has {what} in it")
        steps = (Configured((*staged, line_of(("delete", *names)))),)
    if command.command == "upgrade":
        steps = (Tool(("cibadmin", "--upgrade", "--force")),)
    return TrialPlan(steps, is_erasure=is_erasure, is_deferred="configure" in level)
