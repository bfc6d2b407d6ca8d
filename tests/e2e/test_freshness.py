"""The screen never shows an old snapshot as a new one, whatever happens to a real cluster."""

from __future__ import annotations

import queue
import re
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.run import run
from crmtui.backend.targets.wakeups.crm_mon_redraws import RedrawWakeup
from crmtui.backend.targets.wakeups.pacemaker_log import LogWakeup
from crmtui.backend.watch.watch import Watch
from crmtui.errors import CrmtuiError, LabFailed
from crmtui.lab import Lab
from tests.e2e.conftest import cannot_start, lab_name
from tests.e2e.terminal import CRMTUI, Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Literal

    from crmtui.backend.process.target import Invocation, Target, Wakeup
    from crmtui.backend.watch.snapshot import Snapshot

pytestmark = [pytest.mark.lab, pytest.mark.usefixtures("_own_state")]

_PARTS = ("pacemakerd", "pacemaker-based", "pacemaker-controld", "pacemaker-fenced")
_STALE = r"LAB .* STALE 00:\d\d  ?"
_SEEN = r"LAB .* (OK|WARN|CRIT) "
_CRM_MON = "/usr/sbin/crm_mon"
_INSTEAD: dict[Literal["hanging", "truncated"], str] = {
    "hanging": "kill -STOP $$",
    "truncated": '{0}.real "$@" | head -c 700; exit 0',
}


@pytest.fixture(scope="module")
def three() -> Iterator[Lab]:
    """Bring up a lab of three nodes: of two, one keeps quorum when it is cut off."""
    lab = Lab(lab_name("3"))
    try:
        lab.down()
        lab.up(3, "bookworm", print)
    except LabFailed as error:
        cannot_start(error)
    yield lab
    lab.down()


class Watcher:
    """Somebody who keeps the screen open on n1."""

    def __init__(self, lab: Lab, screen: Terminal) -> None:
        self.lab = lab
        self.screen = screen

    def runs(self, *argv: str) -> None:
        """Run a program on n1, by hand."""
        run(self.lab.target("n1"), argv, timeout=60)

    def sees_it_again(self) -> None:
        """Wait until the snapshot is new by itself."""
        self.screen.shows(_SEEN, seconds=90)
        self.screen.hides("STALE")

    def sees_it_stale(self, reason: str) -> None:
        """Wait until the snapshot is old, for a reason; nothing of it may look well."""
        self.screen.shows(_STALE + reason)
        assert not [colour for colour in self.screen.colours_of("●") if _is_green(colour)]

    def replaces_crm_mon(self, how: Literal["hanging", "truncated"]) -> None:
        """Put another program in the place of crm_mon."""
        script = f"#!/bin/sh\n{_INSTEAD[how].format(_CRM_MON)}\n"
        put = f'mv {_CRM_MON} {_CRM_MON}.real; printf %s "$1" > {_CRM_MON}; chmod 755 {_CRM_MON}'
        self.runs("sh", "-c", put, "-", script)

    def puts_crm_mon_back(self) -> None:
        """Put crm_mon back where it was."""
        self.runs("mv", f"{_CRM_MON}.real", _CRM_MON)


def _is_green(colour: str) -> bool:
    if not re.fullmatch("[0-9a-f]{6}", colour):  # one of the sixteen that the first picture has
        return "green" in colour
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return green > max(red, blue) + 8


@pytest.fixture
def watcher(three: Lab) -> Iterator[Watcher]:
    """Open the screen on n1 with everything well."""
    with Terminal([*CRMTUI, "lab", "--name", three.name, "open", "n1"]) as screen:
        screen.shows(_SEEN, "3/3 nodes", "● n1 +online", r"following pacemaker\.log", seconds=60)
        assert [colour for colour in screen.colours_of("●") if _is_green(colour)]
        screen.to_the_panes()
        yield Watcher(three, screen)
    run(three.target("n1"), ["systemctl", "start", "pacemaker"], timeout=60)


