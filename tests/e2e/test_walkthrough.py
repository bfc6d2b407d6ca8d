"""The purpose of the screen, from beginning to end: typed and pressed in a real terminal."""

from __future__ import annotations

import ipaddress
import re
import subprocess
import urllib.error
import urllib.request
from functools import partial
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.run import run
from tests.e2e.inside import PYZ, put_crmtui
from tests.e2e.terminal import CRMTUI, Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from crmtui.lab import Lab

    Eventually = Callable[[Callable[[], bool], float], bool]

pytestmark = pytest.mark.usefixtures("_own_state")

SERVICE = ("webservice", "webip", "webserver")
"""Resources that the walk-through makes; of a group that is gone, its members are left."""
MOVE_SECONDS = 60.0
"""Bound for the move of a resource; systemd's nginx takes some 5 s on an idle machine."""


class Administrator:
    """Somebody who works with the screen on a node of a lab of two.

    Args:
        screen: The terminal that crmtui runs in.
        lab: The lab.
        node: The node that crmtui was opened on.
    """

    def __init__(self, screen: Terminal, lab: Lab, node: str = "n1") -> None:
        self.screen = screen
        self._lab = lab
        self._node = node
        self.address = str(ipaddress.ip_network(lab.status().subnet)[80])
        """The service's, one that no node has."""

    def sees_prompt(self, level: str = "") -> None:
        """Wait for crm's prompt in an empty command line."""
        self.screen.shows(rf"^▎ crm\(live/{self._node}\){level}(?: \[\d+ pending\])?# *$")

    def enters(self, line: str, level: str = "") -> None:
        """Run a command, approve it where that is asked for, and wait for the prompt that follows."""
        self.screen.enter(line)
        self.screen.wait(
            lambda: self.screen.is_asked or self._last_run().startswith(line), f"{line} held or run"
        )
        if self.screen.is_asked:
            self.screen.confirms()
            self.screen.wait(lambda: self._last_run().startswith(line), f"{line} run")
        self.sees_prompt(level)

    def _last_run(self) -> str:
        """Return the last command in the output, with how it went."""
        found = re.findall(r"^│crm\(\S+\)[^#]*# (.*)", self.screen.text, re.MULTILINE)
        return found[-1] if found else ""

    def sees_resource(self, name: str, node: str) -> None:
        """Wait until pane and feed show ``name`` started on ``node``."""
        self.screen.shows(
            rf"● {name} +Started +{node} ",
            rf"\* {name} .*Started {node}",
            seconds=MOVE_SECONDS,
        )

    def goes_to(self, node: str) -> None:
        """Select a node in its pane."""
        self.screen.to_the_panes()
        self.screen.press("1", "up", *(["down"] if node == "n2" else []))

    def switches(self, node: str, verb: str, key: str) -> None:
        """Press the key of standby or online on a node, look at what it would run, and run it."""
        self.goes_to(node)
        self.screen.press(key)
        self.screen.shows(rf"crm node {verb} {node}")
        self.screen.confirms()

    def node_of(self, resource: str) -> str:
        """Return the node that the screen shows ``resource`` on."""
        found = re.search(rf"● {resource} +Started +(n[12]) ", self.screen.text)
        assert found, self.screen.text
        return found[1]

    def outside(self, line: str) -> str:
        """Return what ``crm`` prints when it is run on the node by hand."""
        done = run(self._lab.target(self._node), ["crm", "-D", "plain", *line.split()], timeout=60)
        return done.output + done.errors

    def shows_as_outside(self, line: str) -> bool:
        """Run a line and say whether the output pane shows what crm prints outside.

        crm lays lists out in columns by the width that it is told, so words are compared. systemd
        loads and unloads units as it likes, so a list may have to be asked for again.
        """
        for _ in range(3):
            self.enters(line)
            expected = sorted(self.outside(line).split())
            assert expected
            if self.screen.comes(partial(self._has_put_out, line, expected), 10):
                return True
        return False

    def _has_put_out(self, line: str, words: list[str]) -> bool:
        return sorted(self._output_of(line)) == words

    def _output_of(self, line: str) -> list[str]:
        shown = self.screen.text.split(f"# {line}")[-1]
        rows = shown.partition("╰")[0].splitlines()[1:]
        return " ".join(row.strip("│ ") for row in rows).split()


