"""Dialogue with crm: brings the user's requests and crm's prompts and questions together.

Lines are typed only at crm's prompt, answers only at its question. Uncommitted lines are never left
without a question, and are staged again after crm has died. Everything runs in the one thread that owns
the terminal.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from crmtui.backend.session.channel import Channel
from crmtui.backend.session.ctrl_c import Interruption
from crmtui.backend.session.events import EditorWanted, HintGiven, QuestionAsked, QuestionWithdrawn
from crmtui.backend.session.execution import LineExecution
from crmtui.backend.session.judge import Judge
from crmtui.backend.session.lifecycle import CrmLifecycle
from crmtui.backend.session.line_check import LineCheck
from crmtui.backend.session.state import SessionPhase, SessionState
from crmtui.backend.session.transcript import Transcript
from crmtui.backend.session.uncommitted.pending import Pending
from crmtui.backend.session.version_query import VersionQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.backend.approval.approval import Approval, ChangeRequest, LinePolicy
    from crmtui.backend.process.target import Target
    from crmtui.backend.session.events import SessionEvent
    from crmtui.crmsh.prompt import CrmQuestion


class Dialogue:
    """Dialogue with one crm after another.

    Lines submitted while another one runs, or while a question is open, wait for their turn. The
    session returns them unsent when the line before them does not succeed as expected. That is so when:

    - the user chooses to stay at uncommitted changes;
    - a commit fails;
    - the gate refuses a line;
    - the user quits, or crm dies.

    An error in one of several lines submitted at once returns that line and the rest.

    Args:
        target: The target that crm runs on.
        gate: Check of each line right before it is sent.
        post: Receiver of the session's events.
        hand_over: Queues a call for the thread that owns the terminal.
        columns: Width of crm's lists, in characters.
        is_kept: True to write uncommitted lines to a journal, and to offer those of earlier sessions.
        is_comparing: True to query the CIB before and after a change, which tells its outcome.
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
        is_comparing: bool,
    ) -> None:
        self._post = post
        versions = VersionQuery(target)
        self.pending = Pending(target, versions, is_kept=is_kept)
        transcript = Transcript(post)
        self.channel = Channel(target, transcript, self, columns)
        self._state = SessionState(self.channel, transcript, self.pending, post)
        judge = Judge(versions, is_comparing=is_comparing)
        self._checks = LineCheck(self._state, gate, versions, hand_over)
        self._execution = LineExecution(self._state, target, self._checks, judge)
        self._lifecycle = CrmLifecycle(self._state, self._execution.restaging, judge)
        self.interruption = Interruption(self._state)
        """Interruption of the running line."""

    @property
    def phase(self) -> SessionPhase:
        """Phase of the session."""
        return self._state.phase

    @property
    def is_at_work(self) -> bool:
        """True while a submitted line is held, checked or run."""
        return self._state.is_at_work

    # Requests of the user

    def start(self) -> None:
        """Start crm, unless it runs."""
        self._lifecycle.start()

    def submit(self, lines: Sequence[str], approval: Approval | None = None) -> None:
        """Run ``lines``, submitted at once, after all lines before them; start a dead crm."""
        waiting = self._state.waiting
        waiting.add(lines, approval=approval)
        if self._state.phase == "dead" and waiting:
            self._lifecycle.revive()
        self._execution.next_line()

    def decide(self, request: ChangeRequest, approval: Approval | None) -> None:
        """Run or return the lines of ``request``; a decision that comes too late changes nothing."""
        self._checks.decide(request, approval)

    def answer(self, text: str) -> None:
        """Answer the open question, which is asked again after an invalid answer."""
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
            self._execution.reply(question, text)

    def editor_closed(self, succeeded: bool) -> None:
        """Let crm read what was edited, or drop it."""
        state = self._state
        if state.phase == "editing" and state.job is not None:
            state.job.answer = "" if succeeded else "n"
            self.channel.type("0" if succeeded else "1")
            state.be_busy()

    def interrupt(self) -> None:
        """Stop the running line, or cancel the open question; see `Interruption`."""
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
                self._execution.restaging.return_lines("crm has not started yet: not sent.")
            self.interruption.begin()

    def look_at_pending(self) -> None:
        """Post the uncommitted lines, and the changes that they make to the committed configuration."""
        self._execution.look_at_pending()

    def deadline(self) -> float | None:
        """Return the monotonic time at which ``go_on`` is due; None for never."""
        each = (self.channel.deadline(), self.interruption.due)
        return min((due for due in each if due is not None), default=None)

    def go_on(self, *, has_heard: bool) -> None:
        """Take the steps that are due: of the interruption, and after a silence of crm.

        Args:
            has_heard: True if output has just arrived, so that crm was not silent.
        """
        self.interruption.go_on()
        due = self.channel.deadline()
        if not has_heard and due is not None and time.monotonic() >= due:
            self.channel.examine()

    def close(self, *, forgets: bool) -> None:
        """End crm without committing anything.

        Args:
            forgets: True to drop the uncommitted lines; otherwise they stay in the journal.
        """
        self._checks.close()
        self._lifecycle.close(forgets=forgets)

    def give_up(self, defect: Exception) -> None:
        """End crm after a defect of crmtui, and report it; ``start`` and ``submit`` start crm again."""
        self._lifecycle.give_up(defect)

    # Events of the channel

    def at_prompt(self) -> None:
        """Type the next step of the line, or finish the line."""
        self._execution.at_prompt()

    def asked(self, question: CrmQuestion) -> None:
        """Answer the question of crm if its answer is known; otherwise post it."""
        if not self._execution.replies(question):
            self._state.phase = "asking"
            self._post(QuestionAsked(question))

    def withdrawn(self) -> None:
        """Withdraw the posted question."""
        self._state.phase = "running"
        self._post(QuestionWithdrawn())

    def editor_wanted(self, path: str) -> None:
        """Let the application edit a file."""
        self._state.phase = "editing"
        self._post(EditorWanted(path))

    def ended(self, reason: str) -> None:
        """Report the end of crm, and start it again unless it keeps dying."""
        self._lifecycle.ended(reason)
