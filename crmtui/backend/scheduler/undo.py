"""Undo of changes of the configuration, with their history.

The history has each configuration that crmtui has read. It can add those that Pacemaker keeps: the last
hundred in ``/var/lib/pacemaker/cib/cib-N.raw`` (``CIB_SERIES_MAX`` of ``lib/cib/cib_file.c``). An undo
is a versioned patch, which the cluster refuses if the CIB has a newer version.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from crmtui.backend.process.run import last_words, put, run
from crmtui.backend.queries.cib_query import query_cib, query_version
from crmtui.backend.scheduler.cib_copy import Copy
from crmtui.cib.document import Cib
from crmtui.cib.invert import ConfigurationChange, Overtaken, inverted
from crmtui.cib.version import CibVersion
from crmtui.errors import ChangeRefused, CibUnreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from crmtui.backend.process.target import Target

_KEPT = 100
"""Changes in the history at most; each of a large CIB takes some hundred kilobytes."""
_TRIES = 5
"""Patches to try at most; results of monitors may raise the version in between."""
_OLD = 103
"""CRM_EX_OLD of Pacemaker's ``include/crm/common/results.h``: the CIB has a newer version."""
_DIFFERENT = 1
_READ_KEPT = (
    "cd /var/lib/pacemaker/cib 2>/dev/null && "
    'for f in cib-*.raw cib.xml; do [ -r "$f" ] && cat "$f" && printf "\\0"; done'
)


