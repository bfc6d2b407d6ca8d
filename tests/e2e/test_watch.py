"""The watch on the real tools: it sees changes, says what is wrong, and comes back by itself."""

from __future__ import annotations

import os
import queue
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.cibadmin import QUERY_PROPERTIES
from crmtui.backend.process.parallel import Tools
from crmtui.backend.process.run import run
from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.backend.targets.wakeups.file import FileWakeup, PollWakeup
from crmtui.backend.targets.wakeups.pacemaker_log import LogWakeup
from crmtui.backend.watch.watch import Watch
from crmtui.cluster.feed_options import FeedOptions
from crmtui.demo import demo_cib
from crmtui.errors import CrmtuiError, LabFailed
from tests.e2e.hanging import within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.backend.watch.snapshot import Snapshot
    from crmtui.cluster.feed_options import Toggle

SECONDS = 90.0


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Open the demo cluster."""
    made = Sandbox(CibSource.parse("demo", demo_cib()))
    yield made
    made.close()


class Watched:
    """A watch and what it told."""

    def __init__(self, sandbox: Sandbox, tools: Tools | None = None) -> None:
        self.told: queue.Queue[Snapshot | CrmtuiError] = queue.Queue()
        self.watch = Watch(sandbox, tools)
        self.watch.listen(self.told.put)
        self.watch.start()

    def snapshot(self) -> Snapshot:
        """Wait for the next thing told, which is to be a snapshot."""
        told = self.told.get(timeout=SECONDS)
        assert not isinstance(told, CrmtuiError), told
        return told


@pytest.fixture
def watched(sandbox: Sandbox) -> Iterator[Watched]:
    """Watch the demo cluster."""
    made = Watched(sandbox)
    yield made
    made.watch.stop()


def test_a_change_brings_a_snapshot(watched: Watched, sandbox: Sandbox) -> None:
    """A snapshot comes at the start, and another one after a change of the CIB."""
    first = watched.snapshot()
    assert first.cluster.name == "demo"

    run(sandbox, ["crm_standby", "--node", "gamma", "-v", "on"])

    state = ""
    while not state.startswith("standby"):
        node = watched.snapshot().cluster.node("gamma")
        state = node.state if node is not None else ""


def test_what_changes_before_it_is_followed_is_seen(sandbox: Sandbox) -> None:
    """A first snapshot may begin before anything is followed: changes behind it are asked for."""
    tools = Tools(sandbox)
    tools.begin()
    while any(child.poll() is None for child in tools.running):
        time.sleep(0.01)
    run(sandbox, ["crm_standby", "--node", "gamma", "-v", "on"])
    watched = Watched(sandbox, tools)
    try:
        states = [watched.snapshot().cluster.node("gamma") for _ in range(2)]
    finally:
        watched.watch.stop()
    assert not tools.has_begun
    assert [node is not None and node.state.startswith("standby") for node in states] == [
        False,
        True,
    ]


def test_what_began_for_nothing_is_ended(sandbox: Sandbox) -> None:
    """Programs that were begun and are not what is asked for leave nothing behind."""
    tools = Tools(sandbox)
    tools.begin()
    begun = tools.running
    (done,) = tools.run(QUERY_PROPERTIES)
    assert "crm_config" in done.output
    assert all(child.returncode is not None for child in begun)
    assert tools.running == ()


def test_a_tool_that_hangs_ends_with_the_watch(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crm_mon that hangs holds up nobody who quits, and does not stay behind."""
    pids = tmp_path / "pids"
    hanging = tmp_path / "crm_mon"
    hanging.write_text(f"#!/bin/sh\necho $$ >> {pids}\nexec tail -f /dev/null\n")
    hanging.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    watch = Watch(sandbox)
    watch.start()
    deadline = time.monotonic() + SECONDS
    while not pids.exists() or len(pids.read_text().split()) < 2:
        assert time.monotonic() < deadline
        watch.first(0.01)

    with within(1.0):
        watch.stop()

    for pid in pids.read_text().split():
        assert not Path(f"/proc/{pid}").exists()


def test_nothing_happens_when_nothing_changes(watched: Watched) -> None:
    """Without a change there is no further snapshot."""
    watched.snapshot()

    with pytest.raises(queue.Empty):
        watched.told.get(timeout=1.0)


def test_a_snapshot_can_be_asked_for(watched: Watched) -> None:
    """``look`` brings a snapshot, changed or not."""
    watched.snapshot()
    watched.watch.refresh()

    assert watched.snapshot().cluster.name == "demo"


def test_trouble_is_told_and_passes(watched: Watched, sandbox: Sandbox) -> None:
    """An unreadable CIB is told with a reason; when it is readable again, a snapshot comes."""
    watched.snapshot()
    content = sandbox.cib.read_bytes()
    sandbox.cib.write_bytes(content.replace(b'"pacemaker-3.7"', b'"pacemaker-9.9"'))

    told = watched.told.get(timeout=SECONDS)
    assert isinstance(told, CrmtuiError)

    sandbox.cib.write_bytes(content)
    while isinstance(told, CrmtuiError):
        told = watched.told.get(timeout=SECONDS)


