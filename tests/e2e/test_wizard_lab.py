"""The guided forms pressed through on real nodes, in a small terminal, as a person would."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pytest

from crmtui.crm.process import run
from tests.e2e.terminal import CRMTUI, Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crmtui.lab import Lab

    Eventually = Callable[[Callable[[], bool], float], bool]

pytestmark = [pytest.mark.lab, pytest.mark.usefixtures("_own_state")]

MOUNTED = "/srv/crmtui"
STARTED_SECONDS = 60.0
VERIFY_SECONDS = 60.0
"""crm reads the metadata of every agent in the configuration."""


@dataclass(frozen=True)
class Made:
    """One thing that is made: what is searched for, and what is typed into which fields."""

    search: str
    title: str
    keys: tuple[str, ...]
    """Keys, texts, and what has to be seen before going on, from the first field on."""
    id: str
    line: str
    """What the review says of it, in sight without scrolling."""


def _made(address: str, other: str) -> tuple[Made, ...]:
    return (
        Made(
            "heartbeat:IPaddr2", "New ocf:heartbeat:IPaddr2",
            ("webip", "down", address), "webip", f"params ip={address}",
        ),
        Made(
            "systemd:nginx", "New systemd:nginx",
            ("web", *["pagedown"] * 3, "see placement +default alone",
"new group",
"see group \\* +needed", "down", "webservice"),
            "web", "group webservice web",
        ),
        Made(
            "pacemaker:Stateful", "New ocf:pacemaker:Stateful",
            ("db", *["pagedown"] * 3, "see placement +default alone",
"promotable"),
            "db", "db runs on every node that can run it, and one instance is promoted",
        ),
        Made(
            "heartbeat:Filesystem", "New ocf:heartbeat:Filesystem",
            # In a container there is no block device to be mounted, but a folder elsewhere.
            ("data", "down", "/usr/share/crmsh", "down", MOUNTED, "down", "none",
"f3", "see options ", "down", "bind"),
            "data", f"directory={MOUNTED}",
        ),
        Made(
            "stonith:null", "New stonith:null",
            ("fence", "down", "n1 n2"), "fence", "fence starts on n",
        ),
        Made(
            "recipe virtual-ip", "Recipe virtual-ip",
            ("recipeip", "down", other), "recipeip", "recipeip starts on n",
        ),
    )  # fmt: skip


@pytest.fixture
def empty(each_lab: Lab) -> Iterator[Lab]:
    """Return a lab in which nothing needs fencing; take everything away afterwards."""
    target = each_lab.target("n1")
    run(target, ["crm", "configure", "property", "stonith-enabled=false"], timeout=60)
    yield each_lab
    for line in (
        "crm_attribute --type rsc_defaults --name target-role --update Stopped",
        "crm_resource --wait --timeout=60",
        "crm -F configure erase",
        "crm_attribute --type crm_config --name stonith-enabled --delete",
    ):
        run(target, line.split(), timeout=90)


def _opens(screen: Terminal, search: str, title: str) -> None:
    screen.to_the_panes()
    screen.press("2", "n")
    screen.shows("what is to be made")
    screen.send(search)
    screen.shows(rf"^ {title.removeprefix('New ')}$")


def _commits(screen: Terminal, line: str) -> None:
    screen.press("f8")
    screen.shows("Verified by crm", seconds=VERIFY_SECONDS)
    screen.shows(line)
    screen.press("c")
    screen.confirms()
    screen.shows("Committed", seconds=VERIFY_SECONDS)


def test_resources_are_made_by_keys(empty: Lab, eventually: Eventually) -> None:
    """An address, a server, a promotable clone, a mount, a fencing device and a recipe all run."""
    net = ipaddress.ip_network(empty.status().subnet)
    with Terminal([*CRMTUI, "lab", "--name", empty.name, "open", "n1"], size=(80, 24)) as screen:
        for made in _made(str(net[80]), str(net[81])):
            _opens(screen, made.search, made.title)
            screen.press("enter")
            screen.shows(made.title)
            screen.shows(" \\* ", "is needed")
            for key in made.keys:
                if key.startswith("see "):
                    screen.shows(key.removeprefix("see "))
                elif key in ("down", "pagedown", "f3"):
                    screen.press(key)
                else:
                    screen.send(key)
            screen.shows("Nothing is missing")
            _commits(screen, made.line)
            assert eventually(partial(_runs, empty, made.id), STARTED_SECONDS), made.id
    assert any(_is_mounted(empty, name) for name in ("n1", "n2"))


def _runs(lab: Lab, name: str) -> bool:
    done = run(lab.target("n1"), ["crm_resource", "--locate", "--resource", name])
    return "is running on" in done.output


def _is_mounted(lab: Lab, node: str) -> bool:
    return run(lab.target(node), ["mountpoint", "--quiet", MOUNTED]).status == 0
