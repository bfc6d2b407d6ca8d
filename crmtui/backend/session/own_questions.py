"""Questions of crmtui itself, asked in the style of crm, and the text before them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.crmsh.prompt import CrmQuestion
from crmtui.errors import CrmtuiError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.backend.session.uncommitted.journal import Work
    from crmtui.backend.session.uncommitted.pending import Pending
    from crmtui.cib.text_diff import ObjectDiff

PENDING = CrmQuestion(
    "There are changes pending: commit them (y), discard them (n), or stay (c)? ",
    "yes_no_cancel",
    ("y", "n", "c"),
)
"""Question before a line that exits ``configure`` with uncommitted changes."""
COMMIT_ALL_THE_SAME = CrmQuestion(
    "The configuration has changed since you began: commit all the same (y/n)? ",
    "yes_no",
    ("y", "n"),
)
"""Question before a commit after others have changed the configuration."""
STAGE_ALL_THE_SAME = CrmQuestion(
    "The configuration has changed meanwhile: stage the uncommitted lines again (y/n)? ",
    "yes_no",
    ("y", "n"),
)
"""Question after the death of crm, before the next crm stages its uncommitted lines."""
STAGE_AGAIN = CrmQuestion(
    "Stage them again (s), look at them (l), drop them (d), or not now (n)? ",
    "choice",
    ("s", "l", "d", "n"),
)
"""Question at the start about uncommitted lines of an earlier session."""

_SHOWN = 20
"""Lines of a difference that are shown before the question."""


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """Open question of crmtui."""

    question: CrmQuestion
    decide: Callable[[str], None]
    """Receiver of the chosen letter."""

    @property
    def way_out(self) -> str:
        """Answer that changes nothing, given by Ctrl-C."""
        return next(letter for letter in ("c", "n") if letter in self.question.choices)


def indented(lines: Sequence[str]) -> str:
    """Return ``lines`` as a block of text."""
    return "".join(f"    {line}\n" for line in lines)


def told(changes: Sequence[ObjectDiff], *, most: int = _SHOWN) -> str:
    """Return ``changes`` as a block of text with at most ``most`` lines."""
    lines = [line for change in changes for line in change.text.splitlines()]
    more = len(lines) - most
    return indented([*lines[:most], f"... and {more} more lines"] if more > 0 else lines)


def changed_meanwhile(pending: Pending) -> str:
    """Return the changes by others since the first line was staged, as text; empty for none."""
    try:
        changes = told(pending.news())
    except CrmtuiError as error:
        return f"The configuration has changed since you began. {error.what}\n"
    return f"The configuration has changed since you began:\n{changes}" if changes else ""


def left_behind(work: Work, changes: Sequence[ObjectDiff] | str) -> str:
    """Return the text before the question about uncommitted lines of an earlier session.

    Args:
        work: The lines.
        changes: Changes of the configuration since then, or a sentence why they are unknown.
    """
    count = len(work.lines)
    when = time.strftime("%a %d %b %H:%M", time.localtime(work.began))
    text = f"{count} uncommitted line{'s' * (count != 1)} of {when} "
    text += f"{'were' if count != 1 else 'was'} left behind on {work.target}"
    text += f", shadow CIB {work.cib}.\n" if work.cib not in ("live", "") else ".\n"
    if work.is_committing:
        text += "A commit of them had begun: they may be in the configuration already.\n"
    if isinstance(changes, str):
        return text + (f"{changes}\n" if changes else "")
    if changes:
        return f"{text}The configuration has changed since:\n{told(changes)}"
    return f"{text}The configuration has not changed since.\n"
