"""Second look of the gate: deaf, it holds up neither Ctrl-C, nor leaving, nor a new crm."""

from __future__ import annotations

import os
import queue
import signal
import threading
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.approval.approval import Approval, ChangeRequest, SecondLook, SeenAgain
from crmtui.backend.session.ctrl_c import PRESSED
from crmtui.backend.session.events import (
    ApprovalRequested,
    CommandStarted,
    LinesReturned,
    SessionDied,
    SessionEvent,
    SessionReady,
)
from crmtui.backend.session.session import CrmSession
from crmtui.forecast.model import Forecast
from tests.e2e.hanging import within
from tests.e2e.session_driver import (
    DEADLINE,
    ScratchTarget,
    crm_pid,
    scratch_cib,
)
from tests.e2e.test_ctrl_c import HEARD, Event, fake_crm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from crmtui.backend.approval.approval import GateVerdict
    from crmtui.crmsh.prompt import CrmPrompt


class Unhurried:
    """A gate whose second look hears nothing, as when a copy of the CIB is written."""

    def __init__(self) -> None:
        self.has_begun, self.may_end = threading.Event(), threading.Event()

    def look(self) -> SeenAgain:
        """Look until it may end."""
        self.has_begun.set()
        assert self.may_end.wait(DEADLINE)
        return SeenAgain()

    def check(
        self,
        prompt: CrmPrompt,
        line: str,
        staged: Sequence[str],
        approval: Approval | None = None,
        seen: SeenAgain | None = None,
    ) -> GateVerdict:
        """Hold each line, and look at it again; what is read passes."""
        if line == "yes":
            return None
        if approval is None:
            return ChangeRequest((line,), prompt.level, staged=tuple(staged))
        return SecondLook(self.look) if seen is None else None


class Looking:
    """A session with a fake crm in which a line waits for a second look that goes on."""

    def __init__(self, folder: Path) -> None:
        self.gate = Unhurried()
        self.events: queue.Queue[SessionEvent] = queue.Queue()
        target = ScratchTarget(scratch_cib(folder), path=f"{folder}:{os.environ['PATH']}")
        self.session = CrmSession(target, self.gate, self.events.put)
        self.session.start()
        self.session.submit("noeol")
        request = self.wait(ApprovalRequested).request
        self.session.decide(request, Approval(request, Forecast("noeol", "")))
        assert self.gate.has_begun.wait(DEADLINE)

    def wait(self, kind: type[Event]) -> Event:
        """Return the next event of this kind."""
        while True:
            event = self.events.get(timeout=DEADLINE)
            if isinstance(event, kind):
                return event

    def close(self) -> None:
        """End all of it."""
        self.gate.may_end.set()
        self.session.close()


@pytest.fixture
def looking(tmp_path: Path) -> Iterator[Looking]:
    """Return a session whose gate looks once more and does not come to an end."""
    fake_crm(tmp_path)
    made = Looking(tmp_path)
    yield made
    made.close()


def test_a_second_look_that_is_deaf_holds_up_no_ctrl_c(looking: Looking) -> None:
    """The line comes back at once, and what the look finds later sends nothing."""
    with within(HEARD):
        looking.session.interrupt()
        returned = looking.wait(LinesReturned)
    assert (returned.lines, returned.reason) == (("noeol",), f"{PRESSED} Not run.")
    looking.gate.may_end.set()
    looking.session.submit("yes")
    assert looking.wait(CommandStarted).line == "yes"


def test_a_second_look_that_is_deaf_holds_up_nobody_who_leaves(looking: Looking) -> None:
    """The session ends beside it."""
    with within(HEARD):
        looking.session.close()
    assert looking.session.phase == "dead"


def test_a_crm_that_dies_during_the_second_look_is_started_anew(looking: Looking) -> None:
    """That is told at once; the line comes back, and is not sent to the next crm."""
    with within(HEARD):
        os.kill(crm_pid(), signal.SIGKILL)
        died = looking.wait(SessionDied)
    assert (died.unsent, died.will_restart) == (("noeol",), True)
    looking.wait(SessionReady)
    looking.gate.may_end.set()
    looking.session.submit("yes")
    assert looking.wait(CommandStarted).line == "yes"


def test_a_line_goes_out_when_its_second_look_is_done(looking: Looking) -> None:
    """Until then no other line does."""
    looking.session.submit("yes")
    assert (looking.session.phase, looking.session.is_at_work) == ("checking", True)
    looking.gate.may_end.set()
    assert [looking.wait(CommandStarted).line for _ in range(2)] == ["noeol", "yes"]