def other(node: str) -> str:
    """Return the other of two nodes."""
    return {"n1": "n2", "n2": "n1"}[node]


def answers_ping(address: str) -> bool:
    """Say whether an address answers this machine."""
    done = subprocess.run(["ping", "-c1", "-W1", address], capture_output=True, check=False)
    return done.returncode == 0


def serves(address: str) -> bool:
    """Say whether nginx's own page is at an address."""
    try:
        with urllib.request.urlopen(f"http://{address}/", timeout=2) as page:
            return "nginx" in page.read().decode()
    except urllib.error.URLError:
        return False


def clean(lab: Lab) -> None:
    """Take every resource and standby of a lab away."""
    target = lab.target()
    for line in (
        "crm node online n1",
        "crm node online n2",
        *(f"crm -w resource stop {name}" for name in SERVICE),
        *(f"crm -F configure delete {name}" for name in SERVICE),
        "crm_attribute --type crm_config --name stonith-enabled --delete",
    ):
        run(target, line.split(), timeout=60)


@pytest.fixture
def administrator(each_lab: Lab) -> Iterator[Administrator]:
    """Open the screen on an empty lab."""
    with Terminal([*CRMTUI, "lab", "--name", each_lab.name, "open", "n1"]) as screen:
        yield Administrator(screen, each_lab)
    clean(each_lab)


def completes_webip(who: Administrator) -> None:
    """Type a primitive by beginnings and Tab."""
    screen = who.screen
    screen.send("primitive webip ocf:h")
    screen.shows("Agents of heartbeat")
    screen.press("tab")
    screen.shows(r"^▎.*webip ocf:heartbeat:")
    screen.send("IPa")
    screen.shows(r"^ *IPaddr2")
    screen.press("tab", "tab")
    screen.shows(r"^▎.*ocf:heartbeat:IPaddr2")
    screen.send("par")
    screen.shows(r"^ *params")
    screen.press("tab")
    screen.shows(r"^▎.*IPaddr2 params$")
    screen.send("ip")
    screen.shows(r"^ *ip=? .*required")
    screen.press("tab")
    screen.shows(r"^▎.* params ip=")
    screen.enter(who.address)
    who.sees_prompt("configure")


@pytest.mark.lab
def test_a_service_is_built_moved_and_served(
    administrator: Administrator, eventually: Eventually
) -> None:
    """On two real nodes a web service is made, put through a standby of its node, and answers."""
    administrator.screen.shows("LAB", "2/2 nodes", " quorum ")
    walk(administrator, eventually)


def walk(who: Administrator, eventually: Eventually) -> None:
    """Build a service, and put each node that it runs on into standby."""
    screen = who.screen
    screen.shows("● n1 +online", "● n2 +online")
    who.sees_prompt()
    screen.to_the_line()
    build_address(who)
    assert eventually(lambda: answers_ping(who.address), 10)

    first = who.node_of("webip")
    who.switches(first, "standby", "s")
    who.sees_resource("webip", other(first))
    screen.shows(rf"{first} is standby, settled: webip {first} → {other(first)}")
    screen.shows(rf"● {first} +standby|. {first} +standby")
    who.switches(first, "online", "o")
    screen.shows(rf"{first} is online, settled: nothing moved")
    assert who.node_of("webip") == other(first)

    build_service(who)
    assert eventually(lambda: serves(who.address), 20)
    second = who.node_of("webip")
    who.switches(second, "standby", "s")
    who.sees_resource("webserver", other(second))
    assert eventually(lambda: serves(who.address), 20)
    compare(who)


def build_address(who: Administrator) -> None:
    """Configure and commit the virtual IP."""
    who.enters("configure", "configure")
    who.enters("property stonith-enabled=false", "configure")
    completes_webip(who)
    who.enters("verify", "configure")
    who.enters("commit", "configure")
    who.enters("cd")
    who.screen.enter("status")
    who.screen.shows(r"^│Full List of Resources:")
    who.sees_resource("webip", "n[12]")


