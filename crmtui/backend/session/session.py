"""One warm ``crm``: lines in, events out, and nothing in between that waits."""

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
"""How long the end of crm is waited for; by force it takes half of that."""


class CrmSession:
    """A running ``crm`` and the thread that owns it.

    All methods only leave a request and return at once, except ``close``. What comes of them is
    told to ``post``, which is called from the owner thread and must not block.

    Args:
        target: Where crm runs.
        gate: Says of each line whether it may be sent now.
        post: Takes the events.
        columns: How wide the lists that crm prints may be, in characters.
        is_kept: Whether uncommitted lines are written to a journal, and those left behind offered.
        is_looking: Whether the CIB is looked at to tell what came of a line.
    """

    def __init__(
        self,
        target: Target,
        gate: LinePolicy,
        post: Callable[[SessionEvent], None],
        *,
        columns: int = 100,
        is_kept: bool = False,
        is_looking: bool = False,
    ) -> None:
        self._dialogue = Dialogue(
            *(target, gate, post, self._request, columns), is_kept=is_kept, is_looking=is_looking
        )
        self._lock = threading.RLock()
        """Nobody writes to the pipe that wakes the thread once the session is closing."""
        self._requests: deque[Callable[[], None]] = deque()
        self._woken, self._waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._closing = threading.Event()
        self._wait = Cancellation()
        """Ends what the owner thread waits for now, besides crm."""
        self._forgets = False
        self._is_closed = False
        self._thread = threading.Thread(target=self._run, name="crm session", daemon=True)

    @property
    def phase(self) -> SessionPhase:
        """What the session is doing; events tell of each change."""
        return self._dialogue.phase

    @property
    def is_at_work(self) -> bool:
        """Whether a line is on its way through crm, questions included."""
        return self._dialogue.is_at_work

    @property
    def prompt(self) -> CrmPrompt | None:
        """The last prompt; None before the first."""
        return self._dialogue.channel.prompt

    @property
    def staged(self) -> tuple[str, ...]:
        """The lines that wait for a commit, secrets masked."""
        return self._dialogue.pending.masked

    @property
    def uncommitted(self) -> int | None:
        """The number of objects that a commit would change; None where it is not known."""
        return self._dialogue.pending.count

    @property
    def replaceable(self) -> frozenset[str]:
        """The ids of uncommitted objects that a corrected line replaces."""
        return self._dialogue.pending.replaceable

    def masked(self, line: str) -> str:
        """Return ``line`` without its secrets."""
        return self._dialogue.pending.secrets.masked(line)

    def start(self) -> None:
        """Start crm; after a `SessionFailed`, try again."""
        if not self._thread.is_alive() and not self._closing.is_set():
            self._thread.start()
        self._request(self._dialogue.start)

    def submit(self, text: str, approval: Approval | None = None) -> None:
        """Run the lines of ``text`` in order, as soon as those before them are done.

        When one of them has errors, the rest is returned; see `Dialogue` for when else that is.
        ``leave`` is what was given for them beforehand; without it a `LeaveAsked` may follow.
        """
        self._request(partial(self._dialogue.submit, complete_lines(text) or ("",), approval))

    def decide(self, request: ChangeRequest, approval: Approval | None) -> None:
        """Let what a `LeaveAsked` holds run, or return it."""
        self._request(partial(self._dialogue.decide, request, approval))

    def submit_at_root(self, text: str, approval: Approval, otherwise: Callable[[], None]) -> None:
        """Run ``text`` if crm is idle at its root on the cluster itself; else call ``otherwise``.

        That is decided by the owner thread, behind all that was submitted before: a line that was
        typed a moment ago may enter another level.
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
        """Answer the question that is open; if it does not take this, it is asked again."""
        self._request(partial(self._dialogue.answer, text))

    def editor_closed(self, succeeded: bool) -> None:
        """Let crm go on after an `EditorWanted`; ``False`` drops what was edited."""
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
        """Ask what waits for a commit; a `PendingShown` tells, or a `HintGiven` why not."""
        self._request(self._dialogue.look_at_pending)

    def close(self, *, forgets: bool = False) -> None:
        """End crm without committing anything, and wait for that; it takes a second at most.

        Args:
            forgets: Whether the user wants nothing of what is uncommitted; else it stays in the journal.
        """
        self.end(forgets=forgets)
        if self._is_closed:
            return
        self._is_closed = True
        if self._thread.is_alive():
            self._thread.join(_CLOSING_SECONDS)
        if self._thread.is_alive():
            return  # the system does not let go of it; its terminal hangs up when the program ends
        os.close(self._woken)
        os.close(self._waker)

    def end(self, *, forgets: bool = False) -> None:
        """Begin to end crm; ``close`` waits for that. The argument is the same."""
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
        except BlockingIOError:  # so many wake-ups wait already that one more changes nothing
            return

    def _run(self) -> None:
        try:
            while not self._closing.is_set():
                try:
                    self._turn()
                # Without this thread every line and answer would vanish without a word.
                except Exception as defect:  # noqa: BLE001
                    if not self._closing.is_set():
                        self._dialogue.give_up(defect)
        finally:
            self._dialogue.close(forgets=self._forgets)

    def _turn(self) -> None:
        """Wait until there is something to do, and do it."""
        channel = self._dialogue.channel
        terminal, deadline = channel.terminal, self._dialogue.deadline()
        of_crm = terminal.readable_fds if terminal is not None else ()
        to_read = [self._woken, *of_crm]
        to_write = [terminal.fd] if terminal is not None and terminal.wants_write else []
        timeout = None if deadline is None else max(0.0, deadline - time.monotonic())
        if self._requests:  # left over from a turn that failed
            timeout = 0.0
        can_read, writable, _ = select.select(to_read, to_write, [], timeout)
        readable = frozenset(can_read)
        if terminal is not None and terminal.fd in writable:
            terminal.flush()
        if not readable.isdisjoint(of_crm):
            self._do(channel.read)
        self._do(partial(self._dialogue.look, has_heard=not readable.isdisjoint(of_crm)))
        if self._woken in readable:
            os.read(self._woken, 4096)
        while self._requests:
            self._do(self._requests.popleft())

    def _do(self, entry: Callable[[], None]) -> None:
        """Do something of which each wait ends when it is interrupted, or when the session is."""
        self._wait = wait = Cancellation(reason=PRESSED)
        if self._closing.is_set():
            wait.cancel()
        try:
            with heeding(wait):
                entry()
        finally:
            self._wait = Cancellation()
