"""The gate on the screen: what is asked, how it is confirmed, and what never passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.run import run
from crmtui.tui.screens.action_menu import ActionsScreen
from crmtui.tui.screens.choose_node import NodeScreen
from crmtui.tui.screens.confirm import ConfirmScreen, NameField

if TYPE_CHECKING:
    from crmtui.backend.targets.sandbox import Sandbox
    from tests.tui.person import Person


async def _closes(person: Person) -> None:
    await person.until(lambda: person.app.screen is person.app.main)


async def test_nothing_moves_enter(person: Person) -> None:
    """A change that moves nothing is confirmed by Enter."""
    await person.goes_to("resources", "backup")
    await person.press("I")
    asked = await person.sees_forecast()
    assert (asked.confirmation_level, asked.key) == ("enter", "enter")
    await person.press("enter")
    await person.until(lambda: "settled: nothing moved" in person.output)
    await person.until(lambda: "As forecast." in person.output)


async def test_services_move_y(person: Person, sandbox: Sandbox) -> None:
    """A change that moves services is confirmed by ``y``; not by Enter, nor by the key that asked."""
    before = sandbox.cib.read_bytes()
    await person.goes_to("nodes", "alpha")
    for wrong in ("enter", "s", "escape"):
        await person.press("s")
        assert (await person.sees_forecast()).key == "y"
        await person.press(wrong)
        await _closes(person)
        person.forget_mistyping()
    assert sandbox.cib.read_bytes() == before


async def test_a_loss_wants_the_name(person: Person, sandbox: Sandbox) -> None:
    """A stop of a service for good is confirmed by its name; another name is not enough."""
    before = sandbox.cib.read_bytes()
    await person.goes_to("resources", "webservice")
    await person.press("S")
    assert (await person.sees_forecast()).confirmation_level == "name"
    await person.type("webserver")
    await person.press("enter")
    field = person.app.screen.query_one(NameField)
    await person.until(lambda: not field.value)
    assert sandbox.cib.read_bytes() == before

    await person.type("webservice")
    await person.press("enter")
    await person.until(lambda: "resource stop webservice, settled" in person.output)


async def test_keys_before_the_dialog_do_not_count(person: Person, sandbox: Sandbox) -> None:
    """A burst that holds the confirming key runs nothing."""
    before = sandbox.cib.read_bytes()
    await person.goes_to("nodes", "alpha")
    await person.press("s", "y", "y", "enter")
    await person.until(
        lambda: (
            "Not run: node standby alpha" in person.output
            or (isinstance(person.app.screen, ConfirmScreen) and person.app.screen.is_readable)
        )
    )
    assert sandbox.cib.read_bytes() == before


async def test_a_typed_line_is_asked_for(person: Person, sandbox: Sandbox) -> None:
    """A line that would lose something is held, and comes back into the line when it is declined."""
    before = sandbox.cib.read_bytes()
    await person.enter("resource stop webservice")
    assert (await person.sees_forecast()).confirmation_level == "name"
    await person.press("escape")
    await person.until(lambda: person.app.main.command.view.text == "resource stop webservice")
    assert sandbox.cib.read_bytes() == before

    await person.press("enter")
    await person.sees_forecast()
    await person.type("webservice")
    await person.press("enter")
    await person.until(lambda: "resource stop webservice, settled" in person.output)


async def test_what_changed_meanwhile_is_shown(person: Person, sandbox: Sandbox) -> None:
    """If the cluster is no longer as foreseen, nothing runs, and the difference is told."""
    await person.goes_to("nodes", "alpha")
    await person.press("s")
    await person.sees_forecast()
    run(sandbox, ["crm_attribute", "-t", "nodes", "-N", "beta", "-n", "standby", "-v", "on"])
    await person.press("y")
    await person.until(lambda: "The cluster has changed since you looked" in person.output)
    assert person.state_of("alpha") == "online"


async def test_a_commit_is_asked_for_with_all_that_waits(person: Person) -> None:
    """``commit`` is the moment of change: its forecast is of everything that is pending."""
    await person.run("configure")
    await person.run("location no-web webservice -inf: alpha")
    await person.run("location no-web-2 webservice -inf: beta")
    await person.run("location no-web-3 webservice -inf: gamma")
    await person.enter("commit")
    asked = await person.sees_forecast()
    assert asked.forecast is not None
    assert set(asked.forecast.lost) == {"webip", "webserver"}
    await person.press("escape")
    await _closes(person)
    assert len(person.dispatcher.staged) == 3


async def test_the_menu_greys_what_makes_no_sense(person: Person) -> None:
    """``a`` lists the actions with their lines; what cannot be done now says why, and is not chosen."""
    await person.goes_to("nodes", "alpha")
    await person.press("a")
    await person.until(lambda: isinstance(person.app.screen, ActionsScreen))
    await person.press("o")
    assert isinstance(person.app.screen, ActionsScreen)
    await person.press("m")
    assert (await person.sees_forecast()).confirmation_level == "enter"
    await person.press("enter")
    await person.until(lambda: person.state_of("alpha") == "maintenance")


async def test_move_shows_each_node(person: Person) -> None:
    """Move asks for a node, and shows what would come of each."""
    await person.goes_to("resources", "webservice")
    await person.press("m")
    await person.until(lambda: isinstance(person.app.screen, NodeScreen))
    await person.press("enter")
    await person.confirm()
    await person.until(lambda: "webip alpha → beta" in person.output)


async def test_read_only_lets_nothing_through(person: Person, sandbox: Sandbox) -> None:
    """Locked by f9, neither a key nor a line nor what is pending changes anything."""
    await person.run("configure")
    await person.run("primitive x ocf:pacemaker:Dummy")
    before = sandbox.cib.read_bytes()
    await person.goes_to("nodes", "alpha")
    await person.press("f9", "s")
    await person.until(lambda: "it was not run." in person.output)
    for line in ("commit", "delete webservice", "frobnicate", "edit"):
        await person.enter(line)
        await person.until(lambda line=line: person.app.main.command.view.text == line)  # type: ignore[misc]
        await person.press("ctrl+c")
    await person.run("show type:group")
    assert sandbox.cib.read_bytes() == before
    assert [part.text for part in person.app.main.header.parts][1] == "READ-ONLY"


async def test_a_line_that_is_locked_out_is_told_so_while_it_is_typed(person: Person) -> None:
    """The lock is named right above the line, with a menu too, until the key that unlocks."""
    shown = person.app.main.forecast

    def says(word: str) -> bool:
        return word in shown.render().plain

    person.app.main.command.focus()
    await person.type("node standby al")
    await person.until(lambda: bool(person.app.main.command.view.menu))
    await person.press("f9")
    await person.until(lambda: says("Read-only: this will not run (F9 unlocks)."))
    menu = person.app.main.assistance.menu
    await person.until(lambda: menu.visible and menu.region.bottom <= shown.region.y)
    await person.type("pha")
    await person.until(lambda: says("Read-only") and says("Forecast: "))
    await person.press("f9")
    await person.until(lambda: not says("Read-only") and says("Forecast: "))
    await person.press("f9", "ctrl+u")
    await person.type("node show")
    await person.until(lambda: not shown.display)


async def test_a_key_says_why_not(person: Person) -> None:
    """A key whose action makes no sense now says why, and asks nothing."""
    await person.goes_to("nodes", "alpha")
    await person.press("o")
    await person.until(lambda: "alpha is not in standby. Not run." in person.output)


@pytest.mark.parametrize("key", ["F", "C"])
async def test_a_sandbox_has_no_machines(person: Person, key: str) -> None:
    """Fencing and clearing a state act on machines, which a sandbox has none of."""
    await person.goes_to("nodes", "alpha")
    await person.press(key)
    await person.until(lambda: "not run." in person.output.lower())
    assert person.app.screen is person.app.main


async def test_marked_objects_are_acted_on_together(person: Person) -> None:
    """Space marks rows; an action takes all of them in one line, and says whom it leaves out."""
    await person.goes_to("nodes", "alpha")
    await person.press("space", "space", "m")
    asked = await person.sees_forecast()
    assert asked.lines == ("node maintenance alpha", "node maintenance beta")
    await person.press(asked.key)
    await person.until(lambda: person.state_of("beta") == "maintenance")
    await person.until(lambda: person.state_of("alpha") == "maintenance")
    assert person.app.main.nodes.marked == ()