def test_the_log_wakes(sandbox: Sandbox, tmp_path: Path) -> None:
    """A line of a CIB change wakes at once, after a rotation too."""
    log = tmp_path / "pacemaker.log"
    log.write_text("old\n", encoding="utf-8")
    wakeup = LogWakeup(sandbox, str(log))
    try:
        _append_until_it_wakes(wakeup, log)
        log.rename(tmp_path / "pacemaker.log.1")
        log.write_text("", encoding="utf-8")
        _append_until_it_wakes(wakeup, log)
        assert not wakeup.is_over
    finally:
        wakeup.close()


def _append_until_it_wakes(wakeup: LogWakeup, log: Path) -> None:
    # tail needs a moment to open the file, and says nothing when it has.
    for _ in range(200):
        with log.open("a", encoding="utf-8") as file:
            file.write("n1 pacemaker-based [1] (log_info) info: Diff: +++ 0.5.1 (null)\n")
        if wakeup.wait(0.1):
            return
    pytest.fail("the log did not wake")


def test_a_follower_that_ends_says_so(sandbox: Sandbox, tmp_path: Path) -> None:
    """A tail that is gone, as with its node, wakes the watch and asks to be replaced."""
    log = tmp_path / "pacemaker.log"
    log.touch()
    wakeup = LogWakeup(sandbox, str(log))
    wakeup._tail.kill()

    assert wakeup.wait(SECONDS)
    assert wakeup.is_over
    wakeup.close()


def test_a_silent_log_is_believed_as_long_as_crm_mon_draws_nothing(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No process is started while nothing happens: a crm_mon that subscribed vouches for the log."""
    draw, log, crm_mon = tmp_path / "draw", tmp_path / "pacemaker.log", tmp_path / "crm_mon"
    os.mkfifo(draw)
    log.touch()
    crm_mon.write_text(f"#!/bin/sh\nwhile echo picture; do read -r _ < {draw}; done\n")
    crm_mon.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    wakeup = LogWakeup(sandbox, str(log))
    try:
        assert not wakeup.vouches()
        _await_drawing(wakeup)
        assert not wakeup.vouches()
        assert wakeup.vouches()
        draw.write_text("again\n", encoding="utf-8")
        _await_drawing(wakeup)
        assert not wakeup.vouches()
        assert wakeup.vouches()
        assert wakeup._witness is not None
        wakeup._witness._child.kill()
        wakeup._witness._child.wait()
        assert not wakeup.vouches()
    finally:
        wakeup.close()


def _await_drawing(wakeup: LogWakeup) -> None:
    deadline = time.monotonic() + SECONDS
    while not wakeup._has_drawn:
        assert time.monotonic() < deadline
        assert not wakeup.wait(0.05)


def test_a_watch_that_is_sure_takes_no_snapshot(sandbox: Sandbox) -> None:
    """A file to which nothing happens is not read again, and its snapshot does not grow old."""
    told: queue.Queue[Snapshot | CrmtuiError] = queue.Queue()
    watch = Watch(sandbox, idle_seconds=0.05)
    watch.listen(told.put)
    watch.start()
    try:
        told.get(timeout=SECONDS)
        began = time.monotonic()
        with pytest.raises(queue.Empty):
            told.get(timeout=1.0)
        age = watch.freshness().age
        assert age is not None
        assert age < time.monotonic() - began
    finally:
        watch.stop()


def test_a_poll_can_be_interrupted() -> None:
    """An interrupt ends a wait at once, without saying that something changed."""
    wakeup = PollWakeup()
    wakeup.interrupt()

    assert wakeup.wait(SECONDS) is False
    assert wakeup.wait(0.01) is False
    wakeup.close()


def test_a_file_that_is_replaced_wakes(tmp_path: Path) -> None:
    """A file replaced under its name, as the tools do it, is a change."""
    path = tmp_path / "cib.xml"
    path.write_text("1", encoding="utf-8")
    wakeup = FileWakeup(path)
    other = tmp_path / "new"
    other.write_text("2", encoding="utf-8")
    other.rename(path)

    assert wakeup.wait(SECONDS)
    assert not wakeup.wait(0.01)
    wakeup.close()


def test_errors_have_a_next_step() -> None:
    """An error is its sentence, and under it the next step."""
    assert str(LabFailed("n1 is off.", hint="Switch it on.")) == "n1 is off.\nSwitch it on."


@pytest.mark.parametrize("names", [("by_node", "brief"), ("timing", "detail", "attributes")])
def test_the_feed_is_what_crm_mon_prints(
    watched: Watched, sandbox: Sandbox, names: tuple[Toggle, ...]
) -> None:
    """Other options bring a snapshot at once, with the text of ``crm_mon -1`` with those options."""
    watched.snapshot()
    options = FeedOptions()
    for name in names:
        options = options.toggled(name)

    watched.watch.feed(options.command)

    snapshot = watched.snapshot()
    printed = run(sandbox, options.command).output
    assert snapshot.command == options.command
    assert without_clock(snapshot.feed) == without_clock(printed)


def without_clock(text: str) -> list[str]:
    """Return the lines of a crm_mon as a terminal shows them, without the time of day."""
    lines = text.rstrip().expandtabs(8).splitlines()
    return [line for line in lines if "Last updated:" not in line]
