"""Line of crm: its levels, its command and its arguments, as crm understands them.

Commands are named exactly. crm would take any unique abbreviation, too, and so run typing errors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.crmsh import command_table
from crmtui.crmsh.policy import UNKNOWN, CommandPolicy
from crmtui.crmsh.words import Word, is_comment, texts, whole_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    from crmtui.crmsh.command_table import CommandRow
    from crmtui.crmsh.policy import Effect, Trait

    Lookup: TypeAlias = Callable[[str, str], CommandRow | None]
    """Finder of a word's row in a level."""

_EXECUTED_AT_ONCE = ("stage", "commit")
"""Effects that exist only inside ``configure``: crm commits a whole ``configure primitive …`` from
outside at once.
"""


@dataclass(frozen=True, slots=True)
class CrmLine:
    """Meaning of a line for crm."""

    typed_at: tuple[str, ...]
    """Levels in which the line is typed, outermost first."""
    path: tuple[str, ...]
    """Levels of the command, or levels that the line goes to, outermost first."""
    row: CommandRow | None = None
    """Row of the command; None without a command, or for an unknown one."""
    word: Word | None = None
    """Word of the command, known or not."""
    words: tuple[Word, ...] = ()
    """Words behind the command, with their places."""
    path_policy: frozenset[Trait] = frozenset()
    """Traits that its levels give to all of their commands."""

    @property
    def level(self) -> str:
        """Name of the command's level."""
        return level_name(self.path)

    @property
    def command(self) -> str:
        """Name of the command, without aliases; empty for none, as typed for an unknown one."""
        if self.row is not None:
            return self.row.name
        return self.word.text if self.word is not None else ""

    @property
    def arguments(self) -> tuple[str, ...]:
        """Words behind the command, as crm reads them."""
        return tuple(word.text for word in self.words)

    @property
    def name(self) -> str:
        """Levels and command, as typed at the root."""
        return " ".join((*self.path, self.command))

    @property
    def is_known(self) -> bool:
        """True if the command has a row, or the line names levels only."""
        return self.row is not None or self.word is None

    @property
    def policy(self) -> CommandPolicy:
        """Policy of the command."""
        return self.row.policy if self.row is not None else UNKNOWN

    @property
    def effect(self) -> Effect:
        """Effect of the line: none, a change that waits for a commit, or a change of the cluster."""
        if not self.command:
            return "read"
        effect = self.policy.effect_of(self.arguments)
        is_outside = effect in _EXECUTED_AT_ONCE and "configure" not in self.typed_at
        return "write" if is_outside else effect

    def has(self, trait: Trait) -> bool:
        """Return true if the command, or its level, has ``trait``."""
        return self.policy.has(trait) or trait in self.path_policy

    @property
    def leaves_cluster(self) -> bool:
        """True if the cluster stays as it is; preferences, files and shadow CIBs are no part of it."""
        return self.effect in ("read", "own") or self.has("checks")


def level_name(path: Sequence[str]) -> str:
    """Return the name of the innermost level."""
    return path[-1] if path else command_table.ROOT


def parse(level: Sequence[str], line: str) -> CrmLine:
    """Return the meaning of ``line``, typed at ``level``, by our own table."""
    if is_comment(line):
        return CrmLine(tuple(level), tuple(level))
    words = whole_words(line)
    if words and words[-1].quote:
        words = tuple(Word(text, 0) for text in texts(line))
    return resolve(level, words)


def resolve(
    level: Sequence[str], words: Sequence[Word], lookup: Lookup = command_table.command
) -> CrmLine:
    """Return the meaning of a line's words, typed at a level.

    Args:
        level: Levels in which the words are typed.
        words: All words of the line.
        lookup: Finder of commands, in our own table or in the installed crm.
    """
    typed_at = path = tuple(level)
    for index, word in enumerate(words):
        row = lookup(level_name(path), word.text)
        if row is None or not row.is_level:
            behind = tuple(words[index + 1 :])
            return CrmLine(typed_at, path, row, word, behind, _traits(path))
        path = (*path, row.name)
    return CrmLine(typed_at, path, path_policy=_traits(path))


def cd_steps(path: Sequence[str], way: str) -> Iterator[tuple[str, ...]]:
    """Yield the levels that ``cd`` passes, one step of ``way`` after the other.

    Args:
        path: Levels in which it is typed, the outermost first.
        way: Its argument, such as ``../resource``; source: crmsh, ``Level.do_cd``.
    """
    now = tuple(path)
    for step in way.split("/"):
        if step not in ("", "."):
            now = now[:-1] if step == ".." else (*now, step)
            yield now


def levels_passed(found: CrmLine) -> tuple[tuple[str, ...], ...]:
    """Return the levels that a line brings crm to, one after the other; none if it stays."""
    if not found.command:
        return (found.path,)
    if found.command not in ("up", "cd") or not found.is_known:
        return ()
    way = found.arguments[0] if found.command == "cd" and found.arguments else ".."
    return tuple(cd_steps(found.path, way))


def _traits(path: Sequence[str]) -> frozenset[Trait]:
    rows = [command_table.level(name) for name in path]
    return frozenset(trait for row in rows if row for trait in row.policy.traits)
