"""Line of crm: its levels, its command and its arguments, as crm understands it.

Commands are named exactly. crm would take any unique abbreviation, too, and so run typing errors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.crmsh import command_table
from crmtui.crmsh.policy import UNKNOWN, CommandPolicy
from crmtui.crmsh.words import Word, is_comment, texts, whole_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from crmtui.crmsh.command_table import CommandRow
    from crmtui.crmsh.policy import Effect, Trait

    Lookup: TypeAlias = Callable[[str, str], CommandRow | None]
    """Finds the row of a word in a level."""

_EXECUTED_AT_ONCE = ("stage", "commit")
"""Effects that are one of their own inside ``configure`` only: a whole ``configure primitive …`` from
outside is committed at once."""


@dataclass(frozen=True, slots=True)
class CrmLine:
    """A line as crm would understand it."""

    typed_at: tuple[str, ...]
    """The levels in which it is typed, the outermost first."""
    path: tuple[str, ...]
    """The levels that it goes to, or that its command belongs to, the outermost first."""
    row: CommandRow | None = None
    """The command; None when there is none, or none that is known."""
    word: Word | None = None
    """The word that names the command, or the one that names nothing."""
    words: tuple[Word, ...] = ()
    """The words behind it, with their places."""
    path_policy: frozenset[Trait] = frozenset()
    """Traits of all commands in its levels."""

    @property
    def level(self) -> str:
        """The name of the level that the command belongs to."""
        return level_name(self.path)

    @property
    def command(self) -> str:
        """The command's name, aliases resolved; empty for none, the word as typed for an unknown one."""
        if self.row is not None:
            return self.row.name
        return self.word.text if self.word is not None else ""

    @property
    def arguments(self) -> tuple[str, ...]:
        """The words behind the command, as crm reads them."""
        return tuple(word.text for word in self.words)

    @property
    def name(self) -> str:
        """Levels and command, as they would be typed at the root."""
        return " ".join((*self.path, self.command))

    @property
    def is_known(self) -> bool:
        """Whether its command has a row, or it names levels only."""
        return self.row is not None or self.word is None

    @property
    def policy(self) -> CommandPolicy:
        """The policy of its command."""
        return self.row.policy if self.row is not None else UNKNOWN

    @property
    def effect(self) -> Effect:
        """What it would change: nothing, what waits for a commit, or the cluster."""
        if not self.command:
            return "read"
        effect = self.policy.effect_of(self.arguments)
        is_outside = effect in _EXECUTED_AT_ONCE and "configure" not in self.typed_at
        return "write" if is_outside else effect

    def has(self, trait: Trait) -> bool:
        """Say whether its command has ``trait``, by itself or by its level."""
        return self.policy.has(trait) or trait in self.path_policy

    @property
    def leaves_cluster(self) -> bool:
        """Whether the cluster stays as it is: preferences, files and shadow CIBs are no part of it."""
        return self.effect in ("read", "own") or self.has("checks")


def level_name(path: Sequence[str]) -> str:
    """Return the name of the innermost of some levels."""
    return path[-1] if path else command_table.ROOT


def parse(level: Sequence[str], line: str) -> CrmLine:
    """Return what ``line`` means, typed at ``level``, by our own table."""
    if is_comment(line):
        return CrmLine(tuple(level), tuple(level))
    words = whole_words(line)
    if words and words[-1].quote:
        words = tuple(Word(text, 0) for text in texts(line))
    return resolve(level, words)


def resolve(
    level: Sequence[str], words: Sequence[Word], lookup: Lookup = command_table.command
) -> CrmLine:
    """Return what the words of a line lead to, from a level on.

    Args:
        level: Where they are typed.
        words: All words of the line.
        lookup: Finds commands; of our own table, or of the crm that is installed.
    """
    typed_at = path = tuple(level)
    for index, word in enumerate(words):
        row = lookup(level_name(path), word.text)
        if row is None or not row.is_level:
            behind = tuple(words[index + 1 :])
            return CrmLine(typed_at, path, row, word, behind, _traits(path))
        path = (*path, row.name)
    return CrmLine(typed_at, path, path_policy=_traits(path))


def _traits(path: Sequence[str]) -> frozenset[Trait]:
    rows = [command_table.level(name) for name in path]
    return frozenset(trait for row in rows if row for trait in row.policy.traits)
