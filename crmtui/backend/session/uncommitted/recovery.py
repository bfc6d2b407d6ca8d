"""Offers the lines that another run has left behind: stage them again, look at them, drop them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.backend.session.own_questions import STAGE_AGAIN, Own, indented, left_behind, told
from crmtui.errors import CrmtuiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from crmtui.backend.session.uncommitted.journal import KeptWork
    from crmtui.backend.session.uncommitted.pending import Pending
    from crmtui.cib.text_diff import ObjectDiff


class Recovery:
    """Asks about one piece of work after the other, until one is taken up.

    Args:
        pending: Knows what was left behind.
        ask: Called with what is to be said, and with the question.
        take_up: Called with the work that is to be staged again.
        go_on: Called when nothing is left to ask about, or why that cannot be known.
    """

    def __init__(
        self,
        pending: Pending,
        *,
        ask: Callable[[str, Own], None],
        take_up: Callable[[KeptWork], None],
        go_on: Callable[[str], None],
    ) -> None:
        self._pending = pending
        self._ask = ask
        self._take_up = take_up
        self._go_on = go_on
        self._works: Iterator[KeptWork] = iter(())
        self._held: list[KeptWork] = []
        """What is not wanted now; another run that starts meanwhile is not to ask about it."""

    def begin(self) -> None:
        """Ask about the first."""
        self._works = self._pending.left_behind()
        self._next()

    def _next(self) -> None:
        try:
            work = next(self._works, None)
        except OSError as error:
            self._go_on(f"Whether uncommitted lines were left behind is not known: {error}.")
            return
        if work is None:
            self._go_on("")
            return
        changes = self._changes(work)
        self._ask(left_behind(work.work, changes), self._question(work, changes))

    def _changes(self, work: KeptWork) -> Sequence[ObjectDiff] | str:
        if not work.work.base:
            return "Whether the configuration has changed since is not known."
        try:
            return self._pending.changes_since(work.work)
        except CrmtuiError as error:
            return f"Whether the configuration has changed since is not known: {error.what}"

    def _question(self, work: KeptWork, changes: Sequence[ObjectDiff] | str) -> Own:
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

        return Own(STAGE_AGAIN, decide)

    def close(self) -> None:
        """Leave for later what was not wanted now."""
        while self._held:
            self._held.pop().close()
