"""The one door out: whatever is to run on a cluster, typed or made by a key, is a line given here."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

from crmtui.backend.gate.open_questions import OpenQuestions
from crmtui.backend.session.events import (
    CommandFinished,
    HintGiven,
    LinesReturned,
    SessionDied,
    SessionFailed,
    SideSession,
)
from crmtui.backend.session.session import CrmSession
from crmtui.text import MARK, told_bytes, without_strays

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.backend.approval.approval import Approval, ChangeRequest
    from crmtui.backend.gate.audit import Auditor
    from crmtui.backend.gate.gate import Gate
    from crmtui.backend.process.target import Target
    from crmtui.backend.session.events import SessionEvent
    from crmtui.crmsh.prompt import CrmPrompt, CrmQuestion

_LAST = (CommandFinished, LinesReturned, SessionDied, SessionFailed)
"""With one of these a line is done with, and so is a session that was made for it."""

_NOT_UTF8 = "Not sent: it has bytes that are not UTF-8 ({}), shown as {}. Correct them."


class CommandDispatcher:
    """Passes lines to crm.

    Typed lines go to one warm crm. A line made by a key is meant for the cluster and for crm's root;
    where the warm crm is elsewhere, at another level with uncommitted changes perhaps, or on a shadow
    CIB, the line gets a crm of its own beside it, so that it neither means something else there nor
    disturbs what is being done. Of several open questions one is asked at a time, and what such a crm
    tells comes as an `SideSession`: it says nothing of the crm that typed lines go to.

    Args:
        target: Where crm runs.
        gate: Says of each line whether it may be sent now.
        post: Called with each event, from the threads of the sessions.
        auditor: Notes what changes.
        columns: The width of what shows the output, in characters.
        is_kept: Whether uncommitted lines outlive the program; those that did are offered.
    """

    def __init__(
        self,
        target: Target,
        gate: Gate,
        post: Callable[[SessionEvent], None],
        *,
        auditor: Auditor | None = None,
        columns: int = 100,
        is_kept: bool = False,
    ) -> None:
        self._target = target
        self.gate = gate
        self._auditor = auditor
        self._post = post
        self._columns = columns
        self._lock = threading.Lock()
        self._main = self._session(is_kept=is_kept)
        self._side_sessions: dict[CrmSession, int] = {}
        """The sessions beside the warm one, with how many of their lines are not done."""
        self._questions = OpenQuestions()

    def _session(self, *, is_kept: bool = False) -> CrmSession:
        made: CrmSession = CrmSession(
            self._target,
            self.gate.for_session(),
            lambda event: self._heard(made, event),
            columns=self._columns,
            is_kept=is_kept,
            is_comparing=True,
        )
        return made

    @property
    def prompt(self) -> CrmPrompt | None:
        """The prompt of the warm crm; None before it first showed one."""
        return self._main.prompt

    @property
    def level(self) -> tuple[str, ...]:
        """Where typed lines run."""
        return self._main.prompt.level if self._main.prompt is not None else ()

    @property
    def staged(self) -> tuple[str, ...]:
        """The lines that wait for a commit, secrets masked."""
        return self._main.staged

    @property
    def uncommitted(self) -> int | None:
        """The number of objects that a commit would change; None where it is not known."""
        return self._main.uncommitted

    @property
    def replaceable(self) -> frozenset[str]:
        """The ids of uncommitted objects that a corrected line replaces."""
        return self._main.replaceable

    @property
    def is_busy(self) -> bool:
        """Whether a line is running or waits for an answer."""
        return self._main.is_at_work or bool(self._side_sessions)

    @property
    def is_at_work(self) -> bool:
        """Whether a typed line is running, or waits for an answer or for leave."""
        return self._main.is_at_work

    def masked(self, line: str) -> str:
        """Return ``line`` without what is secret by crm's options: so it may be kept and shown."""
        return self._main.masked(line)

    def start(self) -> None:
        """Start the warm crm; its prompt comes as an event."""
        self._main.start()

    def submit(self, line: str) -> None:
        """Run a typed line at the level that crm is at.

        One that is not UTF-8 is returned: crm would get something else than was typed.
        """
        clean, strays = without_strays(line)
        if strays:
            self._post(LinesReturned((clean,), _NOT_UTF8.format(told_bytes(strays), MARK)))
        else:
            self._main.submit(line)

    def decide(self, request: ChangeRequest, approval: Approval | None) -> None:
        """Let the lines that a `LeaveAsked` holds run, or return them."""
        for session in (self._main, *self._running_side_sessions()):
            session.decide(request, approval)

    def submit_at_root(self, approval: Approval) -> None:
        """Run lines of crm's root on the cluster itself, wherever the warm crm is.

        Args:
            approval: The leave that was given for them.
        """
        if self._main.prompt is None:
            self._run_side_session(approval)
        else:
            text = "\n".join(approval.request.lines)
            self._main.submit_at_root(text, approval, partial(self._run_side_session, approval))

    def _run_side_session(self, approval: Approval) -> None:
        side_session = self._session()
        with self._lock:
            self._side_sessions[side_session] = len(approval.request.lines)
        side_session.start()
        side_session.submit("\n".join(approval.request.lines), approval)

    def answer(self, text: str, question: CrmQuestion | None = None) -> None:
        """Answer the question that is asked.

        Args:
            text: The answer.
            question: The question that it was given to: another one may be asked by now, which it is
                no answer to. None for whatever is asked.
        """
        with self._lock:
            asked = self._questions.asked
        if asked is None:
            self._main.answer(text)
        elif question is None or question is asked[1].question:
            asked[0].answer(text)
        else:
            self._post(HintGiven("That is not asked any more, so nothing was answered."))
            self._tell(*asked)

    def editor_closed(self, *, succeeded: bool) -> None:
        """Tell crm that the editor is done."""
        for session in (self._main, *self._running_side_sessions()):
            if session.phase == "editing":
                session.editor_closed(succeeded)

    def interrupt(self) -> None:
        """Stop what runs, or withdraw from the open question, without ending crm."""
        sessions = (self._main, *self._running_side_sessions())
        busy = [session for session in sessions if session.phase != "idle"]
        for session in busy or (self._main,):
            session.interrupt()

    def look_at_pending(self) -> None:
        """Ask what waits for a commit; a `PendingShown` tells."""
        self._main.look_at_pending()

    def _running_side_sessions(self) -> tuple[CrmSession, ...]:
        with self._lock:
            return tuple(self._side_sessions)

    def close(self, *, forgets: bool = False) -> None:
        """End crm; what is uncommitted is not committed.

        Args:
            forgets: Whether the user wants nothing of it; else it is offered at the next start.
        """
        sessions = (self._main, *self._running_side_sessions())
        for session in sessions:
            session.end(forgets=forgets)
        for session in sessions:
            session.close()

    def _is_through(self, side_session: CrmSession, event: SessionEvent) -> bool:
        """Note what an aside is done with, and say whether that was all of it."""
        if isinstance(event, CommandFinished) and self._side_sessions.get(side_session, 0) > 1:
            self._side_sessions[side_session] -= 1
            return False
        if isinstance(event, LinesReturned) and event.is_behind:
            return False  # the line before them is still to end
        return isinstance(event, _LAST) and self._side_sessions.pop(side_session, None) is not None

    def _heard(self, session: CrmSession, event: SessionEvent) -> None:
        if self._auditor is not None:
            self._auditor.hear(session, event)
        with self._lock:
            told = self._questions.hear(session, event)
            is_done = session is not self._main and self._is_through(session, event)
        if is_done:  # its own thread is calling, so another one has to end it
            threading.Thread(target=session.close, name="crmtui aside end").start()
        for each in told:
            self._tell(*each)

    def _tell(self, session: CrmSession, event: SessionEvent) -> None:
        self._post(event if session is self._main else SideSession(event))
