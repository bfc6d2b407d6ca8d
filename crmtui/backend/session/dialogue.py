"""The dialogue with crm: what the user wants of it, and what it does, brought together.

A line goes out at crm's prompt only, an answer at its question only. What is uncommitted is never left
behind without a question, and comes back when crm dies. Everything here runs in the one thread that owns
the terminal.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from crmtui.backend.session.channel import Channel
from crmtui.backend.session.ctrl_c import Stopping
from crmtui.backend.session.events import EditorWanted, HintGiven, QuestionAsked, QuestionWithdrawn
from crmtui.backend.session.execution import LineExecution
from crmtui.backend.session.judge import Judge
from crmtui.backend.session.lifecycle import CrmLifecycle
from crmtui.backend.session.line_check import LineCheck
from crmtui.backend.session.state import SessionPhase, SessionState
from crmtui.backend.session.transcript import Transcript
from crmtui.backend.session.uncommitted.pending import Pending
from crmtui.backend.session.version_look import VersionLook

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.backend.approval.approval import Approval, ChangeRequest, LinePolicy
    from crmtui.backend.process.target import Target
    from crmtui.backend.session.events import SessionEvent
    from crmtui.crmsh.prompt import CrmQuestion


class Dialogue:
    """What crm was told, what it waits for, and what is to be told next.

    A line that is submitted while another runs waits its turn, and so do lines behind a question,
    whatever its answer; but when the user decides to stay, a commit fails, the gate holds a line
    back, crm is to be left or dies, the lines behind it are returned: they were typed for an outcome
    that did not come about. Of several lines submitted at once an error returns that line and the rest.

    Args:
        target: Where crm runs.
        gate: Says of each line whether it may be sent now.
        post: Called with what happens.
        hand_over: Lets the thread that owns the terminal do something.
        columns: The width that crm formats its lists to.
        is_kept: Whether uncommitted lines are written to a journal, and those left behind offered.
        is_looking: Whether the CIB is looked at to tell what came of a line.
    """

    def __init__(
        self,
        target: Target,
        gate: LinePolicy,
        post: Callable[[SessionEvent], None],
        hand_over: Callable[[Callable[[], None]], None],
        columns: int,
        *,
        is_kept: bool,
        is_looking: bool,
    ) -> None:
        self._post = post
        looks = VersionLook(target)
        self.pending = Pending(target, looks, is_kept=is_kept)
        transcript = Transcript(post)
        self.channel = Channel(target, transcript, self, columns)
        self._state = SessionState(self.channel, transcript, self.pending, post)
        judge = Judge(looks, is_looking=is_looking)
        self._checks = LineCheck(self._state, gate, looks, hand_over)
        self._turns = LineExecution(self._state, target, self._checks, judge)
        self._lifecycle = CrmLifecycle(self._state, self._turns.restaging, judge)
        self.stopping = Stopping(self._state)
        """Stops what runs."""

    @property
    def phase(self) -> SessionPhase:
        """How far it is."""
        return self._state.phase

    @property
    def is_at_work(self) -> bool:
        """Whether a line is on its way through crm."""
        return self._state.is_at_work

    # What the user wants

    def start(self) -> None:
        """Start crm, unless it runs."""
        self._lifecycle.start()

    def submit(self, lines: Sequence[str], approval: Approval | None = None) -> None:
        """Run ``lines``, submitted at once, when those before them are done; start a dead crm."""
        waiting = self._state.waiting
        waiting.add(lines, approval=approval)
        if self._state.phase == "dead" and waiting:
            self._lifecycle.revive()
        self._turns.next_line()

    def decide(self, request: ChangeRequest, approval: Approval | None) -> None:
        """Go on with the lines of ``request``, or not; what comes too late changes nothing."""
        self._checks.decide(request, approval)

    def answer(self, text: str) -> None:
        """Answer the question that is open; it is asked again if the answer cannot be taken."""
        state, question = self._state, self._state.question
        if question is None:
            self._post(HintGiven("No question is open."))
        elif not question.accepts(text):
            state.ask_again(f"Answer one of: {', '.join(question.choices)}.")
        elif state.own is not None:
            letter = text.strip().lower()[0]
            own, state.own = state.own, None
            state.transcript.show(f"{letter}\n")
            self._post(QuestionWithdrawn())
            own.decide(letter)
        elif self.channel.listening == "no":
            state.ask_again("Nobody reads the answer now, so it was not sent: wait, or try again.")
        else:
            self._post(QuestionWithdrawn())
            self._turns.reply(question, text)

    def editor_closed(self, succeeded: bool) -> None:
        """Let crm read what was edited, or drop it."""
        state = self._state
        if state.phase == "editing" and state.job is not None:
            state.job.answer = "" if succeeded else "n"
            self.channel.type("0" if succeeded else "1")
            state.be_busy()

    def interrupt(self) -> None:
        """Stop what runs, or withdraw from the open question; see `Stopping`."""
        state, question = self._state, self._state.question
        if state.phase == "checking":
            self._checks.stop()
        elif state.held is not None:
            self.decide(state.held.request, None)
        elif state.own is not None:
            self.answer(state.own.way_out)
        elif question is not None and "c" in question.choices:
            self.answer("c")
        else:
            if state.phase == "starting":
                self._turns.restaging.return_lines("crm has not started yet: not sent.")
            self.stopping.begin()

    def look_at_pending(self) -> None:
        """Post what waits for a commit, with what it makes of the committed configuration."""
        self._turns.look_at_pending()

    def deadline(self) -> float | None:
        """When, on the monotonic clock, ``look`` is due; None for never."""
        each = (self.channel.deadline(), self.stopping.due)
        return min((due for due in each if due is not None), default=None)

    def look(self, *, has_heard: bool) -> None:
        """Do what is due.

        Args:
            has_heard: Whether crm said something just now, and so there was no silence.
        """
        self.stopping.go_on()
        due = self.channel.deadline()
        if not has_heard and due is not None and time.monotonic() >= due:
            self.channel.look()

    def close(self, *, forgets: bool) -> None:
        """End crm without committing anything.

        Args:
            forgets: Whether nothing is wanted of what is uncommitted; else it stays in the journal.
        """
        self._checks.close()
        self._lifecycle.close(forgets=forgets)

    def give_up(self, defect: Exception) -> None:
        """End crm after a defect of ours, and say so; ``start`` and ``submit`` begin anew."""
        self._lifecycle.give_up(defect)

    # What crm does

    def at_prompt(self) -> None:
        """Go on with the next step, or end the line."""
        self._turns.at_prompt()

    def asked(self, question: CrmQuestion) -> None:
        """Pass a question on, unless its answer is known."""
        if not self._turns.replies(question):
            self._state.phase = "asking"
            self._post(QuestionAsked(question))

    def withdrawn(self) -> None:
        """Take back what seemed a question."""
        self._state.phase = "running"
        self._post(QuestionWithdrawn())

    def editor_wanted(self, path: str) -> None:
        """Let the application edit a file."""
        self._state.phase = "editing"
        self._post(EditorWanted(path))

    def ended(self, reason: str) -> None:
        """Take note that crm has gone, and start it again unless that is hopeless."""
        self._lifecycle.ended(reason)
