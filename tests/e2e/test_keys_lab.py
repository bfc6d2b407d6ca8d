"""Keys that need a real cluster: fencing, leftovers of a move, what Pacemaker keeps, and the stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.run import run
from crmtui.backend.watch.settled import is_settled
from crmtui.backend.watch.snapshot import take_snapshot
from tests.e2e.fencing import DEVICE, bring_back, install_device
from tests.e2e.restoring import restored
from tests.e2e.terminal import CRMTUI, Terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.backend.process.target import Target
    from crmtui.lab import Lab

    Eventually = Callable[[Callable[[], bool], float], bool]

pytestmark = [pytest.mark.lab, pytest.mark.usefixtures("_own_state")]

_CLUSTER = f"""\
primitive web ocf:pacemaker:Dummy
location web-prefers-n1 web 100: n1
{DEVICE}
property stonith-enabled=true
"""


def _configuration(target: Target) -> str:
    return run(target, ("cibadmin", "--query", "--scope", "configuration"), timeout=60).output


def _runs_on(target: Target, node: str) -> bool:
    return any(each.id == "web" for each in take_snapshot(target).cluster.running_on(node))


def _all(target: Target) -> str:
    return run(target, ("crm_mon", "-1", "-rfA")).output


def _is_whole(target: Target) -> bool:
    return all(node.is_online for node in take_snapshot(target).cluster.nodes)


def test_keys_on_real_nodes(each_lab: Lab, eventually: Eventually) -> None:
    """Undo reaches what was before us, ``c`` clears a leftover, 6 shows the stack, ``F`` fences."""
    target = each_lab.target("n1")
    with restored(target):
        install_device(each_lab)
        load = 'printf %s "$1" | crm configure load update -'
        assert run(target, ("sh", "-c", load, "-", _CLUSTER), timeout=60).status == 0
        assert eventually(lambda: _runs_on(target, "n1"), 60), _all(target)
        run(target, ("crm_resource", "--move", "--resource", "web", "--node", "n2"), timeout=60)
        run(target, ("crm_attribute", "--name", "cluster-delay", "--update", "77s"), timeout=60)
        assert eventually(lambda: _runs_on(target, "n2"), 60), _all(target)
        # What is still under way happens whatever is done, and a forecast says so.
        assert eventually(lambda: is_settled(target), 60), _all(target)
        try:
            with Terminal([*CRMTUI, "lab", "--name", each_lab.name, "open", "n1"]) as screen:
                screen.shows(r"● web +Started +n2 ", r"^▎ crm\(live/n1\)# *$", seconds=60)
                screen.to_the_panes()
                _takes_back(screen, target)
                _clears(screen, target)
                _reads_the_stack(screen)
                _fences(screen)
        finally:
            bring_back(each_lab, "n2")
            assert eventually(lambda: _is_whole(target), 90), _all(target)


def _takes_back(screen: Terminal, target: Target) -> None:
    """Take back the last change, which was made before the screen was opened."""
    screen.press("u")
    screen.shows("Undo: choose a change", "cluster-delay", "cli-prefer-web")
    screen.press("enter")
    screen.shows("undo: .*cluster-delay", "nothing moves")
    screen.confirms()
    screen.shows("Taken back: .*cluster-delay", "As forecast")
    assert "77s" not in _configuration(target)


def _clears(screen: Terminal, target: Target) -> None:
    """Find the leftover on the page of the resource, and clear it there."""
    screen.press("2")
    screen.press("g")
    screen.press("enter")
    screen.shows("cli-prefer-web .*left by a move or ban by hand, forever: c clears it")
    screen.press("/")
    screen.send("cli-prefer")
    screen.press("enter")
    screen.shows(r"/cli-prefer: 1 of ")
    screen.press("G", "c")
    screen.shows("crm resource clear web", r"web moves n2 . n1")
    screen.confirms()
    screen.shows("resource clear web, settled: web n2 → n1", seconds=60)
    screen.shows("As forecast", "/cli-prefer: 0 of")
    assert "cli-prefer" not in _configuration(target)
    screen.press("escape", "escape")
    screen.shows(r"● web +Started +n1 ")


def _reads_the_stack(screen: Terminal) -> None:
    """See on the page of the cluster what it stands on."""
    screen.press("6")
    screen.shows(r"votes +2 of 2 ", r"link 0 +up ", r"corosync +active \(running\)")
    screen.press("escape")
    screen.shows("● web +Started")


def _fences(screen: Terminal) -> None:
    """Fence the other node by its name, and see it gone."""
    screen.press("1", "G", "F")
    screen.shows("crm node fence n2", "n2 is fenced", "Type n2 and Enter")
    screen.confirms()
    screen.shows(r"n2 +OFFLINE", "node fence n2, settled", "As forecast", seconds=60)
