"""What no leave lets through: lines that crm would guess at, and in a sandbox what acts outside of it.

crm takes each word that stands for one command only, by any of its letters, and so runs typing
errors: no such line is sent. On a sandbox nothing outside of the copy may change, but many of crm's
commands act on this machine or by ssh and know nothing of ``CIB_file``: ``cluster stop`` in a
sandbox on a cluster node would stop that node. So a sandbox lets through only what is known to work
on the CIB alone.
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


class HeldBack:
    """The gate of a place where nothing is real: only what no leave lets through is held back.

    Args:
        kind: What the lines would change.
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
    found = _resolved(level, line, installed)
    if is_comment(line) or found.word is None:
        return None
    if found.row is None:
        return _guess(found.level, found.word.text) or _no_command(kind, found, installed)
    is_held = kind == "sandbox" and not found.has("cib")
    return _outside(found.level, found.command) if is_held else None


def is_unheard_of(level: Sequence[str], line: str, installed: Crmsh | None = None) -> bool:
    """Say whether neither our table nor the installed crm, where it is known, has the command."""
    return not is_comment(line) and not _resolved(level, line, installed).is_known


def _resolved(level: Sequence[str], line: str, installed: Crmsh | None) -> CrmLine:
    lookup = partial(installed_commands.command, crmsh=installed)
    return resolve(level, whole_words(line), lookup)


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


def _no_command(kind: TargetKind, found: CrmLine, installed: Crmsh | None) -> str | None:
    """Say why a word that names nothing is not sent; None where crm may know better."""
    level, word = found.level, found.command
    where = "at the top of crm" if level == command_table.ROOT else f"in {level}"
    if installed is not None and level in installed.levels:
        return f'There is no command "{word}" {where}: not run. Tab shows what there is.'
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
