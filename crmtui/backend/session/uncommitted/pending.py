"""The changes that wait for a commit in one crm: counted, journaled, held against what is live."""

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
    from crmtui.backend.session.version_look import VersionLook
    from crmtui.cib.version import CibVersion
    from crmtui.crmsh.prompt import CrmPrompt


class Pending:
    """Knows which lines wait for a commit, and sees to it that they are not lost.

    Args:
        target: The cluster.
        looks: Looks at the version of the CIB.
        is_kept: Whether there is a journal; without one the lines last as long as this object.
    """

    def __init__(self, target: Target, looks: VersionLook, *, is_kept: bool) -> None:
        self._target = target
        self._looks = looks
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
        """The lines that waited before the last one, that one, and what crm said to it."""
        self.secrets = Secrets()
        self.blemished: set[str] = set()
        """Lines that crm took and complained of all the same."""
        self.has_staged = False
        """Whether the last line that was to stage something did so."""
        self._is_other: bool | None = None
        """Whether crm showed another configuration after that line; None where it was not asked."""
        self.loaded = ""
        """The configuration that is loaded in ``template``; empty for none."""
        self.lines: tuple[str, ...] = ()
        """The lines, as they would be typed in ``configure``."""

    @property
    def masked(self) -> tuple[str, ...]:
        """The lines without their secrets."""
        return tuple(self.secrets.masked(line) for line in self.lines)

    @property
    def count(self) -> int | None:
        """The number of objects that differ from what is committed; None where it is not known."""
        return self._tally.count if self.lines else 0

    @property
    def replaceable(self) -> frozenset[str]:
        """The ids of uncommitted objects that a corrected line replaces."""
        return self._tally.spoiled

    def spoiled_by(self, line: str) -> str:
        """Return the id of the object that ``line`` staged in spite of its error; empty for none."""
        id_ = created(line)
        return id_ if id_ and self._tally.spoiler(id_) == line.strip() else ""

    def replaced_by(self, level: Sequence[str], line: str) -> str:
        """Return the id of the object that has to go before ``line`` can run; empty for none."""
        id_ = created(line) if tuple(level) == ("configure",) else ""
        return id_ if id_ in self.replaceable else ""

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
        self._version = self._looks.afresh()

    def start_from(self, prompt: CrmPrompt, text: str) -> None:
        """Take ``text``, which crm shows as its configuration, for what the lines to come change."""
        self._base, self._cib = text, prompt.cib
        self._tally.begin(text)

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
        if after and not before and tuple(level) != ("configure",):
            self._tally.settle()  # crm was not asked what is committed
        self._become(after)
        if stages(level, line):
            self._typed, self._is_other = (before, in_configure(level, line), output), None
            self.has_staged = len(after) > len(before) and not has_failed(output)
        return is_doubtful(before, after, level_after, output, was_interrupted=was_interrupted)

    def question(self, level: Sequence[str], line: str, level_after: Sequence[str]) -> str:
        """Return the line that asks crm what ``line`` has staged; empty where it cannot be asked.

        Args:
            level: Where it was typed.
            line: The line.
            level_after: Where crm is now.
        """
        if not stages(level, line):
            return ""
        if tuple(level_after) == ("configure",):
            return self._tally.question
        if level_after:
            self._tally.miss()
        return ""

    def looked(self, text: str, *, is_doubtful: bool) -> bool:
        """Take ``text``, the answer to `question`; say whether crm has to be asked to be sure.

        Args:
            text: The configuration, or the changes in it.
            is_doubtful: Whether the last line ended in an error, and is the first.
        """
        before, line, said = self._typed
        has_changed = self._is_other = self._tally.look(line, said, text)
        if has_changed is not None and has_failed(said):
            self._take(before, line, was_staged=has_changed)
        if self.lines[-2:-1] and self.lines[-2] in self.blemished:
            self._forget_spoiled(self.lines[-2], line)
        is_open = is_doubtful and (has_changed is None or not has_failed(said))
        return bool(self.lines) and (self.count == 0 or is_open)

    def _take(self, before: tuple[str, ...], line: str, *, was_staged: bool) -> None:
        """Count a line that ended in an error as it turned out."""
        self.has_staged = was_staged
        if was_staged and self.lines == before:
            if self._is_kept:
                self._journal.begin(self._cib, self._base)
                self._journal.add(self.secrets.masked(line))
            self.lines = (*before, line)
        elif not was_staged:
            self._become(before)
        self.blemished.difference_update(() if was_staged else (line,))
        self.blemished.update((line,) if was_staged else ())

    def _forget_spoiled(self, spoiler: str, line: str) -> None:
        """Count neither a line that staged in spite of its error, nor the one that took it back."""
        if line == f"delete {created(spoiler)}" and not has_failed(self._typed[2]):
            self.lines = self.lines[:-2]
            self._journal.keep(len(self.lines))
            if not self.lines:  # crm has what is committed, and goes on from there
                self._tally.begin(self._base)

    def probed(self, *, has_changes: bool) -> None:
        """Take note of what crm says itself: whether anything waits."""
        # The line may have changed what waited before it: a delete takes back what was staged.
        self.has_staged = has_changes or self._is_other is True
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
            self.has_staged = False

    def _become(self, lines: tuple[str, ...]) -> None:
        if self.lines and not lines:  # committed or discarded, and with it what belonged to it
            self._given_back.clear()
            self._tally.settle()
        self.lines = lines
        self._journal.keep(len(lines))

    # What others have changed

    def news(self) -> tuple[ObjectDiff, ...]:
        """Return what has changed in the live configuration since the first line was staged.

        Raises:
            CrmtuiError: It has changed, but cannot be shown.
        """
        now, then = self._looks.now(), self._version
        if self._cib != LIVE or now is None or then is None:
            return ()
        if now.configuration == then.configuration:
            return ()
        found = differences(self._base, configuration_text(self._target))
        self._looks.forget()  # crm took half a second or more
        if not found:
            self._version = now
        return found

    def changes(self, text: str, cib: str) -> tuple[tuple[ObjectDiff, ...], str]:
        """Return what a commit would change, or why that is not known.

        Args:
            text: What crm shows with the lines in it.
            cib: ``live``, or the shadow CIB that they are for.
        """
        try:
            found = differences(configuration_text(self._target, cib), text)
            self._tally.count = len(found) or None
            return found, ""
        except CrmtuiError as error:
            return (), str(error)

    # What is to be staged again

    def left_behind(self) -> Iterator[KeptWork]:
        """Yield the work of sessions that are gone.

        Raises:
            OSError: The journals cannot be read.
        """
        return kept(self._key) if self._is_kept else iter(())

    def changes_since(self, work: Work) -> tuple[ObjectDiff, ...]:
        """Return what has changed in the configuration since ``work`` was begun.

        Raises:
            CrmtuiError: The configuration cannot be shown.
        """
        if not work.base:
            return ()
        return differences(work.base, configuration_text(self._target, work.cib))

    @property
    def to_stage(self) -> tuple[str, ...]:
        """The lines that are to be staged again."""
        return self._source_lines

    def died(self) -> tuple[str, ...]:
        """Return the lines that went with crm, to be staged again."""
        lines, self.lines = self.lines, ()
        self._tally.settle()
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
