"""Progress of an action on the screen: how far it is, and if it went as foreseen."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from crmtui import keymap
from crmtui.backend.gate.audit_log import read
from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.demo import demo_cib
from crmtui.tui.app import CrmtuiApp
from tests.tui.person import Person

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


class Interrupted(Sandbox):
    """A sandbox in which something of the test's happens once a command is done."""

    happens: Callable[[], None] | None = None

    def after_command(self) -> None:
        """Let it happen, or let the cluster settle."""
        if self.happens is None:
            super().after_command()
        else:
            self.happens()

    def goes_on(self) -> None:
        """Let the cluster do what it has left to do."""
        super().after_command()


@pytest.fixture
def interrupted() -> Iterator[Interrupted]:
    """Open the demo cluster."""
    made = Interrupted(CibSource.parse("demo", demo_cib()))
    yield made
    made.close()


@pytest.fixture
def clock() -> Clock:
    """Return a clock."""
    return Clock()


@pytest.fixture
async def somebody(interrupted: Interrupted, clock: Clock) -> AsyncIterator[Person]:
    """Sit somebody down at the screen."""
    app = CrmtuiApp(interrupted, keymap.load(), clock=clock)
    async with app.run_test(size=(160, 50)) as pilot:
        person = Person(app, pilot)
        await person.until(
            lambda: app.crm_link is not None and app.crm_link.dispatcher.prompt is not None
        )
        yield person


def _begin_to_stop(sandbox: Sandbox, resource: str) -> None:
    """Let the status say that a stop of the resource is under way where it runs."""
    tree = ElementTree.fromstring(sandbox.cib.read_bytes())
    found = [
        (held, run)
        for held in tree.iterfind(f".//lrm_resource[@id='{resource}']")
        for run in held.iterfind("lrm_rsc_op")
        if run.get("operation") == "start" and run.get("rc-code") == "0"
    ]
    (held, begun) = found[0]
    call = max(int(run.get("call-id", "0")) for run in held.iterfind("lrm_rsc_op")) + 1
    words = {
        **begun.attrib,
        "id": f"{resource}_last_0",
        "operation": "stop",
        "operation_key": f"{resource}_stop_0",
        "call-id": str(call),
        "op-status": "-1",
        "rc-code": "193",
    }
    begun.attrib.clear()
    begun.attrib.update(words)
    sandbox.cib.write_bytes(ElementTree.tostring(tree))


def _progress(person: Person) -> str:
    return str(person.app.main.progress.render())


async def test_what_takes_long_is_said_and_goes_on(
    somebody: Person, interrupted: Interrupted, clock: Clock
) -> None:
    """After a minute the screen says what still moves, and where; then what came of it."""
    interrupted.happens = lambda: _begin_to_stop(interrupted, "backup")
    await somebody.goes_to("resources", "backup")
    await somebody.press("S")
    await somebody.sees_forecast()
    await somebody.type("backup")
    await somebody.press("enter")
    await somebody.until(lambda: "resource stop backup: backup stop on " in _progress(somebody))
    clock.now += 59.0
    await somebody.until(lambda: "resource stop backup: backup stop on " in _progress(somebody))
    clock.now += 2.0
    await somebody.until(
        lambda: (
            "resource stop backup: still moving after 61 s: backup stop on beta."
            in _progress(somebody)
        )
    )
    interrupted.goes_on()
    await somebody.until(lambda: "resource stop backup, settled: backup stopped" in somebody.output)
    await somebody.until(lambda: "As forecast." in somebody.output)
    assert not somebody.app.main.progress.display
    (entry,) = read().entries
    assert entry.compared == "As forecast"


async def test_what_is_not_as_forecast_is_said_exactly(
    somebody: Person, interrupted: Interrupted
) -> None:
    """If the cluster does something else, the screen and the log say what differs."""

    def other_node() -> None:
        cib = interrupted.cib.read_text()
        place = '<rsc_location id="not-beta" rsc="webservice" node="beta" score="-INFINITY"/>'
        interrupted.cib.write_text(cib.replace("<constraints>", f"<constraints>{place}", 1))
        interrupted.goes_on()

    interrupted.happens = other_node
    await somebody.goes_to("nodes", "alpha")
    await somebody.press("s")
    await somebody.confirm()
    await somebody.until(lambda: "Not as forecast: " in somebody.output)
    (entry,) = read().entries
    assert "webip runs nowhere, foreseen was on beta" in entry.compared