class ConfigurationHistory:
    """History of the configuration, for any thread.

    Args:
        target: Target with the cluster.
    """

    def __init__(self, target: Target) -> None:
        self._target = target
        self._lock = threading.Lock()
        self._changes: list[ConfigurationChange] = []
        self._last: Cib | None = None
        self._copy: Copy | None = None

    @property
    def changes(self) -> tuple[ConfigurationChange, ...]:
        """Known changes, the newest first."""
        with self._lock:
            return tuple(reversed(self._changes))

    @property
    def redoable(self) -> ConfigurationChange | None:
        """Last undo of ours, whose undo is a redo; None if it was redone already."""
        for change in self.changes:
            if change.undoes is not None:
                return change if change.undoes.undoes is None else None
        return None

    def update(self) -> ConfigurationChange | None:
        """Read the configuration if it has changed; add that change and return it.

        Raises:
            ClusterUnavailable: The cluster does not answer.
        """
        with self._lock:
            last = self._last
        # Most changes of the CIB change its status only, and a large configuration is slow to read.
        if last is not None:
            now = query_version(self._target)
            if now is not None and now.configuration == last.version.configuration:
                return None
        return self._note(query_cib(self._target))

    def read_kept(self) -> None:
        """Add the older configurations that Pacemaker keeps, if this user may read them.

        Raises:
            ClusterUnavailable: The target does not answer.
        """
        if self._target.kind == "sandbox":
            return  # the files on this machine belong to its own cluster, not to the copy
        done = run(self._target, ("sh", "-c", _READ_KEPT))
        with self._lock:
            seen = {change.after.version.configuration for change in self._changes}
            last = self._last.version.configuration if self._last is not None else None
        first = min(seen, default=last)
        known = [*_kept_changes(done.output, first)]
        with self._lock:
            seen = {change.after.version.configuration for change in self._changes}
            known = [each for each in known if each.after.version.configuration not in seen]
            self._changes = [*known, *self._changes][-_KEPT:]

    def wanted(self, change: ConfigurationChange) -> str:
        """Return the CIB after the undo of ``change``, for a forecast.

        Raises:
            ChangeRefused: A later change touched the same objects.
            ClusterUnavailable: The cluster does not answer.
        """
        return self._wanted(change, query_cib(self._target))

    def obstacles(self, changes: Sequence[ConfigurationChange]) -> list[str]:
        """Return the obstacle to the undo of each change, as a sentence; empty without one.

        Raises:
            ClusterUnavailable: The cluster does not answer.
        """
        now = query_cib(self._target)
        found = (inverted(change, now) for change in changes)
        return [str(each) if isinstance(each, Overtaken) else "" for each in found]

    def undo(
        self,
        change: ConfigurationChange,
        seen: CibVersion | None = None,
        before_sending: Callable[[], None] = lambda: None,
    ) -> ConfigurationChange:
        """Undo ``change``; return the change that the undo makes.

        Args:
            change: One of `changes`.
            seen: Version of the configuration that the user has seen; None to allow any.
            before_sending: Called right before the patch is sent; an earlier error changes nothing.

        Raises:
            ChangeRefused: The configuration has changed since, a later change touched the same objects,
                or the cluster refuses the result.
            ClusterUnavailable: The cluster does not answer.
        """
        for _ in range(_TRIES):
            now = query_cib(self._target)
            if seen is not None and now.version.configuration != seen.configuration:
                who = now.changed_by or now.last_written or "by an unknown user"
                raise ChangeRefused(
                    f"The configuration has changed meanwhile: {who}.",
                    hint="Read the new forecast.",
                )
            if self._patch(now.text, self._wanted(change, now), before_sending):
                self._target.after_command()
                return self._noted_as_undoing(change, now)
        raise ChangeRefused("The CIB changes all the time: nothing was undone.", hint="Try again.")

    def close(self) -> None:
        """Remove the files on the target."""
        with self._lock:
            if self._copy is not None:
                self._copy.close()
                self._copy = None

    def _note(self, now: Cib) -> ConfigurationChange | None:
        with self._lock:
            before, self._last = self._last, now
            if before is None or before.version.configuration >= now.version.configuration:
                return None
            change = ConfigurationChange.between(before, now)
            if not change.differences:
                return None
            if not change.after.when:
                # A write past the cluster's daemons, as in a sandbox, has no time in the CIB.
                change = replace(change, after=replace(change.after, when=time.ctime()))
            self._changes = [*self._changes, change][-_KEPT:]
            return change

    def _noted_as_undoing(self, change: ConfigurationChange, now: Cib) -> ConfigurationChange:
        self._note(now)
        made = query_cib(self._target)
        self._note(made)  # another thread may have added the change already
        with self._lock:
            for at, known in enumerate(self._changes):
                if known.before.version.configuration == now.version.configuration:
                    self._changes[at] = replace(known, undoes=change)
                    return self._changes[at]
        return replace(ConfigurationChange.between(now, made), undoes=change)

    def _wanted(self, change: ConfigurationChange, now: Cib) -> str:
        wanted = inverted(change, now)
        if isinstance(wanted, Overtaken):
            raise ChangeRefused(str(wanted), hint="Undo the later change first.")
        return wanted

    def _patch(self, now: str, wanted: str, before_sending: Callable[[], None]) -> bool:
        """Patch the CIB from ``now`` to ``wanted``; return False if it is no longer at ``now``."""
        with self._lock:
            if self._copy is None:
                self._copy = Copy(self._target)
            folder = self._copy.folder
        old, new, patch = (f"{folder}/{name}.xml" for name in ("now", "wanted", "patch"))
        put(self._target, now.encode(), old)
        put(self._target, wanted.encode(), new)
        made = run(self._target, ("crm_diff", "--cib", "--original", old, "--new", new))
        if made.status != _DIFFERENT or not made.output.strip():
            raise ChangeRefused(
                f"crm_diff could not make a patch (exit status {made.status}).",
                hint=made.errors.strip()[-300:],
            )
        put(self._target, made.output.encode(), patch)
        before_sending()
        done = run(self._target, ("cibadmin", "--patch", "--xml-file", patch))
        if done.status not in (0, _OLD):
            raise ChangeRefused("The cluster refuses to undo this.", hint=last_words(done))
        return done.status == 0


def _kept_changes(output: str, last: tuple[int, int] | None) -> Iterator[ConfigurationChange]:
    """Yield the changes between the CIBs in ``output``, up to the configuration ``last``."""
    before: Cib | None = None
    for cib in _kept_cibs(output):
        if last is not None and cib.version.configuration > last:
            return
        if before is not None and before.version.configuration < cib.version.configuration:
            change = ConfigurationChange.between(before, cib)
            if change.differences:
                yield change
        before = cib


def _kept_cibs(output: str) -> Iterator[Cib]:
    """Yield the CIBs in ``output``, the oldest first, without broken ones, which may be half-written."""
    texts = [text for text in output.split("\0") if text.rstrip().endswith("</cib>")]
    # Parsed one at a time, since trees take ten times the memory of text.
    for text in sorted(texts, key=_configuration_version):
        with suppress(CibUnreadable):
            yield Cib.parse(text)


def _configuration_version(text: str) -> tuple[int, int]:
    return (CibVersion.of_text(text) or CibVersion()).configuration
