"""Rules that no approval overrides: no guesses by crm, and no command outside of a sandbox.

crm completes an abbreviation that fits one command, and so runs typing errors: such lines are refused.

In a sandbox only the copy may change. Many of crm's commands act on this machine or by ssh, and ignore
``CIB_file``: ``cluster stop`` in a sandbox on a cluster node would stop that node. So a sandbox allows
only commands that are known to work on the CIB alone.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from crmtui.crmsh import command_table, installed_commands
from crmtui.crmsh.abbreviations import guesses, is_pattern
from crmtui.crmsh.line import resolve
from crmtui.crmsh.words import is_comment, whole_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.backend.approval.approval import Approval, SeenAgain
    from crmtui.backend.process.target import TargetKind
    from crmtui.crmsh.installed_commands import Crmsh
    from crmtui.crmsh.line import CrmLine
    from crmtui.crmsh.prompt import CrmPrompt


class SandboxPolicy:
    """Policy of a copy, on which lines need no approval: only these rules hold.

    Args:
        kind: Kind of target that the lines would change.
    """

    def __init__(self, kind: TargetKind) -> None:
        self._kind = kind

    def check(
        self,
        prompt: CrmPrompt,
        line: str,
        _staged: Sequence[str],
        _approval: Approval | None = None,
        _seen: SeenAgain | None = None,
    ) -> str | None:
        """Return the reason against sending ``line`` at ``prompt``; None allows it."""
        return refusal(self._kind, prompt.level, line)


def refusal(
    kind: TargetKind, level: Sequence[str], line: str, installed: Crmsh | None = None
) -> str | None:
    """Return the reason against running a line on such a target; None allows it.

    Args:
        kind: Kind of target that the line would change.
        level: crm level of the line, the outermost first.
        line: Line to run.
        installed: Commands of the installed crm. None while they are unknown: a command without a row in
            our table may then belong to a newer crm.
    """
    found = _resolved(level, line, installed)
    if is_comment(line) or found.word is None:
        return None
    if found.row is None:
        return _guess(found.level, found.word.text) or _no_command(kind, found, installed)
    is_held = kind == "sandbox" and not found.has("cib")
    return _outside(found.level, found.command) if is_held else None


def is_unheard_of(level: Sequence[str], line: str, installed: Crmsh | None = None) -> bool:
    """Return True if neither our table nor the installed crm, if known, has the command."""
    return not is_comment(line) and not _resolved(level, line, installed).is_known


def _resolved(level: Sequence[str], line: str, installed: Crmsh | None) -> CrmLine:
    lookup = partial(installed_commands.command, crmsh=installed)
    return resolve(level, whole_words(line), lookup)


def _guess(level: str, word: str) -> str | None:
    """Return the refusal of a word that crm would complete by a guess; None if it would not.

    A word that fits several names of our table is refused as well: the installed crm may have only one
    of them.
    """
    if is_pattern(word):
        return f'crm would take "{word}" for a pattern, and run what it matches: write it out.'
    names = guesses(level, word)
    if len(names) == 1:
        return f'crm would run "{names[0]}" for "{word}": write it out.'
    if not names:
        return None
    return f'crm would guess the meaning of "{word}" ({", ".join(names)}): write it out.'


def _no_command(kind: TargetKind, found: CrmLine, installed: Crmsh | None) -> str | None:
    """Return the refusal of an unknown command; None if a newer crm may have it."""
    level, word = found.level, found.command
    where = "at the top of crm" if level == command_table.ROOT else f"in {level}"
    if installed is not None and level in installed.levels:
        return f'There is no command "{word}" {where}: not run. Tab shows the commands.'
    if kind == "sandbox":
        return (
            f'There is no command "{word}" {where} that is known to be safe in a sandbox: not run.'
        )
    return None


def _outside(level: str, command: str) -> str:
    if (level, command) == ("resource", "restart"):
        return "restart waits for a DC, and a sandbox has none: use stop, then start."
    where = "" if level == command_table.ROOT else f"{level} "
    return f"{where}{command} acts outside of the CIB, and a sandbox is only a CIB: not run."
