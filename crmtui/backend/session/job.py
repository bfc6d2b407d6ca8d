"""Job of crm: a submitted line with the steps that it takes, and their outcome."""

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
    """Step of a job: a line to type at the prompt."""

    line: str
    answer: str = ""
    """Answer in the user's place to a question of the line; empty to ask the user."""
    to: str = ""
    """Start of the question that ``answer`` is for; empty for any question."""
    must_settle: bool = False
    """True if later steps require that no line is uncommitted any more."""
    is_shown: bool = True
    """True to show the line in the output, since the user has not typed it."""
    is_muted: bool = False
    """True to keep crm's reply out of the output."""
    then: Callable[[str], None] | None = None
    """Receiver of crm's reply to a muted line."""
    is_change: bool = False
    """True if the change of the job begins with this step."""


PROBE = TypedStep("refresh", answer="n", is_shown=False, is_muted=True)
"""Step that finds out if crm has uncommitted changes: only then does ``refresh`` ask a question.

The answer ``n`` keeps the changes (tried out on crmsh 4.4.1 and 5.0). Without changes, ``refresh`` just
reads the CIB again."""
_OBSCURE_PATTERN = "options show core.obscure_pattern"


def hidden(line: str, then: Callable[[str], None] | None = None) -> TypedStep:
    """Return a step that the user does not see."""
    return TypedStep(line, is_shown=False, is_muted=True, then=then)


@dataclass(slots=True)
class Job:
    """Job of crm: a submitted line, or an internal task of crmtui."""

    line: str = ""
    """Line to show, secrets masked."""
    kind: Literal["line", "start", "query"] = "line"
    """Kind of job: a submitted line, the start of crm, or a query for the uncommitted changes."""
    waiting: WaitingLine = field(default_factory=lambda: WaitingLine("", 0))
    """Line as submitted, secrets included."""
    was_checked: bool = False
    """True once the configuration was compared before the commit of this job."""
    change: ChangeBegan | None = None
    """Event to post when the change begins; None without a change, and once it has begun."""
    steps: deque[TypedStep] = field(default_factory=deque)
    """Steps that are still to be typed."""
    step: TypedStep | None = None
    """Step that was typed last."""
    level: tuple[str, ...] = ()
    """Level that this step was typed at."""
    leaving: Leaving | None = None
    """Exit from ``configure`` by the line, at which uncommitted changes need a decision; else None."""
    quits: bool = False
    """True if the line asks crmtui to quit."""
    answer: str = ""
    """Last answer in this step."""
    inner: str = ""
    """Line that changes the cluster before the line itself: the commit at an exit from ``configure``."""
    outcome: Outcome | None = None
    """Outcome of the change; None until it is known."""
    version: CibVersion | None = None
    """Version of the CIB after the change; None if unknown."""
    evidence: str = ""
    """Output of the line that verifies the effect of this one."""
    began: float = 0.0
    """Monotonic time at which the last step was typed."""
    was_called_off: bool = False
    """True if the user, asked by crmtui, chose to change nothing."""
    is_change: bool = False
    """True if the job changes the cluster, so that an early end would leave half a change."""
    has_begun: bool = False
    """True once the line itself was typed, not only crmtui's queries before it."""
    interrupts: int = 0
    """Number of times that the user has pressed Ctrl-C."""
    is_hopeless: bool = False
    """True once the user was warned that only the end of crm stops this job."""
    was_ended: bool = False
    """True if the user has ended crm to stop this job."""

    def take_evidence(self, text: str) -> None:
        """Keep the output of the line that verifies the effect."""
        self.evidence = text


def plan(leaving: Leaving, level: Sequence[str], line: str, *, commit: bool) -> deque[TypedStep]:
    """Return the steps of an exit from ``configure`` that neither loses nor keeps changes by accident.

    The changes are committed or dropped at ``configure`` itself, before the exit. So crm asks nothing,
    and the changes survive a failed commit. A "y" to crm's own question would drop them then.

    Args:
        leaving: Exit that the line makes.
        level: Current level of crm, at or below ``configure``.
        line: Line as submitted.
        commit: True to commit the changes, False to drop them.
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
    """Return the first steps of a new crm: ask for the pattern of secrets, then go to a level.

    Args:
        way: Lines that enter the shadow CIB and the level.
        learn: Receiver of crm's answer about secrets.
    """
    return deque(
        [hidden(_OBSCURE_PATTERN, learn), *(TypedStep(line, is_shown=False) for line in way)]
    )


_WHOLE = "show xml obscure:"
"""Line that shows the configuration with its secrets, since a password may be the only change."""


def committed_steps(then: Callable[[str], None]) -> tuple[TypedStep, ...]:
    """Return the steps that ask crm, at ``configure``, for the committed configuration.

    The first step is a ``refresh``, since crm does not read the CIB again while ``configure`` is open.
    """
    return PROBE, hidden("show", then)


def compared(
    step: TypedStep, before: Callable[[str], None], after: Callable[[str], None]
) -> tuple[TypedStep, ...]:
    """Return ``step`` between two queries for crm's whole configuration."""
    return hidden(_WHOLE, before), step, hidden(_WHOLE, after)


def configuration_steps(
    level: Sequence[str], then: Callable[[str], None], loaded: str = ""
) -> deque[TypedStep]:
    """Return the steps from a level at or below ``configure`` to crm's configuration, and back.

    Args:
        level: Current level of crm.
        then: Receiver of the configuration.
        loaded: Configuration loaded in ``template``, which crm forgets outside of that level.
    """
    below = list(level)[level.index("configure") + 1 :]
    up = [hidden("up") for _ in below]
    back = [hidden(" ".join(below))] if below else []
    if loaded:
        back.append(hidden(f"load {loaded}"))
    return deque([*up, hidden("show", then), *back])
