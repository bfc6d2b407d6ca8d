"""Read-only: everything there is to press is pressed, and the CIB never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui import keymap
from crmtui.actions import ACTIONS
from crmtui.tui.app import CrmtuiApp
from crmtui.tui.screens.palette_screen import PaletteScreen
from tests.tui.person import Person

if TYPE_CHECKING:
    from crmtui.backend.targets.sandbox import Sandbox

_LEAVING = ("app.quit", "app.lock", "command.focus", "command.end")
"""Actions that end the program, unlock it, or go to where keys are typed."""


async def test_whatever_is_pressed_the_cib_never_changes(person: Person, sandbox: Sandbox) -> None:
    """Each key of each action is pressed where it holds, and followed by all that could confirm."""
    before = sandbox.cib.read_bytes()
    person.app.lock = "locked"
    keys = [
        ("2" if action.scope == "resources" else "1", key)
        for action in ACTIONS
        if action.id not in _LEAVING and action.scope in ("app", "nodes", "resources")
        for key in action.keys
    ]
    for pane, key in keys:
        await person.press("escape", pane)
        person.forget_mistyping()
        await person.press(key, "enter", "y")
        assert sandbox.cib.read_bytes() == before, key
    assert person.app.is_running
    assert sandbox.cib.read_bytes() == before


async def test_what_was_started_read_only_stays_so(sandbox: Sandbox) -> None:
    """Neither F9 nor the palette lifts it, which is said; the header says how it was started."""
    before = sandbox.cib.read_bytes()
    app = CrmtuiApp(sandbox, keymap.load(), lock="started")
    async with app.run_test(size=(160, 50)) as pilot:
        person = Person(app, pilot)
        await person.until(
            lambda: app.crm_link is not None and app.crm_link.dispatcher.prompt is not None
        )
        await person.until(lambda: len(app.main.header.parts) > 1)
        assert app.main.header.parts[1].text == "STARTED READ-ONLY"
        await person.goes_to("nodes", "alpha")
        await person.press("f9")
        await person.until(lambda: person.output.count("was started read-only") == 1)
        await person.press("f4")
        await person.until(lambda: isinstance(app.screen, PaletteScreen))
        await person.type("unlock")
        await person.press("enter")
        await person.until(lambda: person.output.count("was started read-only") == 2)
        await person.press("s")
        await person.until(lambda: person.output.count("so it was not run") == 1)
        await person.press("colon")
        await person.type("node standby alpha")
        shown = app.main.forecast
        await person.until(lambda: "Started read-only" in shown.render().plain)
        assert "unlocks" not in shown.render().plain
        await person.press("enter")
        await person.until(lambda: person.output.count("so it was not run") == 2)
    assert sandbox.cib.read_bytes() == before
