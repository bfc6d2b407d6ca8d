"""Check of each line by the gate, right before crm gets it.

The gate itself answers at once. A second look at the cluster runs programs, perhaps a whole forecast.
It has its own thread, so that crm's thread can react to Ctrl-C, quitting and the end of crm.
"""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

from crmtui.backend.approval.approval import SecondLook
from crmtui.backend.approval.held_line import NOT_RUN
from crmtui.backend.process.cancellation import Cancellation, heeding
from crmtui.backend.session.ctrl_c import PRESSED

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.backend.approval.approval import (
        Approval,
        ChangeRequest,
        GateVerdict,
        LinePolicy,
        SeenAgain,
    )
    from crmtui.backend.approval.held_line import HeldLine
    from crmtui.backend.session.state import SessionState
    from crmtui.backend.session.version_query import VersionQuery


class LineCheck:
    """Check of lines by the gate, and release of held lines.

    Args:
        state: State of the session.
        gate: Policy that permits, refuses or holds each line.
        versions: Queries for the version of the CIB, which take over the version from a second look.
        hand_over: Queues a call for the thread that owns crm.
    """

    def __init__(
        self,
        state: SessionState,
        gate: LinePolicy,
        versions: VersionQuery,
        hand_over: Callable[[Callable[[], None]], None],
    ) -> None:
        self._state = state
        self._gate = gate
        self._versions = versions
        self._hand_over = hand_over
        self._cancellation = Cancellation()

    def check(
        self, line: str, approval: Approval | None = None, seen: SeenAgain | None = None
    ) -> GateVerdict:
        """Return the gate's verdict on ``line``; see `LinePolicy`."""
        state = self._state
        return self._gate.check(state.here, line, state.pending.lines, approval, seen)

    def decide(self, request: ChangeRequest, approval: Approval | None) -> None:
        """Run or return the lines of ``request``; a decision that comes too late changes nothing."""
        state, held = self._state, self._state.held
        if held is None or held.request is not request or state.phase != "held":
            return
        if approval is None:
            self._release(held, NOT_RUN)
            return
        line = request.lines[0]
        verdict = self.check(line, approval)
        if isinstance(verdict, SecondLook):
            self.look_again(held, line, approval, verdict)
        else:
            self._release(held, verdict, approval)

    def look_again(
        self, held: HeldLine, line: str, approval: Approval, second_look: SecondLook
    ) -> None:
        """Begin a second look, and check the held line once more after it.

        Args:
            held: Held line, which runs if the gate still permits it.
            line: Line to check.
            approval: Approval that the second look confirms.
            second_look: Second look at the cluster.
        """
        self._state.phase, self._state.held = "checking", held
        self._cancellation = Cancellation(reason=PRESSED)
        look = partial(self._look, second_look, self._cancellation)
        then = partial(self._has_looked, held, line, approval)
        work = partial(self._work, look, then)
        threading.Thread(target=work, name="crmtui second look", daemon=True).start()

    def _work(
        self, look: Callable[[], SeenAgain], then: Callable[[SeenAgain | Exception], None]
    ) -> None:
        found: SeenAgain | Exception
        try:
            found = look()
        except Exception as defect:  # noqa: BLE001 - raised again in the thread that owns crm
            found = defect
        self._hand_over(partial(then, found))

    @staticmethod
    def _look(second_look: SecondLook, cancellation: Cancellation) -> SeenAgain:
        with heeding(cancellation):
            return second_look.look()

    def _has_looked(
        self, held: HeldLine, line: str, approval: Approval, seen: SeenAgain | Exception
    ) -> None:
        if self._state.held is not held or self._state.phase != "checking":
            return  # after Ctrl-C or the death of crm the line was returned already
        if isinstance(seen, Exception):
            raise seen
        with self._versions.moment(seen.version):
            self._release(held, self.check(line, approval, seen), approval)

    def stop(self) -> None:
        """Cancel the second look, and return its line unsent."""
        held = self._state.held
        assert held is not None
        self.close()
        self._release(held, f"{PRESSED} {NOT_RUN}")

    def close(self) -> None:
        """Cancel the running second look, and ignore its result."""
        self._cancellation.cancel()

    def _release(
        self, held: HeldLine, verdict: GateVerdict, approval: Approval | None = None
    ) -> None:
        self._state.phase, self._state.held = "idle", None
        if verdict is None and approval is not None:
            held.go(approval)
        else:
            held.back(verdict if isinstance(verdict, str) else NOT_RUN)
