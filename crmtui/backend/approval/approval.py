"""What is asked before lines change something, and the leave that is given for them."""

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
"""How a change is confirmed: by Enter, by ``y``, by typing a name."""


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """Lines that would change something, before they run."""

    lines: tuple[str, ...]
    """As they would be sent, in order."""
    level: tuple[str, ...] = ()
    """Where they would be typed."""
    origin: Origin = "typed"
    staged: tuple[str, ...] = ()
    """What they would commit with them."""
    is_unheard_of: bool = False
    """True where neither our table has the command nor the installed crm, if that can be asked."""

    def subject(self, known: Collection[str], cluster: str) -> str:
        """Return the name to type where a change has to be confirmed by one.

        Args:
            known: The names of nodes and resources.
            cluster: What stands for everything: the name of the cluster.
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
        """Whether it is lines of crm; what is taken back is described in words."""
        return self.origin in ("key", "typed")

    @property
    def is_mild(self) -> bool:
        """Whether the lines stop nothing by themselves, whatever else they do."""
        return all(parse(self.level, line).has("mild") for line in self.lines)


@dataclass(frozen=True, slots=True)
class Approval:
    """Lines may run: somebody saw what they would do, and said so."""

    request: ChangeRequest
    forecast: Forecast
    answers: str = ""
    """How a question of crm's begins that was answered with it; empty where crm is to ask."""
    number: int = field(default_factory=partial(next, count(1)), compare=False)
    """Another one for each leave of this run: what is noted of it later is found by it."""


@dataclass(frozen=True, slots=True)
class SeenAgain:
    """Result of a second look at the cluster, right before lines run."""

    objection: str = ""
    """Reason why what was confirmed holds no longer, as a sentence; empty while it holds."""
    version: CibVersion | None = None
    """The version that the CIB has in this moment; None where the look took longer."""


@dataclass(frozen=True, slots=True)
class SecondLook:
    """Second look at the cluster, without which an approval does not hold.

    It runs programs, a whole forecast perhaps: the thread that owns crm does not wait for it.
    """

    look: Callable[[], SeenAgain]


Verdict = str | ChangeRequest | SecondLook | None
"""None where a line may be sent now; why not, as a sentence; or what has to come first."""


class LinePolicy(Protocol):
    """Policy that says of each line whether it may be sent now; it answers at once."""

    def check(
        self,
        prompt: CrmPrompt,
        line: str,
        staged: Sequence[str],
        approval: Approval | None = None,
        seen: SeenAgain | None = None,
    ) -> Verdict:
        """Say whether ``line`` may be sent at ``prompt``.

        Args:
            prompt: Where it would be typed.
            line: The line.
            staged: What waits for a commit there.
            approval: The leave that was given for it, if any.
            seen: What the second look found that an earlier answer has asked for, if any.
        """


def confirmation_level(request: ChangeRequest, forecast: Forecast) -> ConfirmationLevel:
    """Return how a change is to be confirmed: by what it would do, not by its verb."""
    if forecast.unforeseeable is not None:
        # Most likely crm refuses what nobody has heard of: to type a name for that is no safety.
        return "y" if request.is_mild or request.is_unheard_of else "name"
    levels: dict[str, ConfirmationLevel] = {"none": "enter", "moves": "y", "loss": "name"}
    return levels[forecast.danger]


def needs_confirmation(
    kind: TargetKind, request: ChangeRequest, forecast: Forecast, *, is_reviewed: bool = False
) -> bool:
    """Say whether somebody has to be asked before the lines run.

    A key always shows what it stands for. A typed line was sent by Enter, which is all that is
    asked for where nothing moves. A sandbox asks as a cluster would, or it would rehearse something
    else; only what cannot be forecast can do no harm there, for a copy is all that it could change.

    Args:
        kind: What the lines would run on.
        request: The lines.
        forecast: What they would do.
        is_reviewed: Whether a form has just shown it, and was told to go on: in a sandbox that is
            enough where nothing would be lost.
    """
    if request.origin != "typed":
        return True
    if kind == "sandbox" and forecast.unforeseeable is not None:
        return False
    if kind == "sandbox" and is_reviewed:
        return forecast.danger == "loss"
    return confirmation_level(request, forecast) != "enter"
