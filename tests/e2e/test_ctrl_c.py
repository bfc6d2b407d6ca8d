"""Ctrl-C ends each wait within a second, and leaving takes two at most, whatever hangs."""

from __future__ import annotations

import os
import queue
import signal
import sys
import textwrap
import time
from typing import TYPE_CHECKING, TypeVar

import pytest

from crmtui.backend.approval.approval import Approval
from crmtui.backend.gate.dispatcher import CommandDispatcher
from crmtui.backend.gate.gate import Gate
from crmtui.backend.session.ctrl_c import PRESSED
from crmtui.backend.session.events import (
    ApprovalRequested,
    ChangeBegan,
    CommandStarted,
    HintGiven,
    LinesReturned,
    PendingQueryBegan,
    PendingQueryEnded,
    PendingShown,
    SessionDied,
    SessionEvent,
    SessionReady,
)
from crmtui.cib.version import CibVersion
from crmtui.forecast.model import Forecast
from tests.e2e.hanging import Hanging, sleepers, within
from tests.e2e.session_driver import (
    DEADLINE,
    FAKE,
    Driver,
    ScratchTarget,
    crm_pid,
    needs_crm,
    scratch_cib,
    until,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


Event = TypeVar("Event", bound=SessionEvent)

HEARD = 1.0
"""Seconds after a Ctrl-C in which each wait ends."""
LEFT = 2.0
"""Seconds in which crmtui is left."""
MORE = r"""
    def status():
        while True:
            time.sleep(0.1)
    def history():
        trap = "trap '' INT TERM; while :; do sleep 0.1; done"
        subprocess.call(["sh", "-c", trap])
        while True:
            subprocess.call(["sleep", "0.1"])
    def help():
        subprocess.Popen(["setsid", "sh", "-c", "trap '' HUP; exec sleep 7777"])
        while True:
            time.sleep(0.1)
"""
"""Commands that only read, of a crm that hears nothing: it computes, its program is deaf, or what it
started in a session of its own keeps the terminal open."""


def fake_crm(folder: Path) -> None:
    """Put a crm with the commands of ``FAKE``, and with those above, into ``folder``."""
    first, loop = textwrap.dedent(FAKE).split("while True:\n    line", 1)
    program = folder / "crm"
    more = textwrap.dedent(MORE)
    program.write_text(f"#!{sys.executable}\n{first}{more}while True:\n    line{loop}")
    program.chmod(0o755)


class HangingDriver:
    """A dispatcher with a fake crm, beside programs that may hang."""

    def __init__(self, folder: Path, hanging: Hanging) -> None:
        path = f"{hanging.path}:{folder}:{os.environ['PATH']}"
        self.target = ScratchTarget(scratch_cib(folder), path=path)
        self.gate = Gate(self.target)
        self.events: queue.Queue[SessionEvent] = queue.Queue()
        self.dispatcher = CommandDispatcher(self.target, self.gate, self.events.put)

    def wait(self, kind: type[Event]) -> Event:
        """Return the next event of this kind."""
        end = time.monotonic() + DEADLINE
        while True:
            event = self.events.get(timeout=max(0.01, end - time.monotonic()))
            if isinstance(event, kind):
                return event

    def approval_for(self, line: str) -> ApprovalRequested:
        """Submit a line that needs approval."""
        self.dispatcher.submit(line)
        return self.wait(ApprovalRequested)

    def close(self) -> None:
        """End all of it."""
        self.dispatcher.close()
        self.gate.close()


@pytest.fixture
def hanging(tmp_path: Path) -> Hanging:
    """Let cibadmin hang when it is told to."""
    made = Hanging(tmp_path)
    made.add("cibadmin")
    return made


@pytest.fixture
def driver(tmp_path: Path, hanging: Hanging) -> Iterator[HangingDriver]:
    """Return a driver whose fake crm is at its prompt."""
    fake_crm(tmp_path)
    made = HangingDriver(tmp_path, hanging)
    made.dispatcher.start()
    made.wait(SessionReady)
    yield made
    made.close()
    until(lambda: not sleepers())


@pytest.mark.parametrize("line", ["status", "history", "help"])
def test_a_crm_that_hears_nothing_is_started_anew(driver: HangingDriver, line: str) -> None:
    """One Ctrl-C ends a line that changes nothing within a second, and crm is there again."""
    driver.dispatcher.submit(line)
    driver.wait(CommandStarted)
    with within(HEARD):
        driver.dispatcher.interrupt()
        died = driver.wait(SessionDied)
    assert died.reason == "crm was ended, since it did not stop for Ctrl-C."
    assert (died.line, died.will_restart) == (line, True)
    driver.wait(SessionReady)
    driver.dispatcher.submit("yes")


def test_a_crm_that_the_user_ends_is_started_each_time(driver: HangingDriver) -> None:
    """Only a crm that dies by itself is given up."""
    for _ in range(5):
        driver.dispatcher.submit("status")
        driver.wait(CommandStarted)
        driver.dispatcher.interrupt()
        assert "crm itself is working" in driver.wait(HintGiven).text
        driver.dispatcher.interrupt()
        assert driver.wait(SessionDied).will_restart
        driver.wait(SessionReady)


def test_a_change_is_cut_off_by_the_second_ctrl_c_only(driver: HangingDriver) -> None:
    """The first says that it does not stop and what the second does; crm goes on meanwhile."""
    request = driver.approval_for("deaf").request
    driver.dispatcher.decide(request, Approval(request, Forecast("deaf", "")))
    driver.wait(ChangeBegan)
    driver.dispatcher.interrupt()
    said = driver.wait(HintGiven).text
    assert "makes a change" in said
    assert "again" in said
    end = time.monotonic() + HEARD
    until(lambda: time.monotonic() > end)
    assert driver.dispatcher.is_at_work
    with within(HEARD):
        driver.dispatcher.interrupt()
        assert driver.wait(SessionDied).line == "deaf"
    driver.wait(SessionReady)


def test_the_second_look_of_the_gate_ends_at_ctrl_c(
    driver: HangingDriver, hanging: Hanging
) -> None:
    """A line whose approval is checked once more comes back when that hangs and is interrupted."""
    request = driver.approval_for("noeol").request
    hanging.begin()
    driver.dispatcher.decide(
        request, Approval(request, Forecast("noeol", "", version=CibVersion(1, 2, 3)))
    )
    until(sleepers)
    with within(HEARD):
        driver.dispatcher.interrupt()
        returned = driver.wait(LinesReturned)
    assert returned.lines == ("noeol",)
    assert PRESSED in returned.reason
    until(lambda: not sleepers())


def test_the_forecast_of_the_second_look_ends_at_ctrl_c(
    driver: HangingDriver, hanging: Hanging
) -> None:
    """So it is where another version makes the gate ask the scheduler again."""
    hanging.add("crm_simulate")
    request = driver.approval_for("noeol").request
    driver.dispatcher.decide(request, None)
    driver.wait(LinesReturned)
    request = driver.approval_for("node standby n1").request
    forecast = driver.gate.forecast(request)
    hanging.add("cibadmin", "false")
    hanging.begin()
    cib = driver.target.cib
    cib.write_text(cib.read_text().replace('num_updates="0"', 'num_updates="7"'))
    driver.dispatcher.decide(request, Approval(request, forecast))
    until(sleepers)
    with within(HEARD):
        driver.dispatcher.interrupt()
        assert driver.wait(LinesReturned).lines == ("node standby n1",)
    hanging.end()
    assert driver.gate.forecast(request).unforeseeable == forecast.unforeseeable


def test_a_line_is_not_sent_when_the_query_before_it_is_interrupted(
    driver: HangingDriver, hanging: Hanging
) -> None:
    """The line comes back and crm has not heard of it."""
    line = "node standby n1"
    request = driver.approval_for(line).request
    hanging.begin()
    driver.dispatcher.decide(request, Approval(request, Forecast(line, "")))
    until(sleepers)
    with within(HEARD):
        driver.dispatcher.interrupt()
        assert driver.wait(LinesReturned).lines == (line,)
    hanging.end()
    driver.dispatcher.submit("status")
    assert driver.wait(CommandStarted).line == "status"


def test_leaving_does_not_wait_for_what_hangs(driver: HangingDriver, hanging: Hanging) -> None:
    """The dispatcher closes while the thread of crm waits for a CIB that does not come."""
    request = driver.approval_for("noeol").request
    hanging.begin()
    driver.dispatcher.decide(
        request, Approval(request, Forecast("noeol", "", version=CibVersion(1, 2, 3)))
    )
    until(sleepers)
    with within(LEFT):
        driver.close()
    until(lambda: not sleepers())


@pytest.fixture
def crm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    """Return a session with the real crm on a scratch CIB, whose other crm hangs, and each commit."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    hanging = Hanging(tmp_path)
    hanging.add("crm", 'case "$*" in *"configure show"*) true;; *) false;; esac')
    hanging.add("cibadmin", 'case "$*" in *-P* | *-R*) true;; *) false;; esac')
    hanging.begin()
    path = f"{hanging.path}:{os.environ['PATH']}"
    driver = Driver(ScratchTarget(scratch_cib(tmp_path), path=path), is_kept=True)
    driver.session.start()
    driver.wait(SessionReady)
    for line in ("configure", "primitive a ocf:pacemaker:Dummy"):
        driver.run(line)
    yield driver
    driver.session.close()


@needs_crm
def test_help_that_takes_seconds_ends_at_ctrl_c(crm: Driver) -> None:
    """Work of crm itself is ended, and uncommitted lines are staged again at the same level."""
    crm.session.submit("help location-of-nothing")
    crm.wait(CommandStarted)
    with within(HEARD):
        crm.session.interrupt()
        died = crm.wait(SessionDied)
    assert died.staged == ("primitive a ocf:pacemaker:Dummy",)
    crm.wait(SessionReady)
    assert crm.session.staged == died.staged
    assert crm.level == "configure"


@needs_crm
def test_a_query_of_pending_changes_ends_at_ctrl_c(crm: Driver) -> None:
    """If the committed configuration does not come, nothing is shown and crm is spared."""
    pid = crm_pid()
    crm.session.look_at_pending()
    until(sleepers)
    with within(HEARD):
        crm.session.interrupt()
        assert crm.wait(HintGiven).text == f"{PRESSED} The uncommitted changes are not shown."
        crm.wait(PendingQueryEnded)
    assert PendingQueryBegan() in crm.seen
    assert crm.run("show a").staged == ("primitive a ocf:pacemaker:Dummy",)
    assert not [event for event in crm.seen if isinstance(event, PendingShown)]
    assert crm_pid() == pid


@needs_crm
def test_a_commit_that_is_cut_off_may_have_come_through(crm: Driver) -> None:
    """Of a commit that hangs in cibadmin nobody knows what came; of one that still asks it is known."""
    assert "still want to commit" in crm.ask("commit").question.text
    os.kill(crm_pid(), signal.SIGKILL)
    died = crm.wait(SessionDied)
    assert died.fate == "These lines were not committed; they are kept:"
    crm.wait(SessionReady)
    crm.run("property stonith-enabled=false")
    crm.session.submit("commit")
    until(sleepers)
    for _ in range(2):
        crm.session.interrupt()
    died = crm.wait(SessionDied)
    assert died.staged
    assert died.fate == "These lines may have been committed; they are kept:"
    assert "not committed" not in died.fate


@needs_crm
def test_what_is_uncommitted_is_kept_when_crm_hangs(crm: Driver, tmp_path: Path) -> None:
    """Leaving takes no time and drops nothing, although the other crm does not answer."""
    crm.session.look_at_pending()
    until(sleepers)
    with within(LEFT):
        crm.session.close()
    (journal,) = (tmp_path / "state" / "crmtui" / "uncommitted").glob("*.jsonl")
    assert "primitive a ocf:pacemaker:Dummy" in journal.read_text()
    assert not sleepers()
