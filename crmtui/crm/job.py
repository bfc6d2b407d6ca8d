"""One submitted line on its way through crm: the lines it takes, and what came of them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crmtui.crm.prompt import Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.crm.staged import Leaving


PENDING = Question(
    "There are changes pending: commit them (y), discard them (n), or stay (c)? ",
    "yes_no_cancel",
    ("y", "n", "c"),
)
"""Asked by us, not by crm, before a line that would leave uncommitted changes behind."""


@dataclass(frozen=True, slots=True)
class Step:
    """A line to type at the prompt."""

    line: str
    answer: str = ""
    """What to answer if it asks, in the user's stead; empty: ask the user."""
    must_settle: bool = False
    """Whether the rest may only follow when nothing waits for a commit any more."""
    is_shown: bool = True
    """Whether to put it into the output, as the user has not typed it."""
    is_muted: bool = False
    """Whether what crm says to it is no part of the output."""


PROBE = Step("refresh", answer="n", is_shown=False, is_muted=True)
"""Asks crm whether something waits for a commit: only then ``refresh`` asks before it drops it, and
a no leaves all as it was (tried out on crmsh 4.4.1 and 5.0). Otherwise it reads the CIB again."""


@dataclass(slots=True)
class Job:
    """A line that was submitted, or the start of crm."""

    line: str | None
    """The line; None for the start."""
    submission: int = 0
    """What it was submitted with."""
    steps: deque[Step] = field(default_factory=deque)
    """What is still to be typed."""
    step: Step | None = None
    """What was typed last."""
    leaving: Leaving | None = None
    """Set while the user is asked what to do with uncommitted changes."""
    quits: bool = False
    """Whether the application is to be told that the user wants to quit."""
    answer: str = ""
    """The last answer given in this step."""
    interrupts: int = 0
    """How often the user has tried to interrupt it."""


def plan(leaving: Leaving, level: Sequence[str], line: str, *, commit: bool) -> deque[Step]:
    """Return how to leave ``configure`` without losing or keeping anything by accident.

    The changes are settled first, at ``configure`` itself, and left only then. So crm has nothing
    to ask; and when a commit fails they are still there, where crm's own "commit them? y" would
    have thrown them away.
    """
    below = list(level)[level.index("configure") + 1 :]
    settling = Step("commit", must_settle=True)
    if not commit:
        settling = Step("refresh", answer="y", must_settle=True)
    steps = deque([*(Step("up") for _ in below), settling])
    if leaving.kind == "quit":
        steps.append(Step("up"))
        return steps
    if below:
        steps.append(Step(" ".join(below)))
    steps.append(Step(line))
    return steps
