"""The dispatcher: lines that keys make run at crm's root, whatever is being typed beside them."""

from __future__ import annotations

import queue
import shutil
import threading
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.approval.approval import Approval, ChangeRequest
from crmtui.backend.gate.dispatcher import CommandDispatcher
from crmtui.backend.gate.gate import Gate
from crmtui.backend.session.events import (
    ApprovalRequested,
    CommandFinished,
    SessionReady,
    SessionStarted,
    SideSession,
)
from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.demo import demo_cib

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.backend.session.events import CrmReply, SessionEvent

_SECONDS = 90.0

pytestmark = pytest.mark.skipif(shutil.which("crm") is None, reason="crm is not installed")


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Open the demo cluster."""
    made = Sandbox(CibSource.parse("demo", demo_cib()))
    yield made
    made.close()


def test_a_key_right_behind_a_typed_line_runs_at_the_root(sandbox: Sandbox) -> None:
    """A line that was typed a moment ago may lead elsewhere; the key's line does not follow it."""
    events: queue.Queue[SessionEvent] = queue.Queue()
    is_typed = threading.Event()

    def post(event: SessionEvent) -> None:
        events.put(event)
        if isinstance(event, SessionStarted):
            is_typed.wait(_SECONDS)  # as if this thread got no processor until then

    gate = Gate(sandbox)
    dispatcher = CommandDispatcher(sandbox, gate, post)
    request = ChangeRequest(("node standby alpha",), origin="key")
    approval = Approval(request, gate.forecast(request))
    dispatcher.start()
    try:
        while not isinstance(events.get(timeout=_SECONDS), SessionStarted):
            continue
        dispatcher.submit("configure")
        dispatcher.submit_at_root(approval)
        is_typed.set()
        replies: dict[str, CrmReply] = {}
        while len(replies) < 2:
            event = events.get(timeout=_SECONDS)
            told = event.event if isinstance(event, SideSession) else event
            if isinstance(told, CommandFinished):
                replies[told.reply.line] = told.reply
        assert not replies["node standby alpha"].has_errors
        assert replies["node standby alpha"].prompt.level == ()
        assert dispatcher.level == ("configure",)
    finally:
        dispatcher.close()
        gate.close()


def test_a_crm_beside_the_warm_one_takes_no_doubt_away(sandbox: Sandbox) -> None:
    """A commit to a shadow CIB switched to in ``configure`` is asked for, whatever runs beside it."""
    events: queue.Queue[SessionEvent] = queue.Queue()
    gate = Gate(sandbox)
    dispatcher = CommandDispatcher(sandbox, gate, events.put)
    request = ChangeRequest(("node standby alpha",), origin="key")
    approval = Approval(request, gate.forecast(request))

    def wait(kind: type[SessionEvent], *, is_side_session: bool = False) -> SessionEvent:
        while True:
            event = events.get(timeout=_SECONDS)
            told = event.event if isinstance(event, SideSession) else event
            if isinstance(told, kind) and isinstance(event, SideSession) == is_side_session:
                return told

    dispatcher.start()
    try:
        wait(SessionReady)
        for line in (
            *("cib new plan", "cib use live", "configure", "cib use plan"),
            "primitive x ocf:pacemaker:Dummy",
        ):
            dispatcher.submit(line)
            wait(CommandFinished)
        dispatcher.submit_at_root(approval)
        wait(CommandFinished, is_side_session=True)
        assert dispatcher.prompt is not None
        assert (dispatcher.prompt.cib, dispatcher.level) == ("plan", ("configure",))
        dispatcher.submit("commit")
        asked = wait(ApprovalRequested)
        assert isinstance(asked, ApprovalRequested)
        assert asked.request.lines == ("commit",)
    finally:
        dispatcher.close()
        gate.close()
