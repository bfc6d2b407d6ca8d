"""Uncommitted lines of one crm: counted, written to a journal, compared with the live configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.backend.queries.cib_query import configuration_text
from crmtui.backend.session.uncommitted.journal import Journal, KeptWork, Work, kept
from crmtui.backend.session.uncommitted.tally import Tally
from crmtui.cib.secrets import MASK, Secrets
from crmtui.cib.staged_objects import created
from crmtui.cib.text_diff import ObjectDiff, differences
from crmtui.crmsh.prompt import LIVE
from crmtui.crmsh.staging import (
    has_failed,
    in_configure,
    is_commit,
    is_doubtful,
    loaded,
    settle,
    stages,
)
from crmtui.errors import CrmtuiError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmtui.backend.process.target import Target
    from crmtui.backend.session.version_query import VersionQuery
    from crmtui.cib.version import CibVersion
    from crmtui.crmsh.prompt import CrmPrompt


class Pending:
    """Uncommitted lines of one crm, which a journal protects from being lost.

    Args:
        target: The target that the cluster runs on.
        versions: Queries for the version of the CIB.
        is_kept: True to write a journal; without one the lines end with this object.
    """

    def __init__(self, target: Target, versions: VersionQuery, *, is_kept: bool) -> None:
        self._target = target
        self._versions = versions
        self._key = f"{target.kind} {target.name}"
        self._is_kept = is_kept
        self._journal = Journal(self._key)
        self._given_back = Journal(self._key)
        self._source: Journal | KeptWork | None = None
        self._source_lines: tuple[str, ...] = ()
        self._told_trouble = ""
        self._base, self._cib = "", LIVE
        self._version: CibVersion | None = None
        self._earlier: tuple[tuple[str, ...], str] | None = None
        self._tally = Tally()
        self._typed: tuple[tuple[str, ...], str, str] = (), "", ""
        """Last staging line: the uncommitted lines before it, the line, and its output."""
        self.secrets = Secrets()
        self.with_errors: set[str] = set()
        """Lines that crm staged in spite of their errors."""
        self.has_staged = False
        """True if the last staging line has changed the uncommitted configuration."""
        self._is_other: bool | None = None
        """True if crm showed another configuration after that line; None if crm was not asked."""
        self.loaded = ""
        """Configuration that is loaded in ``template``; empty for none."""
        self.lines: tuple[str, ...] = ()
        """Uncommitted lines, as typed at ``configure``."""

    @property
    def masked(self) -> tuple[str, ...]:
        """Uncommitted lines, secrets masked."""
        return tuple(self.secrets.masked(line) for line in self.lines)

    @property
    def count(self) -> int | None:
        """Number of objects that a commit would change; None if unknown."""
        return self._tally.count if self.lines else 0

    @property
    def replaceable(self) -> frozenset[str]:
        """Ids of uncommitted objects that a corrected line replaces."""
        return self._tally.spoiled

    def spoiled_by(self, line: str) -> str:
        """Return the id of the object that ``line`` staged in spite of its error; empty for none."""
        id_ = created(line)
        return id_ if id_ and self._tally.spoiler(id_) == line.strip() else ""

    def replaced_by(self, level: Sequence[str], line: str) -> str:
        """Return the id of the object to delete before ``line``, which replaces it; empty for none."""
        id_ = created(line) if tuple(level) == ("configure",) else ""
        return id_ if id_ in self.replaceable else ""

    def learn(self, option: str) -> None:
        """Learn the names of secrets from ``option``, crm's output for ``core.obscure_pattern``."""
        self.secrets = Secrets(option.partition("=")[2])

    @property
    def trouble(self) -> str:
        """Reason why lines are missing on disk; empty while none is."""
        return self._journal.trouble

    def trouble_to_tell(self) -> str:
        """Return a hint when the journal fails, and one when it works again; empty otherwise."""
        before, self._told_trouble = self._told_trouble, self.trouble
        if self.trouble and not before:
            return (
                f"Uncommitted lines cannot be written to disk ({self.trouble}): they are kept in "
                "memory only. Make room there; the next line tries again."
            )
        return "Uncommitted lines are on disk again." if before and not self.trouble else ""

    def refusal(self, line: str) -> str:
        """Return the reason why ``line`` must not run; empty if it may."""
        if self.secrets.is_masked(line):
            return f"{MASK} stands for a secret that crmtui does not keep: type its value."
        return ""

    # Before and after each line

    def wants_base(self, level: Sequence[str], line: str) -> bool:
        """Return True if ``line`` is the first change, before which crm shows its configuration."""
        is_first = self._is_kept and not self.lines
        return is_first and tuple(level) == ("configure",) and stages(level, line)

    def note_version(self) -> None:
        """Note the version of the CIB right before crm shows its configuration."""
        self._version = self._versions.afresh()

    def start_from(self, prompt: CrmPrompt, text: str) -> None:
        """Take ``text``, crm's configuration, as the base of the next lines."""
        self._base, self._cib = text, prompt.cib
        self._tally.begin(text)

    def typing(self, level: Sequence[str], line: str) -> None:
        """Journal ``line`` right before it is typed at ``level``, if it may stage or commit."""
        if not self._is_kept:
            return
        if stages(level, line):
            self._journal.begin(self._cib, self._base)
            self._journal.add(self.secrets.masked(in_configure(level, line)))
        elif is_commit(level, line):
            self._journal.committing()

    def typed(
        self,
        level: Sequence[str],
        line: str,
        level_after: Sequence[str],
        output: str,
        answer: str,
        *,
        was_interrupted: bool = False,
    ) -> bool:
        """Update the uncommitted lines after ``line``; return True if only crm itself can confirm them.

        Args:
            level: Level that the line was typed at.
            line: The line.
            level_after: Level of crm after the line.
            output: Output since the last answer, or else since the line was sent.
            answer: Last answer during the line; empty for none.
            was_interrupted: True if the user has stopped the programs of the line.
        """
        self.loaded = loaded(self.loaded, level, line, level_after, output)
        before = self.lines
        after = settle(before, level, line, output=output, answer=answer, level_after=level_after)
        if len(after) > len(before):
            after = (*before, in_configure(level, line))
            if has_failed(output):
                self.with_errors.add(after[-1])
        if after and not before and tuple(level) != ("configure",):
            self._tally.settle()  # the committed configuration is unknown here
        self._become(after)
        if stages(level, line):
            self._typed, self._is_other = (before, in_configure(level, line), output), None
            self.has_staged = len(after) > len(before) and not has_failed(output)
        return is_doubtful(before, after, level_after, output, was_interrupted=was_interrupted)

    def question(self, level: Sequence[str], line: str, level_after: Sequence[str]) -> str:
        """Return the query for the effect of a staging ``line``; empty for none at this level.

        Args:
            level: Level that the line was typed at.
            line: The line.
            level_after: Level of crm after the line.
        """
        if not stages(level, line):
            return ""
        if tuple(level_after) == ("configure",):
            return self._tally.question
        if level_after:
            self._tally.miss()
        return ""

    def compare(self, text: str, *, is_doubtful: bool) -> bool:
        """Update the uncommitted lines by the reply to `question`; return True if crm must confirm them.

        Args:
            text: Reply of crm: its configuration, or the changed objects.
            is_doubtful: True if the last line is the first one, and had an error.
        """
        before, line, said = self._typed
        has_changed = self._is_other = self._tally.compare(line, said, text)
        if has_changed is not None and has_failed(said):
            self._take(before, line, was_staged=has_changed)
        if self.lines[-2:-1] and self.lines[-2] in self.with_errors:
            self._forget_spoiled(self.lines[-2], line)
        is_open = is_doubtful and (has_changed is None or not has_failed(said))
        return bool(self.lines) and (self.count == 0 or is_open)

    def _take(self, before: tuple[str, ...], line: str, *, was_staged: bool) -> None:
        """Count a line with an error if crm has staged it all the same, and drop it otherwise."""
        self.has_staged = was_staged
        if was_staged and self.lines == before:
            if self._is_kept:
                self._journal.begin(self._cib, self._base)
                self._journal.add(self.secrets.masked(line))
            self.lines = (*before, line)
        elif not was_staged:
            self._become(before)
        self.with_errors.difference_update(() if was_staged else (line,))
        self.with_errors.update((line,) if was_staged else ())

    def _forget_spoiled(self, spoiler: str, line: str) -> None:
        """Drop a line with an error from the count, together with the ``delete`` that undid it."""
        if line == f"delete {created(spoiler)}" and not has_failed(self._typed[2]):
            self.lines = self.lines[:-2]
            self._journal.keep(len(self.lines))
            if not self.lines:  # crm has the committed configuration again
                self._tally.begin(self._base)

    def probed(self, *, has_changes: bool) -> None:
        """Update the lines by crm's own answer: has it uncommitted changes?"""
        # No changes can also be an effect: a delete may undo the only staged line.
        self.has_staged = has_changes or self._is_other is True
        self._become(self.lines if has_changes else ())

    def note_before(self, text: str) -> None:
        """Note crm's configuration before a line that may stage nothing.

        Args:
            text: Whole configuration as XML, since crm's own syntax omits ids.
        """
        self._earlier = self.lines, text

    def note_after(self, text: str) -> None:
        """Drop that line if crm's configuration after it, ``text``, is the same."""
        earlier, self._earlier = self._earlier, None
        if earlier is not None and earlier[1] == text and "<cib" in text:
            self._become(earlier[0])
            self.has_staged = False

    def _become(self, lines: tuple[str, ...]) -> None:
        if self.lines and not lines:  # committed or discarded, with the lines given back earlier
            self._given_back.clear()
            self._tally.settle()
        self.lines = lines
        self._journal.keep(len(lines))

    # Changes by others

    def news(self) -> tuple[ObjectDiff, ...]:
        """Return the changes of the live configuration since the first line was staged.

        Raises:
            CrmtuiError: The configuration has changed, but cannot be read.
        """
        now, then = self._versions.now(), self._version
        if self._cib != LIVE or now is None or then is None:
            return ()
        if now.configuration == then.configuration:
            return ()
        found = differences(self._base, configuration_text(self._target))
        self._versions.forget()  # crm took half a second or more
        if not found:
            self._version = now
        return found

    def changes(self, text: str, cib: str) -> tuple[tuple[ObjectDiff, ...], str]:
        """Return the changes that a commit would make, and the reason if they are unknown.

        Args:
            text: crm's configuration, with the uncommitted lines.
            cib: ``live``, or the name of the shadow CIB.
        """
        try:
            found = differences(configuration_text(self._target, cib), text)
            self._tally.count = len(found) or None
            return found, ""
        except CrmtuiError as error:
            return (), str(error)

    # Lines to stage again

    def left_behind(self) -> Iterator[KeptWork]:
        """Return the uncommitted lines of earlier sessions, oldest first.

        Raises:
            OSError: The journals cannot be read.
        """
        return kept(self._key) if self._is_kept else iter(())

    def changes_since(self, work: Work) -> tuple[ObjectDiff, ...]:
        """Return the changes of the configuration since the first line of ``work``.

        Raises:
            CrmtuiError: The configuration cannot be read.
        """
        if not work.base:
            return ()
        return differences(work.base, configuration_text(self._target, work.cib))

    @property
    def to_stage(self) -> tuple[str, ...]:
        """Lines to stage again."""
        return self._source_lines

    def died(self) -> tuple[str, ...]:
        """Return the uncommitted lines of a dead crm, to be staged again."""
        lines, self.lines = self.lines, ()
        self._tally.settle()
        if self._source is not None:  # crm died while the lines were staged again
            self._journal.clear()
        elif lines:
            self._source, self._source_lines = self._journal, lines
            self._journal = Journal(self._key)
        return self.to_stage

    def take_up(self, work: KeptWork) -> tuple[str, ...]:
        """Take over the lines of ``work``, and return them, to be staged again."""
        self._source, self._source_lines = work, work.work.lines
        return self.to_stage

    def again(self, rest: Sequence[str] = ()) -> None:
        """Delete the source of the lines; a journal keeps the ``rest``, given back to the user."""
        if self._source is None:
            return
        if self._is_kept:
            for line in (line for line in rest if line in self._source_lines):
                self._given_back.add(self.secrets.masked(line))
        self._source.clear()
        self._source, self._source_lines = None, ()

    def forget(self) -> None:
        """Delete all uncommitted lines, as the user chose at quitting."""
        self.lines = ()
        self._journal.clear()
        self._given_back.clear()

    def close(self) -> None:
        """Close the journals, and keep their lines on disk."""
        self._journal.close()
        self._given_back.close()
        if self._source is not None:
            self._source.close()
