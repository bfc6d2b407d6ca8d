"""The changes that wait for a commit in one crm: counted, journaled, held against what is live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cluster.configuration_text import Difference, differences
from crmtui.cluster.secrets import MASK, Secrets
from crmtui.crm import committed
from crmtui.crm.journal import Journal, KeptWork, Work, kept
from crmtui.crm.staged import (
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

    from crmtui.crm.prompt import CrmPrompt
    from crmtui.crm.target import Target


class Pending:
    """Knows which lines wait for a commit, and sees to it that they are not lost.

    Args:
        target: The cluster.
        is_kept: Whether there is a journal; without one the lines last as long as this object.
    """

    def __init__(self, target: Target, *, is_kept: bool) -> None:
        self._target = target
        self._key = f"{target.kind} {target.name}"
        self._is_kept = is_kept
        self._journal = Journal(self._key)
        self._given_back = Journal(self._key)
        self._source: Journal | KeptWork | None = None
        self._source_lines: tuple[str, ...] = ()
        self._told_trouble = ""
        self._base, self._cib = "", committed.LIVE
        self._version: committed.Version | None = None
        self._earlier: tuple[tuple[str, ...], str] | None = None
        self.secrets = Secrets()
        self.blemished: set[str] = set()
        """Lines that crm took and complained of all the same."""
        self.loaded = ""
        """The configuration that is loaded in ``template``; empty for none."""
        self.lines: tuple[str, ...] = ()
        """The lines, as they would be typed in ``configure``."""

    @property
    def masked(self) -> tuple[str, ...]:
        """The lines without their secrets."""
        return tuple(self.secrets.masked(line) for line in self.lines)

    def learn(self, option: str) -> None:
        """Take from ``option``, as crm shows its ``core.obscure_pattern``, which values are secret."""
        self.secrets = Secrets(option.partition("=")[2])

    @property
    def trouble(self) -> str:
        """Why not all of the lines are on disk; empty while they are."""
        return self._journal.trouble

    def trouble_to_tell(self) -> str:
        """Return once that the journal cannot be written, and once that it can be again."""
        before, self._told_trouble = self._told_trouble, self.trouble
        if self.trouble and not before:
            return (
                f"Uncommitted lines cannot be written to disk ({self.trouble}): they are kept in "
                "memory only. Make room there; the next line tries again."
            )
        return "Uncommitted lines are on disk again." if before and not self.trouble else ""

    def refusal(self, line: str) -> str:
        """Say why ``line`` cannot mean what it says; empty if it can."""
        if self.secrets.is_masked(line):
            return f"{MASK} stands for a secret that is kept nowhere: put the value there."
        return ""

    # What is about to be typed, and what came of it

    def wants_base(self, level: Sequence[str], line: str) -> bool:
        """Say whether crm has to show its configuration before it gets ``line``, the first change."""
        is_first = self._is_kept and not self.lines
        return is_first and tuple(level) == ("configure",) and stages(level, line)

    def note_version(self) -> None:
        """Note which version of the configuration crm is about to show."""
        self._version = committed.version(self._target)

    def start_from(self, prompt: CrmPrompt, text: str) -> None:
        """Take ``text``, which crm shows as its configuration, for what the lines to come change."""
        self._base, self._cib = text, prompt.cib

    def typing(self, level: Sequence[str], line: str) -> None:
        """Write ``line`` down, which is about to be typed at ``level``, if it could stage or commit."""
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
        """Count what waits now that ``line`` was run; say whether crm has to be asked to be sure.

        Args:
            level: Where it was typed.
            line: The line.
            level_after: Where crm is now.
            output: What was printed since the last answer, or else since the line was sent.
            answer: The last answer given while it ran; empty for none.
            was_interrupted: Whether the user stopped what it ran.
        """
        self.loaded = loaded(self.loaded, level, line, level_after, output)
        before = self.lines
        after = settle(before, level, line, output=output, answer=answer, level_after=level_after)
        if len(after) > len(before):
            after = (*before, in_configure(level, line))
            if has_failed(output):
                self.blemished.add(after[-1])
        self._become(after)
        return is_doubtful(before, after, level_after, output, was_interrupted=was_interrupted)

    def probed(self, *, has_changes: bool) -> None:
        """Take note of what crm says itself: whether anything waits."""
        self._become(self.lines if has_changes else ())

    def hold(self, text: str) -> None:
        """Take note of what crm has before a line that may stage nothing.

        Args:
            text: Its whole configuration as XML: as text of crm's it would leave out ids.
        """
        self._earlier = self.lines, text

    def held_against(self, text: str) -> None:
        """Forget that line again if crm has the same after it, ``text``."""
        earlier, self._earlier = self._earlier, None
        if earlier is not None and earlier[1] == text and "<cib" in text:
            self._become(earlier[0])

    def _become(self, lines: tuple[str, ...]) -> None:
        if self.lines and not lines:  # committed or discarded, and with it what belonged to it
            self._given_back.clear()
        self.lines = lines
        self._journal.keep(len(lines))

    # What others have changed

    def news(self) -> tuple[Difference, ...]:
        """Return what has changed in the live configuration since the first line was staged.

        Raises:
            CrmtuiError: It has changed, but cannot be shown.
        """
        now, then = committed.version(self._target), self._version
        if self._cib != committed.LIVE or now is None or then is None or now[:2] == then[:2]:
            return ()
        found = differences(self._base, committed.configuration_text(self._target))
        if not found:
            self._version = now
        return found

    def changes(self, text: str, cib: str) -> tuple[tuple[Difference, ...], str]:
        """Return what a commit would change, or why that is not known.

        Args:
            text: What crm shows with the lines in it.
            cib: ``live``, or the shadow CIB that they are for.
        """
        try:
            return differences(committed.configuration_text(self._target, cib), text), ""
        except CrmtuiError as error:
            return (), str(error)

    # What is to be staged again

    def left_behind(self) -> Iterator[KeptWork]:
        """Yield the work of sessions that are gone.

        Raises:
            OSError: The journals cannot be read.
        """
        return kept(self._key) if self._is_kept else iter(())

    def changes_since(self, work: Work) -> tuple[Difference, ...]:
        """Return what has changed in the configuration since ``work`` was begun.

        Raises:
            CrmtuiError: The configuration cannot be shown.
        """
        if not work.base:
            return ()
        return differences(work.base, committed.configuration_text(self._target, work.cib))

    @property
    def to_stage(self) -> tuple[str, ...]:
        """The lines that are to be staged again."""
        return self._source_lines

    def died(self) -> tuple[str, ...]:
        """Return the lines that went with crm, to be staged again."""
        lines, self.lines = self.lines, ()
        if self._source is not None:  # they were just being staged again
            self._journal.clear()
        elif lines:
            self._source, self._source_lines = self._journal, lines
            self._journal = Journal(self._key)
        return self.to_stage

    def take_up(self, work: KeptWork) -> tuple[str, ...]:
        """Return the lines of ``work``, to be staged again."""
        self._source, self._source_lines = work, work.work.lines
        return self.to_stage

    def again(self, rest: Sequence[str] = ()) -> None:
        """Take note that the lines are staged again, but for the rest, which the user got back."""
        if self._source is None:
            return
        if self._is_kept:
            for line in (line for line in rest if line in self._source_lines):
                self._given_back.add(self.secrets.masked(line))
        self._source.clear()
        self._source, self._source_lines = None, ()

    def forget(self) -> None:
        """Drop everything for good: the user leaves, and wants none of it."""
        self.lines = ()
        self._journal.clear()
        self._given_back.clear()

    def close(self) -> None:
        """Let go of the files, in which stays what was not dropped."""
        self._journal.close()
        self._given_back.close()
        if self._source is not None:
            self._source.close()
