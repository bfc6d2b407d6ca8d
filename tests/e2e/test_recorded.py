"""What stands in the action log of lines that the real crm ran, or did not."""

from __future__ import annotations

import queue
import shutil
import subprocess
from typing import TYPE_CHECKING, TypeVar

import pytest

from crmtui.backend.gate.audit import Auditor
from crmtui.backend.gate.audit_entry import to_script
from crmtui.backend.gate.audit_log import AuditLog
from crmtui.backend.gate.dispatcher import CommandDispatcher
from crmtui.backend.gate.gate import Gate
from crmtui.backend.session.events import (
    CommandFinished,
    LinesReturned,
    QuestionAsked,
    SessionEvent,
    SessionReady,
)
from tests.e2e.test_session import SAFE, ScratchTarget, scratch_cib

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Event = TypeVar("Event", bound=SessionEvent)
_SECONDS = 30.0

pytestmark = pytest.mark.skipif(shutil.which("crm") is None, reason="crm is not installed")


class Desk:
    """Somebody who types to crm through the door, where everything is noted."""

    def __init__(self, folder: Path) -> None:
        self.target = ScratchTarget(scratch_cib(folder))
        self.events: queue.Queue[SessionEvent] = queue.Queue()
        self.gate = Gate(self.target, is_attended=False)
        self.log = AuditLog(lambda: "x", folder / "log.jsonl")
        auditor = Auditor(self.log, self.target, "typed")
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


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Return somebody in ``configure``, with one commit done."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    made = Desk(tmp_path)
    yield made
    made.dispatcher.close()
    made.gate.close()


def test_a_commit_that_was_declined_is_not_done(desk: Desk) -> None:
    """What the user, asked by crmtui, did not want is no change, and in no script."""
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
