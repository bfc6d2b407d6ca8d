"""The guided forms pressed through on real nodes, in a small terminal, as a person would."""

from __future__ import annotations

import ipaddress
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Static

from crmtui import keymap
from crmtui.backend.process.run import run
from crmtui.tui.app import CrmtuiApp
from crmtui.tui.screens.confirm import ConfirmScreen
from tests.e2e.terminal import CRMTUI, Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from textual.pilot import Pilot

    from crmtui.backend.process.target import Invocation, TargetKind, Wakeup
    from crmtui.lab import Lab, LabTarget

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
    """Line that the review shows, in sight without scrolling."""


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
"f3", "see ^ options", "down", "bind"),
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
    """Return the lab of one release after the other, emptied."""
    yield from _emptied(each_lab)


@pytest.fixture
def one_empty(lab: Lab) -> Iterator[Lab]:
    """Return a lab, emptied."""
    yield from _emptied(lab)


def _emptied(lab: Lab) -> Iterator[Lab]:
    """Yield a lab in which nothing needs fencing; take everything away afterwards."""
    target = lab.target("n1")
    run(target, ["crm", "configure", "property", "stonith-enabled=false"], timeout=60)
    yield lab
    for line in (
        "crm_attribute --type rsc_defaults --name target-role --update Stopped",
        "crm_resource --wait --timeout=60",
        "crm -F configure erase",
        "crm_attribute --type crm_config --name stonith-enabled --delete",
        "crm_attribute --type crm_config --name enable-acl --delete",
    ):
        run(target, line.split(), timeout=90)


def _opens(screen: Terminal, search: str, title: str) -> None:
    screen.to_the_panes()
    screen.press("2", "n")
    screen.shows("search by name or description")
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
    """An address, a server, a promotable clone, a mount, a fencing device and two recipes all run."""
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
        if empty.status().release == "bookworm":  # crmsh 5 wants sudo on the nodes
            _runs_a_recipe(empty, screen)
    assert any(_is_mounted(empty, name) for name in ("n1", "n2"))


def _runs_a_recipe(lab: Lab, screen: Terminal) -> None:
    """Run a recipe that works on every node, and follow its steps."""
    _trust_each_other(lab)
    _opens(screen, "recipe health", "Recipe health")
    screen.press("enter")
    screen.shows("script run health", "Run cluster health check", "Nothing is missing")
    screen.press("c")
    screen.confirms()
    screen.shows(r"Collect information: (running|done)", seconds=VERIFY_SECONDS)
    screen.shows("crm ran all steps of the recipe", seconds=VERIFY_SECONDS)


def _trust_each_other(lab: Lab) -> None:
    """Let the first node run commands on the others, as crm's scripts do."""
    key = "test -f .ssh/id_ed25519 || ssh-keygen -q -t ed25519 -N '' -f .ssh/id_ed25519"
    make = f"cd /root && mkdir -p -m 700 .ssh && {{ {key}; }} && cat .ssh/id_ed25519.pub"
    public = run(lab.target("n1"), ["sh", "-c", make]).output
    for name in ("n1", "n2"):
        take = 'mkdir -p -m 700 /root/.ssh && printf "%s" "$0" >> /root/.ssh/authorized_keys'
        assert run(lab.target(name), ["sh", "-c", take, public]).status == 0


@dataclass(frozen=True)
class Member:
    """A node as somebody sees it who is in the group haclient and, by an ACL, may only read."""

    node: LabTarget
    kind: TargetKind = "lab"

    @property
    def name(self) -> str:
        """The node's name."""
        return self.node.name

    def invocation(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> Invocation:
        """Return how to start ``argv`` as that user."""
        user = ("runuser", "--user", "member", "--", "env", "HOME=/home/member")
        return self.node.invocation((*user, *argv), env)

    def wakeup(self) -> Wakeup:
        """Return a follower of the node's log."""
        return self.node.wakeup()

    def after_command(self) -> None:
        """Do nothing: a real cluster moves by itself."""

    def close(self) -> None:
        """Do nothing."""


READ_ONLY = (
    "id member || useradd --create-home --groups haclient member; "
    "printf '%s\\n' configure 'property enable-acl=true' 'role reader read xpath:/cib' "
    "'acl_target member reader' commit | crm -D plain"
)


async def test_what_the_cluster_refuses_is_staged_until_it_is_dropped(one_empty: Lab) -> None:
    """A commit without the right to write says so; it stays staged, or is dropped, as chosen."""
    node = one_empty.target("n1")
    assert run(node, ["sh", "-c", READ_ONLY], timeout=60).status == 0
    app = CrmtuiApp(Member(node), keymap.load())
    async with app.run_test(size=(80, 24)) as pilot:
        person = _Presses(pilot, app)
        await person.sees(
            lambda: app.crm_link is not None and app.crm_link.dispatcher.prompt is not None
        )
        await person.presses("escape", "2", "n", *"pacemaker:Dummy")
        await person.shows("#offer-doc", "ocf:pacemaker:Dummy")
        await person.presses("enter")
        await person.shows("#wizard-title", "New ocf:pacemaker:Dummy")
        await person.presses(*"extra", "f8")
        await person.shows("#wizard-review", "Verified by crm")
        await person.presses("c")
        await person.sees(lambda: isinstance(app.screen, ConfirmScreen) and app.screen.is_readable)
        await person.presses("y")
        await person.shows("#wizard-review", "Permission denied")
        await person.shows("#wizard-review", "stays so, uncommitted")
        assert app.crm_link is not None
        dispatcher = app.crm_link.dispatcher
        await person.sees(
            lambda: [line.split()[:2] for line in dispatcher.staged] == [["primitive", "extra"]]
        )
        await person.sees(lambda: dispatcher.prompt is not None and not dispatcher.is_busy)
        await person.presses("u")
        await person.shows("#wizard-review", "nothing of it is staged or committed")
        assert dispatcher.staged == ()
        assert app.main.command.command_text == ""


class _Presses:
    """Somebody at the keys."""

    def __init__(self, pilot: Pilot[int], app: CrmtuiApp) -> None:
        self._pilot = pilot
        self._app = app

    async def presses(self, *keys: str) -> None:
        """Press keys."""
        await self._pilot.press(*("colon" if key == ":" else key for key in keys))

    async def shows(self, name: str, words: str) -> None:
        """Wait until a part of the screen has these words."""

        def has() -> bool:
            found = self._app.screen.query(name).results(Static)
            return any(words in str(each.render()) for each in found)

        await self.sees(has)

    async def sees(self, condition: Callable[[], bool]) -> None:
        """Wait until something holds."""
        deadline = time.monotonic() + VERIFY_SECONDS
        while not condition():
            assert time.monotonic() < deadline, self._app.screen
            await self._pilot.pause(0.05)


def _runs(lab: Lab, name: str) -> bool:
    done = run(lab.target("n1"), ["crm_resource", "--locate", "--resource", name])
    return "is running on" in done.output


def _is_mounted(lab: Lab, node: str) -> bool:
    return run(lab.target(node), ["mountpoint", "--quiet", MOUNTED]).status == 0
