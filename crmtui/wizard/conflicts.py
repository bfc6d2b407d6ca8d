"""Conflicts of a form: changes that others made, since it was opened, to the same objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cib.diff import differences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.cib.diff import ConfigurationDifference
    from crmtui.cib.document import Cib
    from crmtui.wizard.form import FormCommand
    from crmtui.wizard.statements import Statement

_OPTIONS = frozenset({"property", "rsc_defaults", "op_defaults"})


def overtaken(
    commands: Sequence[FormCommand], before: Cib, now: Cib
) -> tuple[ConfigurationDifference, ...]:
    """Return the differences, since the form was opened, of the objects that ``commands`` change.

    crm would overwrite such a change: replacing an object in place replaces all of it, and setting
    a value ignores the present one.

    Args:
        commands: The commands about to be sent.
        before: The CIB that the form was made for.
        now: The present CIB, as XML.
    """
    statements = [command.statement for command in commands if not command.is_root]
    return tuple(
        change
        for change in differences(before.configuration, now.configuration)
        if any(_concerns(statement, change) for statement in statements)
    )


def _concerns(statement: Statement, change: ConfigurationDifference) -> bool:
    if statement.keyword in _OPTIONS:
        return any(f" {name}=" in f" {change.words}" for name in _names(statement))
    if statement.keyword == "fencing_topology":
        return change.object == "fencing-topology"
    if statement.keyword == "set":
        return f"{statement.head[1]}.".startswith(f"{change.object}.")
    if statement.keyword in ("modgroup", "delete"):
        return change.object in statement.head[1:]
    return change.object == statement.id


def _names(statement: Statement) -> list[str]:
    words = (*statement.head[1:], *(word for each in statement.sections for word in each.words))
    return [word.partition("=")[0] for word in words if "=" in word]
