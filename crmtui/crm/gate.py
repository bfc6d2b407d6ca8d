"""The gate that every line passes on its way to crm, typed or made by a key.

It holds what must be true of a line whatever it came from. On a sandbox nothing outside of the copy
may change, but many of crm's commands act on this machine or by ssh and know nothing of ``CIB_file``:
``cluster stop`` in a sandbox on a cluster node would stop that node. So a sandbox lets through only
what is known to work on the CIB alone, and no abbreviation, since crm would guess its meaning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.completion import table
from crmtui.crm.staged import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.crm.target import TargetKind

_ALWAYS = frozenset({"cd", "up", "help", "ls", "quit"})
_ON_THE_CIB: Mapping[str, frozenset[str]] = {
    "root": frozenset({"status", "verify"}),
    "cib": frozenset({"new", "use", "commit", "delete", "reset", "import", "diff", "list"}),
    "cibstatus": frozenset(
        {"load", "save", "origin", "show", "quorum", "node", "ticket", "op", "run", "simulate"}
    ),
    "node": frozenset(
        {
            *("show", "standby", "online", "maintenance", "ready", "server"),
            *("attribute", "utilization", "status-attr"),
        }
    ),
    "resource": frozenset(
        {
            *("status", "start", "stop", "restart", "promote", "demote", "manage", "unmanage"),
            *("maintenance", "move", "ban", "clear", "cleanup", "refresh", "locate"),
            *("constraints", "operations", "scores", "failcount", "param", "meta", "utilization"),
            *("trace", "untrace"),
        }
    ),
    "maintenance": frozenset({"on", "off"}),
    "ra": frozenset({"classes", "list", "providers", "info"}),
    "script": frozenset({"list", "show"}),
}
"""By level, what is known to touch nothing but the CIB and crm's own files."""
_WHOLE = frozenset({"options", "template", "assist"})
"""Levels that touch nothing but the CIB and crm's own files as a whole."""
_RUNS_AGENTS = frozenset({"rsctest", "validate-all", "validate_all"})


def refusal(kind: TargetKind, level: Sequence[str], line: str) -> str | None:
    """Say why ``line``, typed at ``level``, must not run on such a target; None lets it through."""
    if kind != "sandbox":
        return None
    here = level[-1] if level else table.ROOT
    for word in words_of(line):
        row = table.command(here, word)
        if row is None:
            return (
                f"There is no command {word} here, and crm would guess which one is meant; "
                "in a sandbox write it out."
            )
        if not row.is_level:
            if _is_allowed(here, row.name):
                return None
            where = "" if here == table.ROOT else f"{here} "
            return (
                f"{where}{row.name} acts outside of the CIB, and a sandbox is only a CIB: not run."
            )
        here = row.name
    return None


def _is_allowed(level: str, command: str) -> bool:
    if command in _ALWAYS or level in _WHOLE:
        return True
    if level == "configure":
        return command not in _RUNS_AGENTS
    return command in _ON_THE_CIB.get(level, frozenset())
