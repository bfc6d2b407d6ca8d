"""Approval of lines that change something: the request, its confirmation level, the approval itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Literal, Protocol

from crmtui.crmsh.line import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from crmtui.backend.process.target import TargetKind
    from crmtui.cib.version import CibVersion
    from crmtui.crmsh.prompt import CrmPrompt
    from crmtui.forecast.model import Forecast

Origin = Literal["key", "typed", "undo", "redo"]
ConfirmationLevel = Literal["enter", "y", "name"]
"""Key that confirms a change: Enter, ``y``, or a typed name."""


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """Lines that would change something, before they run."""

    lines: tuple[str, ...]
    """Lines to send, in order."""
    level: tuple[str, ...] = ()
    """crm level of the lines, the outermost first."""
    origin: Origin = "typed"
    staged: tuple[str, ...] = ()
    """Staged lines that the lines would commit, too."""
    is_unheard_of: bool = False
    """True if neither our table nor the installed crm, if known, has the command."""

    def subject(self, known: Collection[str], cluster: str) -> str:
        """Return the name to type for a confirmation by name.

        Args:
            known: Names of nodes and resources.
            cluster: Name of the cluster, for changes of more than one object.
        """
        if not self.is_crm:
            return cluster
        words = {
            word
            for line in self.lines
            for word in parse(self.level, line).arguments
            if word in known
        }
        if len(words) == 1:
            return words.pop()
        only = parse(self.level, self.lines[0])
        is_one = len(self.lines) == 1 and not only.has("several")
        first = only.arguments[0] if only.arguments else ""
        return first if is_one and first in words else cluster

    @property
    def is_crm(self) -> bool:
        """True for lines of crm; the lines of an undo or redo are descriptions."""
        return self.origin in ("key", "typed")

    @property
    def is_mild(self) -> bool:
        """True if the lines by themselves stop no resource."""
        return all(parse(self.level, line).has("mild") for line in self.lines)


@dataclass(frozen=True, slots=True)
class Approval:
    """Approval of a change request by a user who has read its forecast."""

    request: ChangeRequest
    forecast: Forecast
    answers: str = ""
    """First words of a question of crm's that the approval answers; empty if crm is to ask."""
    number: int = field(default_factory=partial(next, count(1)), compare=False)
    """Number of the approval in this process, by which the auditor finds it later."""


@dataclass(frozen=True, slots=True)
class SeenAgain:
    """Result of the second look at the cluster, right before lines run."""

    objection: str = ""
    """Reason why the confirmed forecast no longer holds, as a sentence; empty while it holds."""
    version: CibVersion | None = None
    """Version of the CIB at this moment; None if the look took longer."""


@dataclass(frozen=True, slots=True)
class SecondLook:
    """Second look at the cluster, which each approval needs right before its lines run.

    The look runs programs, perhaps for a whole forecast, so the thread that owns crm never waits for it.
    """

    look: Callable[[], SeenAgain]


GateVerdict = str | ChangeRequest | SecondLook | None
"""None to send the line now; a sentence to refuse it; else the request or look that must come first."""


class LinePolicy(Protocol):
    """Policy that allows or refuses each line, at once and without running a program."""

    def check(
        self,
        prompt: CrmPrompt,
        line: str,
        staged: Sequence[str],
        approval: Approval | None = None,
        seen: SeenAgain | None = None,
    ) -> GateVerdict:
        """Return the verdict on a line.

        Args:
            prompt: Prompt of crm at which the line would be sent.
            line: Line to send.
            staged: Staged lines that wait there for a commit.
            approval: Approval of the line, if any.
            seen: Result of the second look that an earlier verdict asked for, if any.
        """


def confirmation_level(request: ChangeRequest, forecast: Forecast) -> ConfirmationLevel:
    """Return the confirmation level of a change, by its forecast and not by its verb."""
    if forecast.unforeseeable is not None:
        # crm most likely refuses an unknown command, so a typed name would add no safety.
        return "y" if request.is_mild or request.is_unheard_of else "name"
    levels: dict[str, ConfirmationLevel] = {"none": "enter", "moves": "y", "loss": "name"}
    return levels[forecast.danger]


def needs_confirmation(
    kind: TargetKind, request: ChangeRequest, forecast: Forecast, *, is_reviewed: bool = False
) -> bool:
    """Return True if the lines need a confirmation before they run.

    A key always needs one, to show its lines. A typed line was confirmed by Enter, which is enough if
    nothing moves. A sandbox asks like a real cluster, as it is for practice. Lines without a forecast
    are the exception: they can only change the copy.

    Args:
        kind: Kind of target that the lines run on.
        request: Lines to run.
        forecast: Forecast of the lines.
        is_reviewed: True if a form has just shown the forecast. In a sandbox that is enough unless a
            service would be lost.
    """
    if request.origin != "typed":
        return True
    if kind == "sandbox" and forecast.unforeseeable is not None:
        return False
    if kind == "sandbox" and is_reviewed:
        return forecast.danger == "loss"
    return confirmation_level(request, forecast) != "enter"
