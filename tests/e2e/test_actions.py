"""Actions on real nodes, through the gate: what crm does is what was foreseen, on both releases."""

from __future__ import annotations

import queue
import sys
import time
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.approval.approval import Approval, ChangeRequest
from crmtui.backend.gate.audit import Auditor
from crmtui.backend.gate.audit_log import AuditLog
from crmtui.backend.gate.dispatcher import CommandDispatcher
from crmtui.backend.gate.gate import Gate
from crmtui.backend.process.run import run
from crmtui.backend.queries.scene import read_scene
from crmtui.backend.session.events import (
    ApprovalRequested,
    CommandFinished,
    LinesReturned,
    QuestionAsked,
    SideSession,
)
from crmtui.backend.watch.settled import is_settled
from crmtui.cluster.placement import placements
from crmtui.verbs import offer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from crmtui.backend.process.target import Target
    from crmtui.backend.session.events import SessionEvent
    from crmtui.cluster.placement import Placements
    from crmtui.forecast.model import Forecast
    from crmtui.lab import Lab

    Eventually = Callable[[Callable[[], bool], float], bool]

pytestmark = pytest.mark.lab
_SECONDS = 60.0
_CONFIGURED = """
property stonith-enabled=false
rsc_defaults resource-stickiness=1
primitive web ocf:pacemaker:Dummy op monitor interval=10s
primitive db ocf:pacemaker:Stateful op monitor interval=10s role=Promoted op monitor interval=11s
clone db-clone db meta promotable=true interleave=true
"""


class Operator:
    """A user who acts through the dispatcher, and approves everything."""

    def __init__(self, target: Target, log: AuditLog) -> None:
        self.target = target
        self.events: queue.Queue[SessionEvent] = queue.Queue()
        self.gate = Gate(target)
        auditor = Auditor(log, "typed")
        self.dispatcher = CommandDispatcher(target, self.gate, self.events.put, auditor=auditor)
        self.dispatcher.start()

    def close(self) -> None:
        """End crm."""
        self.dispatcher.close()
        self.gate.close()

    def acts(self, action: str, name: str, node: str = "") -> Forecast:
        """Do what a key does; return what was foreseen."""
        made = offer(action, read_scene(self.target), [name])
        assert not made.why_not
        assert node in made.choices or not node
        request = ChangeRequest(made.lines(node), origin="key")
        forecast = self.gate.forecast(request)
        self.dispatcher.submit_at_root(Approval(request, forecast, made.verb.question))
        self._hears(len(request.lines))
        return forecast

    def types(self, line: str) -> Forecast:
        """Type a line that needs approval; return what was foreseen."""
        self.dispatcher.submit(line)
        event = self._next(ApprovalRequested)
        assert isinstance(event, ApprovalRequested)
        forecast = self.gate.forecast(event.request)
        self.dispatcher.decide(event.request, Approval(event.request, forecast))
        self._hears(1)
        return forecast

    def _hears(self, lines: int) -> None:
        for _ in range(lines):
            event = self._next(CommandFinished)
            assert isinstance(event, CommandFinished)
            assert not event.reply.has_errors, event.reply.output

    def _next(self, kind: type[SessionEvent]) -> SessionEvent:
        deadline = time.monotonic() + _SECONDS
        while True:
            event = self.events.get(timeout=max(0.01, deadline - time.monotonic()))
            event = event.event if isinstance(event, SideSession) else event
            assert not isinstance(event, LinesReturned), event
            if isinstance(event, QuestionAsked):  # as the forecast takes for granted, and says
                self.dispatcher.answer("y")
            if isinstance(event, kind):
                return event

    def placed(self) -> Placements:
        """Return where everything runs now."""
        return placements(read_scene(self.target).cluster)


@pytest.fixture
def operator(each_lab: Lab, tmp_path: Path, eventually: Eventually) -> Iterator[Operator]:
    """Put two services on the lab, and somebody beside it."""
    target = each_lab.target("n1")
    script = 'printf "%s\n" "$1" | crm -F configure load update -'
    run(target, ["sh", "-c", script, "sh", _CONFIGURED], timeout=60)
    assert eventually(lambda: _runs(target), _SECONDS)
    someone = Operator(target, AuditLog(lambda: "LAB", tmp_path / "log.jsonl"))
    yield someone
    someone.close()
    for line in (
        "crm -F node online n1 n2",
        "crm -w resource stop web db-clone",
        "crm -F configure delete web db-clone db",
        "crm_attribute --type crm_config --name stonith-enabled --delete",
        "crm_attribute --type rsc_defaults --name resource-stickiness --delete",
    ):
        run(target, line.split(), timeout=60)


def _runs(target: Target) -> bool:
    placed = placements(read_scene(target).cluster)
    roles = [role for node in placed.get("db", {}).values() for role in node]
    return bool(placed.get("web")) and "Promoted" in roles and is_settled(target)


_CHAIN = (
    ("resource.stop", "web", False),
    ("resource.start", "web", False),
    ("resource.move", "web", True),
    ("resource.clear", "web", False),
    ("resource.ban", "web", True),
    ("resource.clear", "web", False),
    ("resource.restart", "web", False),
    ("resource.refresh", "web", False),
    ("resource.unmanage", "web", False),
    ("resource.manage", "web", False),
    ("resource.maintenance", "web", False),
    ("resource.maintenance", "web", False),
    ("resource.demote", "db", False),
    ("resource.promote", "db", False),
    ("node.maintenance", "n2", False),
    ("node.ready", "n2", False),
    ("node.standby", "n2", False),
    ("node.online", "n2", False),
    ("node.standby_reboot", "n2", False),
    ("node.online", "n2", False),
)


def test_each_action_does_what_was_foreseen(operator: Operator, eventually: Eventually) -> None:
    """After each action everything runs where the forecast said, once the cluster has settled."""
    told = []
    for action, name, has_choice in _CHAIN:
        made = offer(action, read_scene(operator.target), [name])
        node = made.choices[0] if has_choice else ""
        forecast = operator.acts(action, name, node)
        wanted = placements(forecast.after)
        is_right = eventually(
            lambda wanted=wanted: is_settled(operator.target) and operator.placed() == wanted,  # type: ignore[misc]
            _SECONDS,
        )
        told.append(f"{' '.join(made.lines(node)):44} {forecast.summary}")
        assert is_right, "\n".join((*told, f"{operator.placed()} instead of {wanted}"))
    sys.stdout.write("\n".join(told) + "\n")


def test_crms_own_question_is_answered_by_the_approval(operator: Operator) -> None:
    """A question that the gate has asked, with more to show, is not asked by crm again."""
    request = ChangeRequest(("node clearstate n2",), origin="key")
    forecast = operator.gate.forecast(request)
    approval = Approval(request, forecast, "Do you really want to drop state for node ")
    operator.dispatcher.submit_at_root(approval)
    operator._hears(1)


def test_a_typed_line_waits_for_approval(operator: Operator, eventually: Eventually) -> None:
    """A line on a real cluster is held; it runs when approved, and the log has it with its outcome."""
    forecast = operator.types("resource stop web")
    assert forecast.lost == ("web",)
    assert eventually(lambda: not operator.placed()["web"], _SECONDS)
    assert operator.types("resource start web").danger == "moves"
    assert eventually(lambda: bool(operator.placed()["web"]), _SECONDS)
