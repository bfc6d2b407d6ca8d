"""Difference of two states of an object, as the shortest commands that crm's language allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cib.secrets import is_secret
from crmtui.wizard.form import FormCommand
from crmtui.wizard.statements import Statement, StatementSection

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPERATION = frozenset(
    {"interval", "timeout", "role", "on-fail", "start-delay", "enabled", "record-pending"}
)
"""Names that ``set ID.OP.NAME`` may set: attributes of the operation, no parameters of the agent."""


def changes(old: Statement, new: Statement) -> tuple[FormCommand, ...]:
    """Return the commands that turn the object ``old`` into ``new``.

    Single values are ``set``, members come and go by ``modgroup``, and any other difference
    replaces the object in place.
    """
    if _meaning(old) == _meaning(new):
        return ()
    if old.keyword == "primitive" and (small := _sets(old, new)) is not None:
        return tuple(FormCommand(Statement(("set", *words))) for words in small)
    if old.keyword == "group" and (moved := _moves(old, new)) is not None:
        return tuple(FormCommand(Statement(("modgroup", new.id, *words))) for words in moved)
    return (FormCommand(new, is_update=True),)


def _meaning(statement: Statement) -> object:
    sections = (
        (section.keyword, frozenset(section.words) if section.keyword != "op" else section.words)
        for section in statement.sections
        if section.words
    )
    return statement.head, sorted(sections, key=repr)


def _sets(old: Statement, new: Statement) -> list[tuple[str, str]] | None:
    """Return paths and values for ``set``; None where ``set`` cannot express the difference.

    crm splits a path at its dots and finds the attribute anywhere in the object. So the name must
    occur exactly once (crmsh, ``do_set``).
    """
    if old.head != new.head or "." in old.id or len(old.sections) != len(new.sections):
        return None
    found: list[tuple[str, str]] = []
    for before, after in zip(old.sections, new.sections, strict=True):
        values = _values(before, after)
        if values is None:
            return None
        for name, value in values:
            path = _path(old, before, name)
            if path is None or not value or is_secret(name):
                return None
            found.append((path, value))
    return found


def _values(before: StatementSection, after: StatementSection) -> list[tuple[str, str]] | None:
    if before.keyword != after.keyword or len(before.words) != len(after.words):
        return None
    old, new = dict(before.pairs()), dict(after.pairs())
    others = [[word for word in section.words if "=" not in word] for section in (before, after)]
    if old.keys() != new.keys() or others[0] != others[1]:
        return None
    return [(name, value) for name, value in new.items() if old[name] != value]


def _path(statement: Statement, section: StatementSection, name: str) -> str | None:
    if "." in name or not name.replace("-", "").replace("_", "").isalnum():
        return None
    if section.keyword == "op":
        operation = section.words[0]
        same = [s for s in statement.sections if s.keyword == "op" and s.words[0] == operation]
        if len(same) != 1 or name not in _OPERATION:
            return None
        return f"{statement.id}.{operation}.{name}"
    count = sum(
        known == name
        for other in statement.sections
        for known, _ in other.pairs()
        if other.keyword != "op" or known not in _OPERATION
    )
    return f"{statement.id}.{name}" if count == 1 else None


def _moves(old: Statement, new: Statement) -> list[tuple[str, ...]] | None:
    """Return the arguments of ``modgroup``; None where more than members differs."""
    if _meaning(Statement((), old.sections)) != _meaning(Statement((), new.sections)):
        return None
    before, after = list(old.head[2:]), list(new.head[2:])
    if any("=" in word for word in (*before, *after)) or not after:
        return None
    kept = [member for member in before if member in after]
    if kept != [member for member in after if member in before] or not kept:
        return None
    added = _added(before, after)
    removed = [("remove", member) for member in before if member not in after]
    return [*added, *removed]


def _added(before: list[str], after: list[str]) -> Iterator[tuple[str, ...]]:
    last = [member for member in before if member in after][-1]
    for at, member in enumerate(after):
        if member in before:
            continue
        if at == 0:
            yield ("add", member, "before", next(m for m in after if m in before))
        elif after.index(last) < at and last == before[-1]:
            yield ("add", member)
        else:
            yield ("add", member, "after", after[at - 1])
