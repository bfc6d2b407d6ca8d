"""Which command a line names, and what is wrong with the words that lead to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.crmsh import command_table, installed_commands
from crmtui.crmsh.abbreviations import guesses, is_pattern
from crmtui.crmsh.line import words_of
from crmtui.lint.lint_finding import LintFinding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.crmsh.command_table import CommandRow
    from crmtui.crmsh.installed_commands import Crmsh
    from crmtui.crmsh.line import Word


@dataclass(frozen=True, slots=True)
class NamedCommand:
    """What the words of a line lead to."""

    path: tuple[str, ...]
    """The levels it goes through, those that crm is in already included."""
    row: CommandRow | None = None
    """The command; None when there is none yet, or none that is known."""
    word: Word | None = None
    """The word that names it, or the one that names nothing."""
    arguments: tuple[Word, ...] = ()

    @property
    def level(self) -> str:
        """The level in which the command stands."""
        return self.path[-1] if self.path else command_table.ROOT


def resolve(path: Sequence[str], words: Sequence[Word], installed: Crmsh | None) -> NamedCommand:
    """Return the command that the words of a line name exactly, from a level on."""
    found = NamedCommand(tuple(path))
    for index, word in enumerate(words):
        row = _named(found.level, word.text, installed)
        if row is None:
            return NamedCommand(found.path, None, word)
        if not row.is_level:
            return NamedCommand(found.path, row, word, tuple(words[index + 1 :]))
        found = NamedCommand((*found.path, row.name))
    return found


def _named(level: str, word: str, installed: Crmsh | None) -> CommandRow | None:
    row = installed_commands.command(level, word, installed)
    has_it = installed is None or level not in installed.levels or installed.command(level, word)
    return row if has_it or command_table.is_everywhere(word) else None


def no_command(found: NamedCommand, end: int, installed: Crmsh | None) -> LintFinding | None:
    """Say what crm makes of the word that should name a command, where it names none."""
    if found.row is not None or found.word is None:
        return None
    word, where = found.word, f" in {found.level}" if found.path else ""
    if is_pattern(word.text):
        sentence = f'crm would take "{word.text}" for a pattern, and run what it matches.'
        return LintFinding(word.start, end, "error", sentence)
    names = guesses(found.level, word.text, installed)
    if len(names) == 1:
        sentence = f'crm would run "{names[0]}" for "{word.text}": write it out.'
        return LintFinding(word.start, end, "error", sentence, fix=names[0])
    if names:
        sentence = f'"{word.text}" may stand for {", ".join(names)}: write it out.'
        return LintFinding(word.start, end, "error", sentence)
    if command_table.command(found.level, word.text):
        sentence = f'The crm that is installed has no command "{word.text}"{where}.'
    else:
        sentence = f'There is no command "{word.text}"{where}.'
    return LintFinding(word.start, end, "error", sentence)


def written_out(path: Sequence[str], line: str, installed: Crmsh | None) -> LintFinding | None:
    """Return what to put in the place of a word of a line that crm would guess; None for nothing.

    Quick enough to be asked at each Enter: only the table is looked at.
    """
    finished, last = words_of(line)
    words = (*finished, last) if last.text else finished
    if line.lstrip().startswith("#"):
        return None
    found = resolve(path, words, installed)
    if found.word is None:
        return None
    end = len(line) if found.word.end < 0 else found.word.end
    finding = no_command(found, end, installed)
    return finding if finding is not None and finding.fix else None
