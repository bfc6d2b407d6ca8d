"""Dispatcher of lines: each line for a cluster, typed or made by a key, goes to its crm session."""

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
"""Events that end a line, and with its last line a side session."""

_NOT_UTF8 = "Not sent: it has bytes that are not UTF-8 ({}), shown as {}. Correct them."


class CommandDispatcher:
    """Passes lines to crm.

    Typed lines go to one warm crm. Lines made by a key are meant for the cluster and for crm's root.
    The warm crm may be at another level with uncommitted changes, or on a shadow CIB. Then a key's
    line runs in a side session, where the line keeps its meaning and the user's work is undisturbed.
    Events of side sessions come as `SideSession`, since they do not concern the warm crm. Of several
    open questions one is asked at a time.

    Args:
        target: The cluster that crm manages.
        gate: Checks each line at the moment of sending.
        post: Called with each event, from the threads of the sessions.
        auditor: Records the changes.
        columns: Width of the output, in characters.
        is_kept: True to keep uncommitted lines for the next start, and to offer those of the last.
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
        """Side sessions, each with the number of its unfinished lines."""
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
        """The level of crm at which typed lines run."""
        return self._main.prompt.level if self._main.prompt is not None else ()

    @property
    def staged(self) -> tuple[str, ...]:
        """The uncommitted lines, secrets masked."""
        return self._main.staged

    @property
    def uncommitted(self) -> int | None:
        """Number of objects that a commit would change; None if unknown."""
        return self._main.uncommitted

    @property
    def replaceable(self) -> frozenset[str]:
        """Ids of uncommitted objects that a corrected line replaces."""
        return self._main.replaceable

    @property
    def is_busy(self) -> bool:
        """True while any session runs a line or waits for an answer."""
        return self._main.is_at_work or bool(self._side_sessions)

    @property
    def is_at_work(self) -> bool:
        """True while a typed line runs, or waits for an answer or an approval."""
        return self._main.is_at_work

    def masked(self, line: str) -> str:
        """Return ``line`` with secrets masked by crm's options, fit to be shown and stored."""
        return self._main.masked(line)

    def start(self) -> None:
        """Start the warm crm; its prompt comes as an event."""
        self._main.start()

    def submit(self, line: str) -> None:
        """Run a typed line at crm's present level.

        Lines that are not UTF-8 come back, since crm would receive other bytes than were typed.
        """
        clean, strays = without_strays(line)
        if strays:
            self._post(LinesReturned((clean,), _NOT_UTF8.format(told_bytes(strays), MARK)))
        else:
            self._main.submit(line)

    def decide(self, request: ChangeRequest, approval: Approval | None) -> None:
        """Run the lines held by an `ApprovalRequested`, or return them if ``approval`` is None."""
        for session in (self._main, *self._running_side_sessions()):
            session.decide(request, approval)

    def submit_at_root(self, approval: Approval) -> None:
        """Run lines of crm's root on the cluster itself, in a side session if need be.

        Args:
            approval: The approval of the lines.
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
        """Answer the open question.

        Args:
            text: The answer.
            question: The question that the user saw; the answer is dropped if another one is open by
                now. None answers any open question.
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
        """Tell crm that the user closed the editor."""
        for session in (self._main, *self._running_side_sessions()):
            if session.phase == "editing":
                session.editor_closed(succeeded)

    def interrupt(self) -> None:
        """Interrupt the running line or the open question; crm itself goes on."""
        sessions = (self._main, *self._running_side_sessions())
        busy = [session for session in sessions if session.phase != "idle"]
        for session in busy or (self._main,):
            session.interrupt()

    def look_at_pending(self) -> None:
        """Ask for the uncommitted changes; they come as a `PendingShown`."""
        self._main.look_at_pending()

    def _running_side_sessions(self) -> tuple[CrmSession, ...]:
        with self._lock:
            return tuple(self._side_sessions)

    def close(self, *, forgets: bool = False) -> None:
        """End all sessions without a commit.

        Args:
            forgets: True to discard uncommitted lines; otherwise the next start offers them.
        """
        sessions = (self._main, *self._running_side_sessions())
        for session in sessions:
            session.end(forgets=forgets)
        for session in sessions:
            session.close()

    def _is_through(self, side_session: CrmSession, event: SessionEvent) -> bool:
        """Count a finished line of a side session; return True if it was the last."""
        if isinstance(event, CommandFinished) and self._side_sessions.get(side_session, 0) > 1:
            self._side_sessions[side_session] -= 1
            return False
        if isinstance(event, LinesReturned) and event.is_behind:
            return False  # the line before them is still running
        return isinstance(event, _LAST) and self._side_sessions.pop(side_session, None) is not None

    def _heard(self, session: CrmSession, event: SessionEvent) -> None:
        if self._auditor is not None:
            self._auditor.hear(session, event)
        with self._lock:
            told = self._questions.hear(session, event)
            is_done = session is not self._main and self._is_through(session, event)
        if is_done:  # a session cannot close in its own thread, which is calling here
            threading.Thread(target=session.close, name="crmtui side session end").start()
        for each in told:
            self._tell(*each)

    def _tell(self, session: CrmSession, event: SessionEvent) -> None:
        self._post(event if session is self._main else SideSession(event))