def build_service(who: Administrator) -> None:
    """Add nginx, leave with the change pending, commit it there, and group the two."""
    who.screen.to_the_line()
    who.enters("configure", "configure")
    who.enters("primitive webserver systemd:nginx", "configure")
    who.enters("verify", "configure")
    who.screen.enter("cd")
    who.screen.shows(r"^▎ There are changes pending: commit them \(y\), .*\?$")
    who.screen.enter("y")
    who.screen.confirms()
    who.sees_prompt()
    who.enters("configure", "configure")
    who.enters("group webservice webip webserver", "configure")
    who.enters("commit", "configure")
    who.enters("cd")
    node = who.node_of("webip")
    who.sees_resource("webserver", node)


def compare(who: Administrator) -> None:
    """Hold what the output pane shows against what crm prints outside."""
    who.screen.to_the_line()
    who.screen.resize(160, 300)
    for line in ("ra classes", "ra list systemd", "node show", "configure show"):
        assert who.shows_as_outside(line), f"{line}\n{who.screen.text}"


@pytest.mark.lab
def test_it_runs_on_a_node(lab: Lab, dist: Path, eventually: Eventually) -> None:
    """Copied to a node, the one file does all of it there, as LIVE, with that node's own Python."""
    target = lab.target("n1")
    put_crmtui(target, dist)
    invocation = target.invocation(["python3", PYZ], {"TERM": "xterm-256color"})
    try:
        with Terminal(invocation.argv, env=invocation.env) as screen:
            screen.shows("LIVE", "2/2 nodes", " quorum ")
            walk(Administrator(screen, lab), eventually)
            screen.press("ctrl+q")
            assert screen.ends() == 0
            assert screen.is_restored
    finally:
        clean(lab)


@pytest.fixture
def small() -> Iterator[Terminal]:
    """Open the demo on a terminal of 80 columns and 24 lines."""
    with Terminal([*CRMTUI, "demo"], size=(80, 24)) as screen:
        screen.shows("SANDBOX", "3/3 nodes", r"^▎ crm\(live/.*\)# *$", "● alpha")
        screen.to_the_panes()
        yield screen


def test_keys_open_one_list_at_a_time(small: Terminal) -> None:
    """At 80x24 the number keys and Tab open a list each, and Escape, : and ? do what they say.

    Nodes that leave room share it with the resources.
    """
    small.press("1")
    small.shows("━ 1 Nodes", "● gamma +online", "─ 2 Resources", "● webip +Started")
    small.press("2")
    small.shows("━ 2 Resources", "● webip +Started")
    small.hides("● beta")
    small.press("3")
    small.shows(r"\* Online: \[ alpha beta gamma \]")
    small.hides("● webip")
    small.press("4")
    small.press("1")
    small.shows("━ 1 Nodes", "● beta +online")
    small.press("tab")
    small.shows("━ 2 Resources", "● webip +Started")
    small.press("?")
    small.shows("Esc +close +arrows +scroll")
    small.press("escape")
    small.hides("Esc +close +arrows +scroll")
    small.to_the_line()
    small.to_the_panes()
    small.press("1")
    small.shows("● beta +online")
    small.press("q")
    assert small.ends() == 0


def test_letters_type_in_the_line_and_act_in_the_panes(small: Terminal) -> None:
    """Letters typed at once behind : are a command, and those pressed in a pane are none."""
    small.send(":so1234qrf?:jk")
    small.shows(r"^▎ crm\(live/.*\)# so1234qrf\?:jk$", "● beta +online")
    assert "crm node" not in small.text
    small.shows("[Tt]ab Complete")
    small.press("ctrl+c")
    small.to_the_panes()
    small.press("1", "j", "s")
    small.shows("crm node standby beta", r"^▎ crm\(live/.*\)# *$")
    small.press("escape")
    small.hides("crm node standby beta")
    small.press("q")
    assert small.ends() == 0
    assert small.is_restored
