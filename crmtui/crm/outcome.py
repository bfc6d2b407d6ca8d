"""What came of a line: crm tells no status, so it is judged by its errors and by what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from crmtui.completion.effect import words_of
from crmtui.crm.staged import is_commit, stages

if TYPE_CHECKING:
    from collections.abc import Sequence


Outcome = Literal["done", "failed", "no effect", "unknown"]
"""``unknown``: crm reported no error, and what the line was to do cannot be seen in the CIB, or the
line was interrupted."""

_READING = {
    "node": frozenset(("show", "server")),
    "resource": frozenset(("status", "locate", "constraints", "operations", "scores")),
    "maintenance": frozenset(("help",)),
    "configure": frozenset(("show", "verify", "save", "ptest", "graph", "help")),
}
"""What in the levels that change the CIB at once only shows something."""
_ELSEWHERE = frozenset(
    ("fence", "clearstate", "cleanup", "refresh", "failcount", "trace", "untrace")
)
"""What there does not change the configuration."""
_MACHINES = frozenset(("cluster", "corosync", "site", "sbd", "script"))
"""Levels whose commands act on machines; what they do is not in the CIB."""
_SHOWING = frozenset(
    ("", "help", "ls", "cd", "up", "quit", "show", "list", "status", "get", "health")
)


def changes_cib(level: Sequence[str], line: str) -> bool:
    """Say whether ``line``, typed at ``level``, is to change the configuration at once."""
    here, command = _place(level, line)
    if is_commit(level, line):
        return True
    if here not in _READING or "configure" in level:
        return False
    return command not in _READING[here] | _ELSEWHERE | _SHOWING


def outcome(
    level: Sequence[str],
    line: str,
    *,
    has_errors: bool,
    complaints: str,
    was_interrupted: bool,
    has_staged: bool,
    moved: bool | None,
) -> Outcome:
    """Return what came of ``line``.

    Args:
        level: Where it was typed.
        line: The line.
        has_errors: Whether crm reported an error of its own.
        complaints: What came on standard error.
        was_interrupted: Whether the user stopped what it ran.
        has_staged: Whether more waits for a commit now than before.
        moved: Whether the configuration is another now; None where that is not known.
    """
    if was_interrupted:
        return "unknown"
    if has_errors:
        return "failed"
    if stages(level, line):
        return "done" if has_staged else "no effect"
    if changes_cib(level, line):
        if moved is None:
            return "unknown"
        if not moved:
            return "failed" if complaints else "no effect"
        return "done"
    here, command = _place(level, line)
    is_elsewhere = here in _MACHINES or (here in _READING and command in _ELSEWHERE)
    return "unknown" if is_elsewhere and command not in _SHOWING else "done"


def _place(level: Sequence[str], line: str) -> tuple[str, str]:
    """Return the level that the command of ``line`` belongs to, and the command."""
    here, words = level[-1] if level else "", words_of(line)
    while words and not here and words[0] in {*_READING, *_MACHINES}:
        here = words.pop(0)
    return here, words[0] if words else ""
