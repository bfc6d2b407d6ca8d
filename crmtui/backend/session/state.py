"""State of a session: its phase, the running job, and the open question or approval.

All parts of the dialogue share this state. It belongs to the one thread that owns the terminal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from crmtui.backend.session.events import ApprovalRequested, HintGiven, QuestionAsked
from crmtui.backend.session.line_queue import WaitingLines

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.backend.approval.held_line import HeldLine
    from crmtui.backend.session.channel import Channel
    from crmtui.backend.session.events import SessionEvent
    from crmtui.backend.session.job import Job
    from crmtui.backend.session.own_questions import OwnQuestion
    from crmtui.backend.session.transcript import Transcript
    from crmtui.backend.session.uncommitted.pending import Pending
    from crmtui.crmsh.prompt import CrmPrompt, CrmQuestion

SessionPhase = Literal[
    "starting", "idle", "running", "asking", "editing", "held", "checking", "dead"
]
"""Phase of a session: ``held`` waits for an approval, ``checking`` for the gate's second look."""


@dataclass(slots=True)
class SessionState:
    """State of a session."""

    channel: Channel
    """Channel to crm."""
    transcript: Transcript
    """Transcript of crm's output."""
    pending: Pending
    """Uncommitted lines."""
    post: Callable[[SessionEvent], None]
    """Receiver of the session's events."""
    waiting: WaitingLines = field(default_factory=WaitingLines)
    """Queue of submitted lines."""
    phase: SessionPhase = "starting"
    job: Job | None = None
    """Running job; None while crm is idle or dead."""
    own: OwnQuestion | None = None
    """Open question of crmtui; None for none."""
    held: HeldLine | None = None
    """Line that waits for an approval, or for the second look after it; None for none."""

    @property
    def is_at_work(self) -> bool:
        """True while a submitted line is held, checked or run."""
        is_running = self.job is not None and self.job.kind != "start"
        return is_running or self.held is not None

    @property
    def current(self) -> Job:
        """Running job, which must exist."""
        assert self.job is not None
        return self.job

    @property
    def here(self) -> CrmPrompt:
        """Current or last prompt of crm, which must exist."""
        assert self.channel.prompt is not None
        return self.channel.prompt

    @property
    def question(self) -> CrmQuestion | None:
        """Open question of crmtui or of crm; None for none."""
        return self.own.question if self.own is not None else self.channel.question

    def be_busy(self) -> None:
        """Enter the phase in which crm works."""
        self.phase = "starting" if self.current.kind == "start" else "running"

    def pose(self, text: str, own: OwnQuestion) -> None:
        """Ask a question of crmtui.

        Args:
            text: Text to show before the question.
            own: The question.
        """
        self.phase, self.own = "asking", own
        self.transcript.show_apart(text + own.question.text)
        self.post(QuestionAsked(own.question))

    def ask_again(self, hint: str) -> None:
        """Post the open question once more, since a view may have removed it with the first answer."""
        assert self.question is not None
        self.post(HintGiven(hint))
        self.post(QuestionAsked(self.question))

    def hold(self, held: HeldLine) -> None:
        """Hold a line, and request its approval."""
        self.phase, self.held = "held", held
        self.post(ApprovalRequested(held.request))
