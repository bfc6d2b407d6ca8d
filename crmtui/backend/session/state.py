"""The course of a dialogue with crm: what it has come to, and what is open.

Whoever takes part in the dialogue shares it; everything in it belongs to the one thread that owns the
terminal.
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
    from crmtui.backend.session.own_questions import Own
    from crmtui.backend.session.transcript import Transcript
    from crmtui.backend.session.uncommitted.pending import Pending
    from crmtui.crmsh.prompt import CrmPrompt, CrmQuestion

SessionPhase = Literal[
    "starting", "idle", "running", "asking", "editing", "held", "checking", "dead"
]
"""``held`` waits for an approval, ``checking`` for the gate's second look."""


@dataclass(slots=True)
class SessionState:
    """How far the dialogue is."""

    channel: Channel
    """What is typed to crm."""
    transcript: Transcript
    """What crm said."""
    pending: Pending
    """What waits for a commit."""
    post: Callable[[SessionEvent], None]
    """Called with what happens."""
    waiting: WaitingLines = field(default_factory=WaitingLines)
    """What was submitted and waits for its turn."""
    phase: SessionPhase = "starting"
    job: Job | None = None
    """What crm works for; None while it is idle or gone."""
    own: Own | None = None
    """The question of ours that is open."""
    held: HeldLine | None = None
    """What waits for leave, or for the second look that follows it."""

    @property
    def is_at_work(self) -> bool:
        """Whether a line is on its way through crm."""
        is_on_its_way = self.job is not None and self.job.kind != "start"
        return is_on_its_way or self.held is not None

    @property
    def current(self) -> Job:
        """What crm works for; there must be something."""
        assert self.job is not None
        return self.job

    @property
    def here(self) -> CrmPrompt:
        """The prompt that crm is at, or was at last; there must have been one."""
        assert self.channel.prompt is not None
        return self.channel.prompt

    @property
    def question(self) -> CrmQuestion | None:
        """The question that is open, ours or crm's."""
        return self.own.question if self.own is not None else self.channel.question

    def be_busy(self) -> None:
        """Note that crm works."""
        self.phase = "starting" if self.current.kind == "start" else "running"

    def pose(self, text: str, own: Own) -> None:
        """Ask a question of our own, behind ``text``."""
        self.phase, self.own = "asking", own
        self.transcript.show_apart(text + own.question.text)
        self.post(QuestionAsked(own.question))

    def ask_again(self, hint: str) -> None:
        """Ask once more, since whoever answers may have put the question away already."""
        assert self.question is not None
        self.post(HintGiven(hint))
        self.post(QuestionAsked(self.question))

    def hold(self, held: HeldLine) -> None:
        """Wait for leave."""
        self.phase, self.held = "held", held
        self.post(ApprovalRequested(held.request))
