"""Check of each line by the gate, in the moment before crm gets it.

The gate itself answers at once. A second look at the cluster runs programs, a whole forecast perhaps: it
has a thread of its own, so that the thread of crm hears Ctrl-C, the end of crm and of crmtui meanwhile.
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
        LinePolicy,
        SeenAgain,
        Verdict,
    )
    from crmtui.backend.approval.held_line import HeldLine
    from crmtui.backend.session.state import SessionState
    from crmtui.backend.session.version_look import VersionLook


class LineCheck:
    """Asks the gate whether a line may be sent now, and lets a held one go on or not.

    Args:
        state: The dialogue.
        gate: Says of each line whether it may be sent now.
        looks: Takes the version of the CIB that a second look has found.
        hand_over: Lets the thread that owns crm do something.
    """

    def __init__(
        self,
        state: SessionState,
        gate: LinePolicy,
        looks: VersionLook,
        hand_over: Callable[[Callable[[], None]], None],
    ) -> None:
        self._state = state
        self._gate = gate
        self._looks = looks
        self._hand_over = hand_over
        self._cancellation = Cancellation()

    def check(
        self, line: str, approval: Approval | None = None, seen: SeenAgain | None = None
    ) -> Verdict:
        """Ask the gate; see `LinePolicy`."""
        state = self._state
        return self._gate.check(state.here, line, state.pending.lines, approval, seen)

    def decide(self, request: ChangeRequest, approval: Approval | None) -> None:
        """Go on with the lines of ``request``, or not; what comes too late changes nothing."""
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
        """Begin a second look; what is ``held`` goes on when it is done, if it still may.

        Args:
            held: What goes on.
            line: What is sent then.
            approval: The approval that is looked at again.
            second_look: How.
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
            return  # Ctrl-C was pressed or crm has died meanwhile: the line was returned
        if isinstance(seen, Exception):
            raise seen
        with self._looks.moment(seen.version):
            self._release(held, self.check(line, approval, seen), approval)

    def stop(self) -> None:
        """Wait for the second look no longer: what it is for does not run."""
        held = self._state.held
        assert held is not None
        self.close()
        self._release(held, f"{PRESSED} {NOT_RUN}")

    def close(self) -> None:
        """End the second look that is under way; what it finds is not wanted any more."""
        self._cancellation.cancel()

    def _release(self, held: HeldLine, verdict: Verdict, approval: Approval | None = None) -> None:
        self._state.phase, self._state.held = "idle", None
        if verdict is None and approval is not None:
            held.go(approval)
        else:
            held.back(verdict if isinstance(verdict, str) else NOT_RUN)
