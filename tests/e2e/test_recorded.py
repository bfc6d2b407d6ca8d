"""Entries of the action log about lines that the real crm ran, or did not."""

from __future__ import annotations

import queue
import shutil
import subprocess
from typing import TYPE_CHECKING, TypeVar

import pytest

from crmtui.backend.approval.approval import Approval
from crmtui.backend.gate.audit import Auditor
from crmtui.backend.gate.audit_entry import to_script
from crmtui.backend.gate.audit_log import AuditLog
from crmtui.backend.gate.dispatcher import CommandDispatcher
from crmtui.backend.gate.gate import Gate
from crmtui.backend.queries.cib_query import query_version
from crmtui.backend.session.events import (
    ApprovalRequested,
    CommandFinished,
    LinesReturned,
    QuestionAsked,
    SessionEvent,
    SessionReady,
)
from crmtui.forecast.model import Forecast
from tests.e2e.session_driver import SAFE, ScratchTarget, scratch_cib

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from crmtui.backend.process.target import Invocation

Event = TypeVar("Event", bound=SessionEvent)
_SECONDS = 90.0

pytestmark = pytest.mark.skipif(shutil.which("crm") is None, reason="crm is not installed")


class Desk:
    """A user who types to crm through the dispatcher; the action log notes all of it."""

    def __init__(self, folder: Path, target: ScratchTarget | None = None) -> None:
        self.target = target or ScratchTarget(scratch_cib(folder))
        self.events: queue.Queue[SessionEvent] = queue.Queue()
        self.gate = Gate(self.target, is_attended=False)
        self.log = AuditLog(lambda: "x", folder / "log.jsonl")
        auditor = Auditor(self.log, "typed")
        self.dispatcher = CommandDispatcher(
            self.target, self.gate, self.events.put, auditor=auditor, is_kept=True
        )
        self.dispatcher.start()
        self.wait(SessionReady)
        for line in ("configure", SAFE, "primitive a Dummy", "commit"):
            self.runs(line)

    def wait(self, kind: type[Event]) -> Event:
        """Return the next event of this kind."""
        while True:
            event = self.events.get(timeout=_SECONDS)
            if isinstance(event, kind):
                return event

    def runs(self, line: str) -> None:
        """Type a line, and wait for its end."""
        self.dispatcher.submit(line)
        self.wait(CommandFinished)

    def elsewhere(self, *words: str) -> None:
        """Let somebody else change the configuration."""
        invocation = self.target.invocation(["crm", "configure", *words])
        subprocess.run(invocation.argv, env=dict(invocation.env), check=True, capture_output=True)

    def close(self) -> None:
        """End all of it."""
        self.dispatcher.close()
        self.gate.close()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Return somebody in ``configure``, with one commit done."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    made = Desk(tmp_path)
    yield made
    made.close()


def test_a_commit_that_was_declined_is_not_done(desk: Desk) -> None:
    """A commit that the user, asked by crmtui, declined is no change, and in no script."""
    assert desk.log.entries[-1].outcome == "done"
    desk.runs("primitive b Dummy")
    desk.elsewhere("primitive", "c", "Dummy")
    desk.dispatcher.submit("commit")
    desk.wait(QuestionAsked)
    desk.dispatcher.answer("n")
    desk.wait(CommandFinished)
    entry = desk.log.entries[-1]
    assert (entry.outcome, entry.lines) == ("declined", ("primitive b Dummy", "commit"))
    assert entry.before == entry.after
    assert "primitive b Dummy\ncommit" not in to_script(desk.log.entries)


def test_what_changed_while_crmtui_asked_is_not_the_doing_of_the_line(desk: Desk) -> None:
    """The version before a change is that of the moment when it is sent."""
    desk.runs("primitive b Dummy")
    desk.elsewhere("primitive", "c", "Dummy")
    desk.dispatcher.submit("commit")
    desk.wait(QuestionAsked)
    before = desk.log.entries[-1].after
    desk.elsewhere("primitive", "d", "Dummy")
    desk.dispatcher.answer("y")
    reply = desk.wait(CommandFinished).reply
    entry = desk.log.entries[-1]
    assert entry.outcome == reply.outcome == "done"
    epochs = [int(version.split(".")[1]) for version in (before, entry.before, entry.after)]
    assert epochs[0] + 2 == epochs[1] < epochs[2]


def test_a_commit_that_was_sent_and_given_up_had_no_effect(desk: Desk) -> None:
    """A commit given up at crm's question was sent: the lines behind it come back, it does not."""
    desk.runs("primitive b Dummi")
    desk.dispatcher.submit("up")
    desk.wait(QuestionAsked)
    desk.dispatcher.submit("status")
    desk.dispatcher.answer("y")
    asked = desk.wait(QuestionAsked).question
    assert "still want to commit" in asked.text
    desk.dispatcher.answer("n")
    back = desk.wait(LinesReturned)
    assert (back.lines, back.is_behind) == (("status",), True)
    desk.wait(CommandFinished)
    entry = desk.log.entries[-1]
    assert entry.lines == ("primitive b Dummi", "commit")
    assert entry.outcome == "no effect"
    assert not entry.has_changed


class Recorded(ScratchTarget):
    """A target that notes which programs are started on it."""

    def __init__(self, cib: Path) -> None:
        super().__init__(cib)
        self.programs: list[str] = []

    def invocation(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Invocation:
        """Note the program."""
        self.programs.append(argv[0])
        return super().invocation(argv, env)


@pytest.mark.parametrize("line", ["resource stop a", "resource cleanup a", "resource stop nothing"])
def test_a_change_takes_two_queries_of_the_version(tmp_path: Path, line: str) -> None:
    """Gate, judge and action log share one query before a change and one after it."""
    target = Recorded(scratch_cib(tmp_path))
    desk = Desk(tmp_path, target)
    desk.runs("up")
    desk.gate.is_attended = True
    desk.dispatcher.submit(line)
    request = desk.wait(ApprovalRequested).request
    forecast = Forecast(line, "nothing moves", version=query_version(target))
    target.programs.clear()
    desk.dispatcher.decide(request, Approval(request, forecast))
    reply = desk.wait(CommandFinished).reply
    assert target.programs == ["cibadmin", "cibadmin"]
    entry = desk.log.entries[-1]
    assert entry.before == str(forecast.version)
    assert reply.version == query_version(target)
    assert entry.after == str(reply.version)
    assert entry.has_changed == (line == "resource stop a")
    desk.close()


def test_a_commit_takes_two_queries_of_the_version(tmp_path: Path) -> None:
    """So does a commit, which is besides held against what others have changed meanwhile."""
    target = Recorded(scratch_cib(tmp_path))
    desk = Desk(tmp_path, target)
    desk.runs("primitive b Dummy")
    target.programs.clear()
    desk.runs("commit")
    assert target.programs == ["cibadmin", "cibadmin"]
    assert desk.log.entries[-1].outcome == "done"
    desk.close()
