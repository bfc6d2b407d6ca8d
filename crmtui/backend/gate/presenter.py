"""Presenter of a crm session: words each event once, for all frontends."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crmtui.backend.session.events import (
    ApprovalRequested,
    ChangeBegan,
    CommandFinished,
    CommandStarted,
    EditorWanted,
    HintGiven,
    LinesReturned,
    OutputArrived,
    PendingQueryBegan,
    PendingQueryEnded,
    PendingShown,
    QuestionAsked,
    QuestionWithdrawn,
    QuitRequested,
    SessionDied,
    SessionFailed,
    SessionStarted,
    SideSession,
    StepBegan,
    StepFinished,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.backend.gate.frontend import CrmState, Frontend
    from crmtui.backend.session.events import SessionEvent

Crm = Literal["warm", "side"]
"""The crm that typed lines go to, or one beside it for the line of a key."""

_LOOKING_AHEAD = "looking ahead> "
_STARTING = "starting crm> "
_NOT_RUNNING = "crm is not running> "
_LOOK = "The look at the uncommitted changes"
_IN_HISTORY = "They are in the history: clear the line and press Up."
NO_DIFFERENCE = "No object of the configuration differs."
"""Sentence in place of the differences that uncommitted lines make."""
TYPED_IN_ORDER = "Lines, in the order typed"
"""Heading of uncommitted lines."""


@dataclass(frozen=True, slots=True)
class RunningWork:
    """Line or query that a crm is running."""

    words: str
    """The line, or the beginning of a sentence about it."""
    since: float
    """Start on the presenter's clock, in seconds."""
    is_change: bool = False
    """True if the line changes the cluster."""


class Presenter:
    """Presenter of session events: turns each into calls of a frontend, in words of its own.

    Args:
        frontend: The frontend that shows the events.
        crm: State of the crm that typed lines go to.
        clock: Seconds from an arbitrary beginning.
    """

    def __init__(
        self, frontend: Frontend, crm: CrmState, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._frontend = frontend
        self._crm = crm
        self._clock = clock
        self._running: dict[Crm, tuple[str, float]] = {}
        self._changing: set[Crm] = set()

    @property
    def running(self) -> RunningWork | None:
        """Running work, that of the crm for typed lines first; None without any."""
        for crm in self._running:
            first: Crm = "warm" if "warm" in self._running else crm
            return RunningWork(*self._running[first], is_change=first in self._changing)
        return None

    def hear(self, event: SessionEvent) -> None:
        """Present an event of a session."""
        if isinstance(event, SideSession):
            self._show(event.event, "side")
        else:
            self._show(event, "warm")
            self._show_warm(event)

    def _show(self, event: SessionEvent, crm: Crm) -> None:
        """Present an event of either crm; the prompt stays as it is."""
        frontend = self._frontend
        match event:
            case OutputArrived(text, is_error):
                frontend.show_output(text, is_error=is_error)
            case CommandStarted(prompt, line):
                frontend.begin_line(prompt.text, line, is_step=False)
                self._running[crm] = (line, self._clock())
            case StepBegan(prompt, line):
                frontend.begin_line(prompt.text, line, is_step=True)
            case StepFinished(line, outcome, seconds):
                frontend.finish_line(line, outcome, seconds, is_step=True)
            case ChangeBegan():
                self._changing.add(crm)
            case PendingQueryBegan():
                self._running[crm] = (_LOOK, self._clock())
            case PendingQueryEnded():
                self._end_work(crm)
            case CommandFinished(reply):
                self._end_work(crm)
                frontend.finish_line(reply.line, reply.outcome, reply.seconds, is_step=False)
            case QuestionAsked(question):
                frontend.ask(question)
            case QuestionWithdrawn():
                frontend.stop_asking()
            case EditorWanted(path):
                frontend.edit(path)
            case HintGiven(text):
                frontend.say(text, "note")
            case LinesReturned(lines, reason):
                frontend.say(reason, "warning")
                self.give_back(frontend.typed_of(lines))
            case SessionDied():
                self._end_work(crm)
                self._tell_death(event, crm)
            case SessionFailed(error):
                frontend.fail(error)

    def _show_warm(self, event: SessionEvent) -> None:
        """Present the change of an event for the next typed line."""
        frontend = self._frontend
        match event:
            case CommandStarted(prompt):
                here = prompt.with_count(self._crm.uncommitted)
                frontend.show_prompt(here, is_waiting=True)
            case CommandFinished():
                self.show_prompt()
            case QuitRequested():
                frontend.quit()
            case PendingShown():
                frontend.show_pending(event)
            case ApprovalRequested(request):
                frontend.show_prompt(_LOOKING_AHEAD, is_waiting=True)
                frontend.ask_approval(request)
            case LinesReturned() if self._crm.is_at_work:
                return  # the line before them still runs or asks
            case SessionStarted() | LinesReturned():
                self.show_prompt()
            case SessionDied():
                frontend.show_prompt(_STARTING, is_waiting=True)
            case SessionFailed():
                frontend.show_prompt(_NOT_RUNNING, is_waiting=True)

    def show_prompt(self) -> None:
        """Show the prompt of the next line, if known."""
        if self._crm.prompt is not None:
            here = self._crm.prompt.with_count(self._crm.uncommitted)
            self._frontend.show_prompt(here, is_waiting=False)

    def give_back(self, lines: Sequence[str], *, are_named: bool = False) -> None:
        """Give unsent lines back to the user, and say where the lines are.

        Args:
            lines: The lines.
            are_named: True if the output shows the lines already.
        """
        kept = self._frontend.give_back(lines) if lines else "line"
        if kept == "history":
            self._frontend.say(_IN_HISTORY, "note")
        elif kept == "nowhere" and not are_named:
            shown = "; ".join(map(self._crm.masked, lines))
            self._frontend.say(f"The line was: {shown}", "note")

    def _end_work(self, crm: Crm) -> None:
        self._running.pop(crm, None)
        self._changing.discard(crm)

    def _tell_death(self, event: SessionDied, crm: Crm) -> None:
        frontend = self._frontend
        frontend.say(event.reason, "error")
        if event.line:
            frontend.say(f"It was running: {event.line}", "error")
        if event.staged:
            frontend.say(event.fate, "warning")
            frontend.say("\n".join(event.staged), "plain")
        if event.will_restart and crm == "warm":
            where = " ".join(event.level) or "the top level"
            frontend.say(f"It is started again, at {where}.", "note")
        unsent = frontend.typed_of(event.unsent)
        if unsent:
            frontend.say("These lines were not sent:", "warning")
            frontend.say("\n".join(map(self._crm.masked, unsent)), "plain")
        self.give_back(unsent, are_named=True)


def pending_title(pending: PendingShown) -> str:
    """Return the number of uncommitted changes, as a heading."""
    count = len(pending.lines)
    if not count:
        return "There are no uncommitted changes."
    lines = f"{count} line{'s' * (count != 1)}"
    changed = len(pending.differences)
    if not changed:
        return f"Uncommitted: {lines}"
    return f"Uncommitted: {changed} changed object{'s' * (changed != 1)}, by {lines}"


def pending_place(pending: PendingShown) -> str:
    """Return the place where uncommitted lines are kept, as a sentence."""
    if pending.trouble:
        return f"Not saved on disk, only in memory: {pending.trouble}"
    return "Kept in a private journal: safe if crm, crmtui or this terminal ends."
