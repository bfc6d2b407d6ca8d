"""Confirmation of lines before they run: one value that dialog and bare terminal show alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.backend.approval.approval import confirmation_level, needs_confirmation
from crmtui.forecast.forecast_report import blocked, side_tables, table, to_text
from crmtui.text import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from crmtui.backend.approval.approval import ChangeRequest, ConfirmationLevel
    from crmtui.backend.process.target import Target, TargetKind
    from crmtui.cluster.model import Cluster
    from crmtui.forecast.model import Forecast

COMING = "Asking the scheduler what this would do …"
"""Sentence in place of a forecast that is not known yet."""
LATE_SECONDS = 2.0
"""Seconds after which a forecast counts as late."""
_LATE = "The forecast is late: the scheduler has not answered yet. {} cancels."
_YES = ("y", "Y", "o", "O", "j", "J", "a", "A")
"""Key that confirms a move of services, and substitutes for one that asked."""
_BACK = {"undo": "undo:", "redo": "redo:"}
"""Introduction of a difference of the configuration, by the origin of the request."""


def late(key: str) -> str:
    """Return the sentence about a late forecast; ``key`` gives the request up."""
    return _LATE.format(key)


def forecast_note(forecast: Forecast) -> str:
    """Return the note about lines that run; empty if no forecast is possible."""
    return forecast.headline if forecast.unforeseeable is None else ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Lines that may have to be confirmed, as they are shown before their forecast is known."""

    request: ChangeRequest
    kind: TargetKind
    where: str
    """Name of the cluster with its badge."""
    name: str
    """Name to type if nothing less confirms the lines."""
    shown: tuple[str, ...]
    """Lines to show, the staged ones first; secrets are masked."""
    asked_by: tuple[str, ...] = ()
    """Keys that asked, in Textual's names; none of them confirms."""
    remarks: tuple[str, ...] = ()
    """Further sentences to read before the decision."""
    is_reviewed: bool = False
    """True if a form has just shown the effect of typed lines."""

    @property
    def title(self) -> str:
        """Question above the lines."""
        return f"Run on {self.where}?"

    @property
    def lines(self) -> tuple[str, ...]:
        """Lines with their introduction, such as ``crm configure``."""
        request = self.request
        before = " ".join(("crm", *request.level)) if request.is_crm else _BACK[request.origin]
        return tuple(f"{before} {line}" for line in self.shown)

    @property
    def not_run(self) -> str:
        """Sentence after the lines were declined."""
        return f"Not run: {'; '.join(self.shown[len(self.request.staged) :])}"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Confirmation of lines: their texts, and the answer that confirms."""

    proposal: Proposal
    forecast: Forecast
    level: ConfirmationLevel
    word: str
    """Answer that confirms: the name of a key, or the name to type."""

    def accepts(self, answer: str) -> bool:
        """Return True if ``answer``, typed on a line, confirms."""
        return answer.strip() == (
            "" if self.level == "enter" and self.word == "enter" else self.word
        )

    @property
    def summary(self) -> str:
        """Effect of the lines, as a sentence."""
        return sentence(self.forecast.summary)

    @property
    def side_notes(self) -> tuple[str, ...]:
        """Actions that happen anyway or are prevented, each as a sentence."""
        return tuple(f"{each}." for each in self.forecast.side_notes)

    @property
    def details(self) -> str:
        """Tables, caveats and remarks below the sentences, for a dialog beside the lists."""
        forecast = self.forecast
        blocks = (
            "\n".join(table(forecast.actions)) if len(forecast.actions) > 1 else "",
            "\n".join(blocked(forecast)),
            "\n".join(side_tables(forecast)),
            "\n".join((*forecast.caveats, *self.proposal.remarks)),
        )
        return "\n\n".join(filter(None, blocks))

    @property
    def report(self) -> str:
        """Text above the question on a bare terminal, which has no lists beside it."""
        lines = "\n".join(f"    {line}" for line in self.proposal.lines)
        blocks = (f"{self.proposal.title}\n{lines}", to_text(self.forecast))
        return "\n\n".join((*blocks, *filter(None, ("\n".join(self.proposal.remarks),)))) + "\n"

    @property
    def question(self) -> str:
        """Question on a bare terminal."""
        how = "Press Enter" if self.accepts("") else f"Type {self.word}"
        return f"{how} to run it, anything else not to: "


def propose(
    request: ChangeRequest,
    target: Target,
    cluster: Cluster | None,
    masked: Callable[[str], str],
    *,
    asked_by: Iterable[str] = ("enter",),
    remarks: Iterable[str] = (),
    is_reviewed: bool = False,
) -> Proposal:
    """Return the proposal for a request, with all texts to show.

    Args:
        request: Lines that would change something.
        target: Place where they would run.
        cluster: Last snapshot of it; None before the first.
        masked: Masks secrets in a line.
        asked_by: Keys that asked; Enter for a typed line.
        remarks: Further sentences.
        is_reviewed: True if a form has just shown the effect of typed lines.
    """
    name = (cluster.name if cluster is not None else "") or target.name
    known = cluster.names if cluster is not None else frozenset[str]()
    return Proposal(
        request,
        target.kind,
        f"{target.kind.upper()} {name}",
        request.subject(known, name),
        tuple(map(masked, (*request.staged, *request.lines))),
        tuple(asked_by),
        tuple(remarks),
        is_reviewed,
    )


def confirmation(proposal: Proposal, forecast: Forecast) -> Confirmation | None:
    """Return the question to ask before the lines run; None if they may run unasked."""
    request = proposal.request
    if not needs_confirmation(proposal.kind, request, forecast, is_reviewed=proposal.is_reviewed):
        return None
    level = confirmation_level(request, forecast)
    if level == "name":
        return Confirmation(proposal, forecast, level, proposal.name)
    keys = ("enter", *_YES) if level == "enter" else _YES
    word = next(key for key in keys if key not in proposal.asked_by)
    return Confirmation(proposal, forecast, level, word)
