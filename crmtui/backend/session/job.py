"""One submitted line on its way through crm: the lines it takes, and what came of them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from crmtui.backend.session.line_queue import WaitingLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.backend.session.events import ChangeBegan
    from crmtui.backend.session.outcome import Outcome
    from crmtui.cib.version import CibVersion
    from crmtui.crmsh.staging import Leaving


@dataclass(frozen=True, slots=True)
class TypedStep:
    """A line to type at the prompt."""

    line: str
    answer: str = ""
    """What to answer if it asks, in the user's stead; empty: ask the user."""
    to: str = ""
    """How the question begins that is answered so; empty for any."""
    must_settle: bool = False
    """Whether the rest may only follow when nothing waits for a commit any more."""
    is_shown: bool = True
    """Whether to put it into the output, as the user has not typed it."""
    is_muted: bool = False
    """Whether what crm says to it is no part of the output."""
    then: Callable[[str], None] | None = None
    """Called with what crm said to a muted line."""
    is_change: bool = False
    """Whether the change of the job begins with it."""


PROBE = TypedStep("refresh", answer="n", is_shown=False, is_muted=True)
"""Asks crm whether something waits for a commit: only then ``refresh`` asks before it drops it, and
a no leaves all as it was (tried out on crmsh 4.4.1 and 5.0). Otherwise it reads the CIB again."""
_OBSCURE_PATTERN = "options show core.obscure_pattern"


def hidden(line: str, then: Callable[[str], None] | None = None) -> TypedStep:
    """Return a step that the user is not to see."""
    return TypedStep(line, is_shown=False, is_muted=True, then=then)


@dataclass(slots=True)
class Job:
    """A line that was submitted, or something that crmtui does by itself."""

    line: str = ""
    """The line as it may be told: secrets masked."""
    kind: Literal["line", "start", "look"] = "line"
    """A line, the start of crm, or a look at what waits for a commit."""
    waiting: WaitingLine = field(default_factory=lambda: WaitingLine("", 0))
    """The line as submitted, secrets and all."""
    was_checked: bool = False
    """Whether it is known that the commit in it does not meet an unknown configuration."""
    change: ChangeBegan | None = None
    """What is to be told when the change begins; None where there is none, or it has begun."""
    steps: deque[TypedStep] = field(default_factory=deque)
    """What is still to be typed."""
    step: TypedStep | None = None
    """What was typed last."""
    level: tuple[str, ...] = ()
    """Where that was."""
    leaving: Leaving | None = None
    """Set while the user is asked what to do with uncommitted changes."""
    quits: bool = False
    """Whether the application is to be told that the user wants to quit."""
    answer: str = ""
    """The last answer given in this step."""
    inner: str = ""
    """What changes the cluster before the line itself is typed: the commit that leaves ``configure``."""
    outcome: Outcome | None = None
    """What came of the change in it; None before that is known."""
    version: CibVersion | None = None
    """The version of the CIB after that change; None where it is not known."""
    evidence: str = ""
    """What crm showed when it was asked whether the line did what it says."""
    began: float = 0.0
    """When the last step was typed, on the monotonic clock."""
    was_called_off: bool = False
    """Whether the user, asked by crmtui, chose to leave all as it is."""
    is_change: bool = False
    """Whether it changes the cluster, so that to cut it off would leave half a change."""
    has_begun: bool = False
    """Whether the line itself was typed, not only what crmtui asks crm before it."""
    interrupts: int = 0
    """How often the user has tried to interrupt it."""
    is_hopeless: bool = False
    """Whether the user was told that nothing but the end of crm will interrupt it."""
    was_ended: bool = False
    """Whether crm was ended for it, as the user wanted."""

    def take_evidence(self, text: str) -> None:
        """Note what crm shows after the line."""
        self.evidence = text


def plan(leaving: Leaving, level: Sequence[str], line: str, *, commit: bool) -> deque[TypedStep]:
    """Return how to leave ``configure`` without losing or keeping anything by accident.

    The changes are settled first, at ``configure`` itself, and left only then. So crm has nothing
    to ask; and when a commit fails they are still there, where crm's own "commit them? y" would
    have thrown them away.
    """
    below = list(level)[level.index("configure") + 1 :]
    settling = TypedStep("commit", must_settle=True, is_change=True)
    if not commit:
        settling = TypedStep("refresh", answer="y", must_settle=True)
    steps = deque([*(TypedStep("up") for _ in below), settling])
    if leaving.kind == "quit":
        steps.append(TypedStep("up"))
        return steps
    if below:
        steps.append(TypedStep(" ".join(below)))
    steps.append(TypedStep(line))
    return steps


def start(way: Sequence[str], learn: Callable[[str], None]) -> deque[TypedStep]:
    """Return what a new crm is told: which values are secret is asked, and it goes its ``way``."""
    return deque(
        [hidden(_OBSCURE_PATTERN, learn), *(TypedStep(line, is_shown=False) for line in way)]
    )


_WHOLE = "show xml obscure:"
"""With values that crm would show as stars: a password may be all that was changed."""


def first_look(then: Callable[[str], None]) -> tuple[TypedStep, ...]:
    """Return how to ask crm, at ``configure``, for the configuration as it is committed now.

    crm does not read the CIB again by itself as long as ``configure`` is open, but on ``refresh``.
    """
    return PROBE, hidden("show", then)


def compared(
    step: TypedStep, before: Callable[[str], None], after: Callable[[str], None]
) -> tuple[TypedStep, ...]:
    """Return ``step`` with a look at the whole configuration before it, and one after it."""
    return hidden(_WHOLE, before), step, hidden(_WHOLE, after)


def look(level: Sequence[str], then: Callable[[str], None], loaded: str = "") -> deque[TypedStep]:
    """Return how to ask crm, at or below ``configure``, for its configuration, and come back.

    Args:
        level: Where crm is.
        then: Called with the configuration.
        loaded: What is loaded in ``template``, which crm forgets when it leaves that level.
    """
    below = list(level)[level.index("configure") + 1 :]
    up = [hidden("up") for _ in below]
    back = [hidden(" ".join(below))] if below else []
    if loaded:
        back.append(hidden(f"load {loaded}"))
    return deque([*up, hidden("show", then), *back])
