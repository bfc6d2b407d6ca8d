"""The dialog before leaving drops nothing that it has not shown, and means the same at any moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Static

from crmtui import keymap
from crmtui.tui.app import CrmtuiApp
from crmtui.tui.screens.quit_screen import QuitScreen
from tests.tui.person import Person

if TYPE_CHECKING:
    from crmtui.backend.targets.sandbox import Sandbox

NEW = "primitive {} ocf:pacemaker:Dummy"


async def _asked(person: Person) -> str:
    """Wait for the dialog; return what it says."""
    await person.until(lambda: isinstance(person.app.screen, QuitScreen))
    screen = person.app.screen
    await person.until(lambda: bool(screen.query(".keys")))
    return "\n".join(str(each.render()) for each in screen.query(Static))


async def test_what_was_staged_behind_the_dialog_is_not_dropped(person: Person) -> None:
    """Discard is asked for again where other lines wait by then than those that were shown."""
    await person.run("configure")
    await person.run(NEW.format("x"))
    await person.press("ctrl+q")
    assert "1 change is not committed" in await _asked(person)
    person.dispatcher.submit(NEW.format("y"))
    await person.until(lambda: len(person.dispatcher.staged) == 2 and not person.dispatcher.is_busy)
    shown = person.app.screen
    await person.press("d")
    await person.until(lambda: person.app.screen is not shown)
    assert "2 changes are not committed" in await _asked(person)
    assert person.app.is_running
    await person.press("d")
    await person.until(lambda: not person.app.is_running)
    assert person.app.discards_uncommitted


async def test_leaving_unasked_drops_nothing(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If nothing waits, nobody is asked, and nothing is dropped that comes a moment later."""
    await person.run("configure")
    leaves = person.app.exit

    def a_moment_later(status: int) -> None:
        person.dispatcher.submit(NEW.format("x"))
        leaves(status)

    monkeypatch.setattr(person.app, "exit", a_moment_later)
    person.app.action_app_quit()
    await person.until(lambda: not person.app.is_running)
    assert not person.app.discards_uncommitted


@pytest.mark.parametrize("is_running", [True, False])
async def test_the_letters_are_the_same(sandbox: Sandbox, *, is_running: bool) -> None:
    """Keep and discard stand in the dialog with the same letters whether crm runs a line or not."""
    app = CrmtuiApp(sandbox, keymap.load())
    async with app.run_test(size=(80, 24)) as pilot:
        person = Person(app, pilot)
        for letter, choice in (("k", "keep"), ("d", "discard"), ("s", "stay")):
            chosen: list[str | None] = []
            screen = QuitScreen(
                (NEW.format("x"),), 1, is_running=is_running, keys={**app.main.keys}
            )
            app.push_screen(screen, chosen.append)
            said = await _asked(person)
            assert "offered at the next start" in said
            assert "k  keep" in said
            assert "d  discard" in said
            await _laid_out(person)
            assert screen.query_one(".keys").size.height == 1
            await person.press(letter)
            await _closed(person)
            assert chosen == [choice]


async def _laid_out(person: Person) -> None:
    await person.until(lambda: person.app.screen.query_one(".keys").size.width > 0)


async def _closed(person: Person) -> None:
    await person.until(lambda: not isinstance(person.app.screen, QuitScreen))
