"""What a line of crm would change: nothing, what waits for a commit, or the cluster.

Decided by a list of what is known to be harmless. Whatever is not on it counts as a change of the
cluster: an unknown command, a newer crm's, and one that runs a program of the user's choice.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crmtui.crmsh import command_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Effect = Literal["read", "own", "stage", "commit", "write"]
"""``read``: shows something, or goes to another level. ``own``: changes preferences or files of the
user's own, shadow CIBs among them. ``stage``: what waits for a commit. ``commit``: makes the cluster
use what waits. ``write``: everything else."""

_EVERYWHERE = frozenset(("cd", "up", "help", "ls", "quit"))
_READS: Mapping[str, frozenset[str]] = {
    "root": frozenset(("status", "verify", "report")),
    "cib": frozenset(("diff", "list")),
    "cibstatus": frozenset(("origin", "show", "run")),
    "cluster": frozenset(("diff", "health", "status", "wait_for_startup")),
    "configure": frozenset(("show", "verify", "ptest", "get_property", "refresh")),
    "corosync": frozenset(("diff", "get", "log", "show", "status")),
    "history": frozenset(
        (
            *("detail", "diff", "events", "exclude", "info", "latest", "limit", "log", "node"),
            *("peinputs", "refresh", "resource", "setnodes", "show", "source", "transitions"),
            "wdiff",
        )
    ),
    "link": frozenset(("show",)),
    "node": frozenset(("server", "show")),
    "options": frozenset(("show",)),
    "ra": frozenset(("classes", "info", "list", "providers")),
    "resource": frozenset(("constraints", "locate", "operations", "scores", "status")),
    "sbd": frozenset(("status",)),
    "script": frozenset(("describe", "list")),
    "template": frozenset(("list", "show")),
}
_READING_WORDS: Mapping[tuple[str, str], tuple[int, frozenset[str]]] = {
    ("node", "attribute"): (1, frozenset(("show",))),
    ("node", "status-attr"): (1, frozenset(("show",))),
    ("node", "utilization"): (1, frozenset(("show",))),
    ("resource", "failcount"): (1, frozenset(("show",))),
    ("resource", "meta"): (1, frozenset(("show",))),
    ("resource", "param"): (1, frozenset(("show",))),
    ("resource", "secret"): (1, frozenset(("show", "check"))),
    ("resource", "utilization"): (1, frozenset(("show",))),
    ("sbd", "configure"): (0, frozenset(("show",))),
    ("site", "ticket"): (0, frozenset(("show", "time"))),
    ("history", "session"): (0, frozenset(("list",))),
}
"""What reads only with one of these words as the argument at that place."""
_OWN: Mapping[str, frozenset[str]] = {
    "cib": frozenset(("new", "use", "delete", "reset", "import")),
    "cibstatus": frozenset(("load", "save", "quorum", "node", "ticket", "op")),
    "configure": frozenset(("save", "graph")),
    "history": frozenset(("graph", "session")),
    "options": frozenset(
        (
            *("add-quotes", "check-frequency", "check-mode", "colorscheme", "editor", "output"),
            *("manage-children", "pager", "reset", "save", "set", "skill-level"),
            *("sort-elements", "user", "wait"),
        )
    ),
    "template": frozenset(("delete", "edit", "load", "new")),
}
_STAGES: Mapping[str, frozenset[str]] = {
    "assist": frozenset(("template", "weak-bond")),
    "template": frozenset(("apply",)),
}
"""What stages in the sublevels of ``configure``; in ``configure`` itself all that is left does, but
for what acts at once."""
_AT_ONCE = frozenset(("rsctest", "upgrade", "validate-all"))
_CHECKS = frozenset(("configure validate-all", "ra validate", "script verify"))
"""What changes nothing by itself, but runs programs of agents and scripts, and so counts as a change."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A line as crm would understand it."""

    effect: Effect
    level: tuple[str, ...] = ()
    """The level that it goes to, or that its command belongs to."""
    command: str = ""
    """The command's name, aliases resolved; empty for none, the word as typed for an unknown one."""
    arguments: tuple[str, ...] = ()
    is_known: bool = True

    @property
    def here(self) -> str:
        """The name of the level that the command belongs to."""
        return self.level[-1] if self.level else command_table.ROOT

    @property
    def name(self) -> str:
        """Level and command, as they would be typed at the root."""
        return " ".join((*self.level, self.command))


def words_of(line: str) -> list[str]:
    """Return the words of a line as crm splits it; of an unfinished quotation, by blanks."""
    if line.lstrip().startswith("#"):
        return []
    try:
        return shlex.split(line)
    except ValueError:
        return line.split()


def meaning(level: Sequence[str], line: str) -> Meaning:
    """Return what ``line`` means, typed at ``level``."""
    stack, words = list(level), words_of(line)
    while words:
        here = stack[-1] if stack else command_table.ROOT
        row = command_table.command(here, words[0])
        word = words.pop(0)
        if row is None:
            return Meaning("write", tuple(stack), word, tuple(words), is_known=False)
        if not row.is_level:
            effect = _effect(level, here, row.name, words)
            return Meaning(effect, tuple(stack), row.name, tuple(words))
        stack.append(row.name)
    return Meaning("read", tuple(stack))


def changes_nothing(here: str, command: str, arguments: Sequence[str]) -> bool:
    """Say whether a command of the level ``here`` leaves the cluster as it is.

    Preferences, files and shadow CIBs are no part of the cluster.
    """
    return _harmless(here, command, arguments) is not None or f"{here} {command}" in _CHECKS


def _effect(level: Sequence[str], here: str, command: str, arguments: Sequence[str]) -> Effect:
    return _harmless(here, command, arguments) or _change(level, here, command, arguments)


def _harmless(here: str, command: str, arguments: Sequence[str]) -> Effect | None:
    place, words = _READING_WORDS.get((here, command), (0, frozenset[str]()))
    if command in _EVERYWHERE or command in _READS.get(here, ()):
        return "read"
    if words.intersection(arguments[place : place + 1]):
        return "read"
    if (here, command) == ("configure", "schema") and not arguments:
        return "read"
    if (here, command) == ("history", "transition"):
        return "own" if tuple(arguments[:1]) == ("save",) else "read"
    return "own" if command in _OWN.get(here, ()) else None


def _change(level: Sequence[str], here: str, command: str, arguments: Sequence[str]) -> Effect:
    """Tell apart what stages from what acts at once.

    A whole ``configure primitive …`` from outside ``configure`` is committed at once, and there
    ``delete --force`` stops what runs before anything is committed.
    """
    if "configure" not in level:
        return "write"
    if here == "configure":
        is_forced = command == "delete" and {"-f", "--force"} & set(arguments)
        if command == "commit":
            return "commit"
        return "write" if command in _AT_ONCE or is_forced else "stage"
    return "stage" if command in _STAGES.get(here, ()) else "write"
