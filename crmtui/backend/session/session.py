"""Session with a running ``crm``: takes lines, posts events, and never blocks its callers."""

from __future__ import annotations

import os
import select
import threading
import time
from collections import deque
from functools import partial
from typing import TYPE_CHECKING

from crmtui.backend.process.cancellation import Cancellation, heeding
from crmtui.backend.session.ctrl_c import PRESSED
from crmtui.backend.session.dialogue import Dialogue
from crmtui.backend.session.output_lines import complete_lines
from crmtui.crmsh.prompt import LIVE

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.backend.approval.approval import Approval, ChangeRequest, LinePolicy
    from crmtui.backend.process.target import Target
    from crmtui.backend.session.events import SessionEvent
    from crmtui.backend.session.state import SessionPhase
    from crmtui.crmsh.prompt import CrmPrompt

_CLOSING_SECONDS = 1.5
"""Grace period in seconds for the owner thread to end; a forced end of crm takes half of it."""


class CrmSession:
    """Session with a running ``crm``, and the thread that owns it.

    All methods except ``close`` queue a request and return at once. Their results are events. The owner
    thread posts them.

    Args:
        target: The target that crm runs on.
        gate: Check of each line right before it is sent.
        post: Receiver of the events, called from the owner thread; it must not block.
        columns: Width of crm's lists, in characters.
        is_kept: True to write uncommitted lines to a journal, and to offer those of earlier sessions.
        is_comparing: True to query the CIB before and after a change, which tells its outcome.
    """

    def __init__(
        self,
        target: Target,
        gate: LinePolicy,
        post: Callable[[SessionEvent], None],
        *,
        columns: int = 100,
        is_kept: bool = False,
        is_comparing: bool = False,
    ) -> None:
        self._dialogue = Dialogue(
            *(target, gate, post, self._request, columns),
            is_kept=is_kept,
            is_comparing=is_comparing,
        )
        self._lock = threading.RLock()
        """Guard of the wake-up pipe: no thread writes to it once the session is closing."""
        self._requests: deque[Callable[[], None]] = deque()
        self._woken, self._waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._closing = threading.Event()
        self._wait = Cancellation()
        """Cancellation of the program that the owner thread waits for, besides crm."""
        self._forgets = False
        self._is_closed = False
        self._thread = threading.Thread(target=self._run, name="crm session", daemon=True)

    @property
    def phase(self) -> SessionPhase:
        """Phase of the session; events announce each change."""
        return self._dialogue.phase

    @property
    def is_at_work(self) -> bool:
        """True while a submitted line is held, checked or run, questions included."""
        return self._dialogue.is_at_work

    @property
    def prompt(self) -> CrmPrompt | None:
        """Last prompt of crm; None before the first."""
        return self._dialogue.channel.prompt

    @property
    def staged(self) -> tuple[str, ...]:
        """Uncommitted lines, secrets masked."""
        return self._dialogue.pending.masked

    @property
    def uncommitted(self) -> int | None:
        """Number of objects that a commit would change; None if unknown."""
        return self._dialogue.pending.count

    @property
    def replaceable(self) -> frozenset[str]:
        """Ids of uncommitted objects that a corrected line replaces."""
        return self._dialogue.pending.replaceable

    def masked(self, line: str) -> str:
        """Return ``line`` with its secrets masked."""
        return self._dialogue.pending.secrets.masked(line)

    def start(self) -> None:
        """Start crm; after a `SessionFailed`, try again."""
        if not self._thread.is_alive() and not self._closing.is_set():
            self._thread.start()
        self._request(self._dialogue.start)

    def submit(self, text: str, approval: Approval | None = None) -> None:
        """Run the lines of ``text`` in order, after all lines submitted before.

        An error in one of them returns the rest; `Dialogue` tells about other reasons to return lines.

        Args:
            text: One or more lines.
            approval: Approval given in advance; without it an `ApprovalRequested` may follow.
        """
        self._request(partial(self._dialogue.submit, complete_lines(text) or ("",), approval))

    def decide(self, request: ChangeRequest, approval: Approval | None) -> None:
        """Run the lines that an `ApprovalRequested` holds, or return them if ``approval`` is None."""
        self._request(partial(self._dialogue.decide, request, approval))

    def submit_at_root(self, text: str, approval: Approval, otherwise: Callable[[], None]) -> None:
        """Run ``text`` if crm is idle at its root on the live CIB; otherwise call ``otherwise``.

        The owner thread decides after all earlier requests, since an earlier line may enter a level.
        """

        def decide() -> None:
            here = self.prompt
            is_there = here is not None and not here.level and here.cib == LIVE
            if self.phase == "idle" and is_there:
                self._dialogue.submit(complete_lines(text), approval)
            else:
                otherwise()

        self._request(decide)

    def answer(self, text: str) -> None:
        """Answer the open question, which is asked again after an invalid answer."""
        self._request(partial(self._dialogue.answer, text))

    def editor_closed(self, succeeded: bool) -> None:
        """Let crm continue after an `EditorWanted`; ``False`` drops the edits."""
        self._request(partial(self._dialogue.editor_closed, succeeded))

    def interrupt(self) -> None:
        """Stop the running line within a second, or cancel the open question; see `Interruption`.

        A program of the owner thread itself, such as a query of the CIB, ends at once.
        """
        wait = self._wait
        wait.cancel()
        self._request(partial(self._interrupt, wait))

    def _interrupt(self, wait: Cancellation) -> None:
        if not wait.was_heard:
            self._dialogue.interrupt()

    def look_at_pending(self) -> None:
        """Request the uncommitted changes; a `PendingShown` follows, or a `HintGiven` with a reason."""
        self._request(self._dialogue.look_at_pending)

    def close(self, *, forgets: bool = False) -> None:
        """End crm without committing anything, and wait for its end, a second at most.

        Args:
            forgets: True to drop the uncommitted lines; otherwise they stay in the journal.
        """
        self.end(forgets=forgets)
        if self._is_closed:
            return
        self._is_closed = True
        if self._thread.is_alive():
            self._thread.join(_CLOSING_SECONDS)
        if self._thread.is_alive():
            return  # blocked in the kernel; the terminal hangs up when crmtui exits
        os.close(self._woken)
        os.close(self._waker)

    def end(self, *, forgets: bool = False) -> None:
        """Begin to end crm; ``close`` waits for its end.

        Args:
            forgets: True to drop the uncommitted lines; otherwise they stay in the journal.
        """
        with self._lock:
            if self._closing.is_set():
                return
            self._forgets = forgets
            self._closing.set()
            self._wake()
        self._wait.cancel()

    def _request(self, request: Callable[[], None]) -> None:
        with self._lock:
            if not self._closing.is_set():
                self._requests.append(request)
                self._wake()

    def _wake(self) -> None:
        try:
            os.write(self._waker, b"!")
        except BlockingIOError:  # the pipe is full of wake-ups, so the thread wakes up anyway
            return

    def _run(self) -> None:
        try:
            while not self._closing.is_set():
                try:
                    self._turn()
                # The thread must survive: without it every line and answer would be lost silently.
                except Exception as defect:  # noqa: BLE001
                    if not self._closing.is_set():
                        self._dialogue.give_up(defect)
        finally:
            self._dialogue.close(forgets=self._forgets)

    def _turn(self) -> None:
        """Wait for output, a request or a deadline, and handle it."""
        channel = self._dialogue.channel
        terminal, deadline = channel.terminal, self._dialogue.deadline()
        of_crm = terminal.readable_fds if terminal is not None else ()
        to_read = [self._woken, *of_crm]
        to_write = [terminal.fd] if terminal is not None and terminal.wants_write else []
        timeout = None if deadline is None else max(0.0, deadline - time.monotonic())
        if self._requests:  # left over from a turn that raised
            timeout = 0.0
        can_read, writable, _ = select.select(to_read, to_write, [], timeout)
        readable = frozenset(can_read)
        if terminal is not None and terminal.fd in writable:
            terminal.flush()
        if not readable.isdisjoint(of_crm):
            self._do(channel.read)
        self._do(partial(self._dialogue.go_on, has_heard=not readable.isdisjoint(of_crm)))
        if self._woken in readable:
            os.read(self._woken, 4096)
        while self._requests:
            self._do(self._requests.popleft())

    def _do(self, entry: Callable[[], None]) -> None:
        """Call ``entry`` so that Ctrl-C or the end of the session cancels each of its waits."""
        self._wait = wait = Cancellation(reason=PRESSED)
        if self._closing.is_set():
            wait.cancel()
        try:
            with heeding(wait):
                entry()
        finally:
            self._wait = Cancellation()
