"""No key that asked for a change confirms it, whatever the keymap and whatever led to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from crmtui import keymap
from crmtui.backend.process.run import run
from crmtui.tui.app import CrmtuiApp
from crmtui.tui.screens.action_menu import ActionsScreen
from crmtui.tui.screens.choose_node import NodeScreen
from crmtui.tui.screens.palette_screen import PaletteScreen
from crmtui.tui.screens.undo_screen import UndoScreen
from tests.tui.person import Person

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from crmtui.backend.targets.sandbox import Sandbox

OTHER = {
    "node.standby": ("s", "y"),
    "node.details": ("D",),
    "resource.unmanage": ("I", "enter"),
    "resource.details": ("D",),
    "app.undo": ("u", "y"),
    "app.redo": ("U", "Y"),
}
"""A second key of each that confirms elsewhere."""


@pytest.fixture
async def person(sandbox: Sandbox) -> AsyncIterator[Person]:
    """Sit somebody down whose keys are others."""
    usual = keymap.load()
    app = CrmtuiApp(sandbox, replace(usual, keys={**usual.keys, **OTHER}))
    async with app.run_test(size=(160, 50)) as pilot:
        somebody = Person(app, pilot)
        await somebody.until(
            lambda: app.crm_link is not None and app.crm_link.dispatcher.prompt is not None
        )
        yield somebody


@pytest.mark.parametrize(("key", "confirms"), [("s", "y"), ("y", "Y")])
async def test_the_key_that_was_pressed_does_not_confirm(
    person: Person, sandbox: Sandbox, key: str, confirms: str
) -> None:
    """Of several keys of an action the one that was pressed counts, not the first."""
    before = sandbox.cib.read_bytes()
    await person.goes_to("nodes", "alpha")
    await person.press(key)
    assert (await person.sees_forecast()).key == confirms
    await person.press(key)
    await person.until(lambda: "Not run: node standby alpha" in person.output)
    assert sandbox.cib.read_bytes() == before


async def test_enter_that_asked_does_not_confirm_what_moves_nothing(person: Person) -> None:
    """If Enter is a key of the action, another one confirms."""
    await person.goes_to("resources", "backup")
    await person.press("enter")
    asked = await person.sees_forecast()
    assert (asked.confirmation_level, asked.key) == ("enter", "y")


async def test_undo_and_redo_are_not_confirmed_by_their_keys(
    person: Person, sandbox: Sandbox
) -> None:
    """The list of changes is opened by a key and chosen from by Enter: neither confirms."""
    assert person.app.crm_link is not None
    history = person.app.crm_link.undo_redo
    await person.until(lambda: history.has_seen)
    run(sandbox, ["crm_attribute", "-t", "crm_config", "-n", "stonith-timeout", "-v", "77s"])
    await person.press("escape", "2", "y")
    await person.until(lambda: isinstance(person.app.screen, UndoScreen))
    await person.press("enter")
    asked = await person.sees_forecast()
    assert (asked.confirmation_level, asked.key) == ("enter", "Y")
    await person.press("Y")
    await person.until(lambda: "Taken back" in person.output)
    for key, confirms in (("U", "enter"), ("Y", "enter")):
        await person.press("escape", "2", key)
        asked = await person.sees_forecast()
        assert (asked.confirmation_level, asked.key) == ("enter", confirms)
        await person.press("escape")
        await person.until(lambda: person.app.screen is person.app.main)


async def test_a_menu_counts_the_keys_that_chose_from_it(person: Person) -> None:
    """A key that chose from a menu, Enter included, does not confirm the choice."""
    await person.goes_to("nodes", "alpha")
    for chosen_by, confirms in (("enter", "y"), ("y", "Y")):
        await person.press("a")
        await person.until(lambda: isinstance(person.app.screen, ActionsScreen))
        await person.press(chosen_by)
        asked = await person.sees_forecast()
        assert asked.key == confirms, chosen_by
        await person.press("escape")
        await person.until(lambda: person.app.screen is person.app.main)
    await person.goes_to("resources", "webservice")
    await person.press("m")
    await person.until(lambda: isinstance(person.app.screen, NodeScreen))
    await person.press("enter")
    assert (await person.sees_forecast()).key == "y"


async def test_what_the_palette_found_is_not_confirmed_by_enter(person: Person) -> None:
    """Enter in the palette is a key that asked."""
    await person.goes_to("resources", "backup")
    await person.press("f4")
    await person.until(lambda: isinstance(person.app.screen, PaletteScreen))
    await person.type("leave resources running")
    await person.press("enter")
    asked = await person.sees_forecast()
    assert (asked.confirmation_level, asked.key) == ("enter", "y")