def test_a_pacemaker_that_stops_is_stale_and_comes_back(watcher: Watcher) -> None:
    """Stopped and started, then killed: the snapshot is stale at once, and new again by itself."""
    watcher.runs("systemctl", "stop", "pacemaker")
    watcher.sees_it_stale("The cluster is not running")
    watcher.screen.press("1", "s")
    watcher.screen.shows("has not been seen for 00:..: The cluster is not running here")
    watcher.runs("systemctl", "start", "pacemaker")
    watcher.sees_it_again()

    watcher.runs("systemctl", "kill", "--signal=KILL", "pacemaker")
    watcher.sees_it_stale("")
    watcher.sees_it_again()
    # It follows the daemon that is there now.
    watcher.runs("systemctl", "kill", "--signal=KILL", "pacemaker")
    watcher.sees_it_stale("")
    watcher.sees_it_again()


@pytest.mark.parametrize(
    ("how", "reason"), [("hanging", "crm_mon .*no answer"), ("truncated", "crm_mon printed XML")]
)
def test_a_crm_mon_that_fails_is_stale(
    watcher: Watcher, how: Literal["hanging", "truncated"], reason: str
) -> None:
    """A crm_mon that is stopped by a signal, or whose output is cut off, makes the snapshot stale."""
    watcher.replaces_crm_mon(how)
    try:
        watcher.runs("crm_standby", "-N", "n3", "-v", "on")
        watcher.sees_it_stale(reason)
    finally:
        watcher.puts_crm_mon_back()
        watcher.runs("crm_standby", "-N", "n3", "-D")
    watcher.sees_it_again()


def test_a_lost_quorum_and_a_lost_node(watcher: Watcher) -> None:
    """Cut off, a node says that there is no quorum; without power it is stale until it is back."""
    watcher.lab.cut("n1")
    watcher.screen.shows(r"LAB .* CRIT .*(quorum|no DC|UNCLEAN)", "no quorum")
    watcher.lab.heal("n1")
    watcher.screen.shows(_SEEN, " quorum ", "3/3 nodes", seconds=60)

    watcher.lab.kill("n1")
    watcher.sees_it_stale("n1 is off")
    watcher.lab.boot("n1")
    watcher.sees_it_again()


def test_without_a_log_crm_mon_is_followed(three: Lab) -> None:
    """Without a log to follow, a console crm_mon tells of changes by drawing anew."""
    target = three.target("n2")
    wakeup = RedrawWakeup(target)
    try:
        assert wakeup.wait(20)  # its first drawing
        while wakeup.wait(3):
            continue
        run(target, ["crm_standby", "-N", "n3", "-v", "on"], timeout=60)
        assert wakeup.wait(5)
        assert not wakeup.is_over
    finally:
        run(target, ["crm_standby", "-N", "n3", "-D"], timeout=60)
        wakeup.close()


class _Mute:
    """A node whose Pacemaker log can be read, and is written to by nobody.

    Args:
        target: The node.
    """

    LOG = "/tmp/nobody-writes-here.log"

    def __init__(self, target: Target) -> None:
        self._target = target
        self.kind, self.name = target.kind, target.name
        run(target, ["touch", self.LOG])

    def invocation(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Invocation:
        return self._target.invocation(argv, env)

    def wakeup(self) -> Wakeup:
        return LogWakeup(self, self.LOG)

    def after_command(self) -> None:
        self._target.after_command()

    def close(self) -> None:
        self._target.close()


def test_a_log_that_tells_nothing_is_given_up(three: Lab) -> None:
    """Once a snapshot has a change that the log did not tell of, crm_mon's drawings are followed."""
    target = three.target("n2")
    watch = Watch(_Mute(target), idle_seconds=2.0)
    told: queue.Queue[Snapshot | CrmtuiError] = queue.Queue()
    watch.listen(told.put)
    watch.start()

    def is_seen_in(state: str) -> bool:
        news = told.get(timeout=30)
        assert not isinstance(news, CrmtuiError), news
        node = news.cluster.node("n3")
        return node is not None and node.state.startswith(state)

    try:
        assert is_seen_in("online")
        assert watch.way == "following pacemaker.log"
        run(target, ["crm_standby", "-N", "n3", "-v", "on"], timeout=60)
        while not is_seen_in("standby"):
            continue
        assert watch.way == "crm_mon redraws"
        run(target, ["crm_standby", "-N", "n3", "-D"], timeout=60)
        while not is_seen_in("online"):
            continue
        assert watch.way == "crm_mon redraws"
    finally:
        run(target, ["crm_standby", "-N", "n3", "-D"], timeout=60)
        watch.stop()
