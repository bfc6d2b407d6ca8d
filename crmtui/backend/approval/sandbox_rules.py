"""What no leave lets through: lines that crm would guess at, and in a sandbox what acts outside of it.

crm takes each word that stands for one command only, by any of its letters, and so runs typing
errors: no such line is sent. On a sandbox nothing outside of the copy may change, but many of crm's
commands act on this machine or by ssh and know nothing of ``CIB_file``: ``cluster stop`` in a
sandbox on a cluster node would stop that node. So a sandbox lets through only what is known to work
on the CIB alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.crmsh import command_table, installed_commands
from crmtui.crmsh.abbreviations import guesses, is_pattern
from crmtui.crmsh.policy import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.backend.approval.approval import Approval
    from crmtui.backend.process.target import TargetKind
    from crmtui.crmsh.installed_commands import Crmsh
    from crmtui.crmsh.prompt import CrmPrompt

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
            *("status", "start", "stop", "promote", "demote", "manage", "unmanage"),
            *("maintenance", "move", "ban", "clear", "cleanup", "refresh", "locate"),
            *("constraints", "operations", "scores", "failcount", "param", "meta", "utilization"),
            *("trace", "untrace"),
        }
    ),
    "maintenance": frozenset({"on", "off"}),
    "ra": frozenset({"classes", "list", "providers", "info"}),
    "script": frozenset({"list", "show"}),
    "template": frozenset({"list", "show"}),
}
"""By level, what is known to touch nothing but the CIB and the sandbox's own files."""
_ALL_BUT: Mapping[str, frozenset[str]] = {
    "assist": frozenset(),
    "configure": frozenset({"filter", "rsctest", "validate-all"}),
    "options": frozenset({"reset", "save"}),
}
"""By level that works on the CIB as a whole, what does not: it runs programs or writes files of
the user. ``configure save`` writes where the user says and nowhere else."""


class HeldBack:
    """The gate of a place where nothing is real: only what no leave lets through is held back.

    Args:
        kind: What the lines would change.
    """

    def __init__(self, kind: TargetKind) -> None:
        self._kind = kind

    def rule(
        self,
        prompt: CrmPrompt,
        line: str,
        _staged: Sequence[str],
        _approval: Approval | None = None,
    ) -> str | None:
        """Say why ``line`` must not be sent at ``prompt``; None lets it through."""
        return refusal(self._kind, prompt.level, line)


def refusal(
    kind: TargetKind, level: Sequence[str], line: str, installed: Crmsh | None = None
) -> str | None:
    """Say why ``line``, typed at ``level``, must not run on such a target; None lets it through.

    Args:
        kind: What the line would change.
        level: Where it is typed.
        line: The line.
        installed: What the installed crm has; None while that is not known, and then a command
            that our table lacks may be one of a newer crm.
    """
    here = level[-1] if level else command_table.ROOT
    for word in words_of(line):
        row = installed_commands.command(here, word, installed)
        if row is None:
            return _guess(here, word) or _no_command(kind, here, word, installed)
        if not row.is_level:
            is_held = kind == "sandbox" and not _is_allowed(here, row.name)
            return _outside(here, row.name) if is_held else None
        here = row.name
    return None


def _guess(level: str, word: str) -> str | None:
    """Say what crm would take ``word`` for, which names nothing here exactly; None for nothing.

    A word that matches several names of the table is held back as well: the installed crm may have
    but one of them.
    """
    if is_pattern(word):
        return f'crm would take "{word}" for a pattern, and run what it matches: write it out.'
    names = guesses(level, word)
    if len(names) == 1:
        return f'crm would run "{names[0]}" for "{word}": write it out.'
    if not names:
        return None
    return f'crm would guess what "{word}" stands for ({", ".join(names)}): write it out.'


def _no_command(kind: TargetKind, level: str, word: str, installed: Crmsh | None) -> str | None:
    """Say why a word that names nothing is not sent; None where crm may know better."""
    where = "at the top of crm" if level == command_table.ROOT else f"in {level}"
    if installed is not None and level in installed.levels:
        return f'There is no command "{word}" {where}: not run. Tab shows what there is.'
    if kind == "sandbox":
        return (
            f'There is no command "{word}" {where} that is known to be safe in a sandbox: not run.'
        )
    return None


def is_on_the_cib(level: str, command: str) -> bool:
    """Say whether a command is known to touch nothing but the CIB that crm works on."""
    if level in _ALL_BUT:
        return command not in _ALL_BUT[level]
    return command in _ON_THE_CIB.get(level, frozenset())


def _outside(level: str, command: str) -> str:
    if (level, command) == ("resource", "restart"):
        return "restart waits for a DC, and a sandbox has none: use stop, then start."
    where = "" if level == command_table.ROOT else f"{level} "
    return f"{where}{command} acts outside of the CIB, and a sandbox is only a CIB: not run."


def _is_allowed(level: str, command: str) -> bool:
    return command in _ALWAYS or is_on_the_cib(level, command)
