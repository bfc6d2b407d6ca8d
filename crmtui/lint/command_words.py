"""Command that a line names, and checks of the words that lead to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from crmtui.crmsh import command_table, installed_commands
from crmtui.crmsh.abbreviations import guesses, is_pattern
from crmtui.crmsh.line import resolve
from crmtui.crmsh.words import is_comment, whole_words
from crmtui.lint.lint_finding import LintFinding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.crmsh.command_table import CommandRow
    from crmtui.crmsh.installed_commands import Crmsh
    from crmtui.crmsh.line import CrmLine
    from crmtui.crmsh.words import Word


def command_named(path: Sequence[str], words: Sequence[Word], installed: Crmsh | None) -> CrmLine:
    """Return the command that the words of a line name exactly, starting from a level.

    Args:
        path: The level.
        words: All words of the line.
        installed: Commands of the installed crm; None while they are not known.
    """
    return resolve(path, words, partial(_named, installed=installed))


def _named(level: str, word: str, installed: Crmsh | None) -> CommandRow | None:
    row = installed_commands.command(level, word, installed)
    has_it = installed is None or level not in installed.levels or installed.command(level, word)
    return row if has_it or command_table.is_everywhere(word) else None


def no_command(found: CrmLine, installed: Crmsh | None) -> LintFinding | None:
    """Return the finding about a word that names no command, with crm's reading of it."""
    if found.row is not None or found.word is None:
        return None
    word, where = found.word, f" in {found.level}" if found.path else ""
    if is_pattern(word.text):
        sentence = f'crm would take "{word.text}" for a pattern, and run what it matches.'
        return LintFinding(word.start, word.end, "error", sentence)
    names = guesses(found.level, word.text, installed)
    if len(names) == 1:
        sentence = f'crm would run "{names[0]}" for "{word.text}": write it out.'
        return LintFinding(word.start, word.end, "error", sentence, fix=names[0])
    if names:
        sentence = f'"{word.text}" may stand for {", ".join(names)}: write it out.'
        return LintFinding(word.start, word.end, "error", sentence)
    if command_table.command(found.level, word.text):
        sentence = f'The crm that is installed has no command "{word.text}"{where}.'
    else:
        sentence = f'There is no command "{word.text}"{where}.'
    return LintFinding(word.start, word.end, "error", sentence)


def written_out(path: Sequence[str], line: str, installed: Crmsh | None) -> LintFinding | None:
    """Return the replacement for a word of a line that crm would guess; None if there is none.

    Reads only the table, and so is quick enough for each Enter.
    """
    if is_comment(line):
        return None
    found = command_named(path, whole_words(line), installed)
    if found.word is None:
        return None
    finding = no_command(found, installed)
    return finding if finding is not None and finding.fix else None
