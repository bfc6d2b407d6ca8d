"""Recovery of uncommitted lines from earlier sessions: the user stages, reads or drops them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.backend.session.own_questions import (
    STAGE_AGAIN,
    OwnQuestion,
    indented,
    left_behind,
    told,
)
from crmtui.errors import CrmtuiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from crmtui.backend.session.uncommitted.journal import KeptWork
    from crmtui.backend.session.uncommitted.pending import Pending
    from crmtui.cib.text_diff import ObjectDiff


class Recovery:
    """Recovery of one earlier session after another, until the user chooses one.

    Args:
        pending: Uncommitted lines, with those of earlier sessions.
        ask: Asks a question after a text.
        take_up: Receiver of the lines to stage again.
        go_on: Continues without recovery; takes a hint, empty for none.
    """

    def __init__(
        self,
        pending: Pending,
        *,
        ask: Callable[[str, OwnQuestion], None],
        take_up: Callable[[KeptWork], None],
        go_on: Callable[[str], None],
    ) -> None:
        self._pending = pending
        self._ask = ask
        self._take_up = take_up
        self._go_on = go_on
        self._works: Iterator[KeptWork] = iter(())
        self._held: list[KeptWork] = []
        """Postponed sessions, kept locked so that another crmtui does not offer them meanwhile."""

    def begin(self) -> None:
        """Ask about the oldest session."""
        self._works = self._pending.left_behind()
        self._next()

    def _next(self) -> None:
        try:
            work = next(self._works, None)
        except OSError as error:
            self._go_on(f"Cannot look for uncommitted lines of earlier sessions: {error}.")
            return
        if work is None:
            self._go_on("")
            return
        changes = self._changes(work)
        self._ask(left_behind(work.work, changes), self._question(work, changes))

    def _changes(self, work: KeptWork) -> Sequence[ObjectDiff] | str:
        if not work.work.base:
            return "The configuration may have changed since."
        try:
            return self._pending.changes_since(work.work)
        except CrmtuiError as error:
            return f"The configuration may have changed since: {error.what}"

    def _question(self, work: KeptWork, changes: Sequence[ObjectDiff] | str) -> OwnQuestion:
        def decide(letter: str) -> None:
            if letter == "s":
                self._take_up(work)
            elif letter == "l":
                rest = "" if isinstance(changes, str) else told(changes, most=10_000)
                text = indented(work.work.lines)
                text += f"The configuration has changed since:\n{rest}" if rest else ""
                self._ask(text, self._question(work, changes))
            else:
                if letter == "d":
                    work.clear()
                else:
                    self._held.append(work)
                self._next()

        return OwnQuestion(STAGE_AGAIN, decide)

    def close(self) -> None:
        """Unlock the postponed sessions, so that a later start offers them again."""
        while self._held:
            self._held.pop().close()
