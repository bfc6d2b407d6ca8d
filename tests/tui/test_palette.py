"""Finding everything by its name, the help of the focused pane, the guides and the tour."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.widgets import Static

from crmtui import keymap
from crmtui.actions import ACTIONS
from crmtui.tui.app import CrmtuiApp
from crmtui.tui.presentation.palette_entry import meant
from crmtui.tui.screens.confirm import ConfirmScreen
from crmtui.tui.screens.guide import GuideScreen
from crmtui.tui.screens.help_screen import HelpScreen
from crmtui.tui.screens.palette_screen import PaletteScreen
from crmtui.tui.screens.tour_screen import STOPS
from tests.tui.person import Person

if TYPE_CHECKING:
    import pytest

    from crmtui.backend.targets.sandbox import Sandbox


async def _finds(person: Person, typed: str) -> PaletteScreen:
    await person.press("f4")
    await person.until(lambda: isinstance(person.app.screen, PaletteScreen))
    await person.type(typed)
    screen = person.app.screen
    assert isinstance(screen, PaletteScreen)
    return screen


async def test_everything_can_be_found(person: Person) -> None:
    """All actions of the screen, all nodes and resources, and crm's commands are there."""
    screen = await _finds(person, "")
    found = {(entry.kind, entry.title) for entry in screen.entries}

    scopes = {"app", "nodes", "resources", "feed", "timeline", "output", "command"}
    wanted = {action.words for action in ACTIONS if action.scope in scopes}
    wanted.discard(next(action.words for action in ACTIONS if action.id == "app.palette"))
    assert wanted <= {what for _, what in found}
    assert {("node", "beta"), ("resource", "webip"), ("theme", "Use the theme light")} <= found
    assert any(kind == "crm" and what.startswith("resource move:") for kind, what in found)
    assert any(kind == "guide" and "(undo)" in what for kind, what in found)


async def test_actions_are_found_by_the_usual_words(person: Person) -> None:
    """The word that people look for puts the action first, before crm's commands and the guides."""
    screen = await _finds(person, "")
    by_words = {action.words: action.id for action in ACTIONS}
    wanted = {
        "undo": "app.undo",
        "redo": "app.redo",
        "quit": "app.quit",
        "exit": "app.quit",
        "help": "app.help",
        "ban": "resource.ban",
        "migrate": "resource.move",
        "log": "app.log",
        "quorum": "pane.cluster",
        "refresh": "app.refresh",
        "search": "list.filter",
        "problems": "list.problems",
    }
    found = {word: by_words.get(meant(screen.entries, word)[0].title) for word in wanted}
    assert found == wanted
    assert meant(screen.entries, "light")[0].title == "Use the theme light"


async def test_an_action_that_is_found_goes_the_way_of_its_key(person: Person) -> None:
    """A disruptive one shows its line and what it would do first."""
    await _finds(person, "nodes into standby: move")
    await person.press("enter")

    await person.sees_forecast()
    assert isinstance(person.app.screen, ConfirmScreen)


async def test_an_object_that_is_found_is_selected_and_opened(person: Person) -> None:
    """Its page is there, and behind it its row."""
    await _finds(person, "webip")
    await person.press("enter")
    await person.until(lambda: person.app.main.has_class("-page"))

    assert person.app.main.resources.names == ("webip",)


async def test_a_command_that_is_found_is_typed_and_not_run(person: Person) -> None:
    """It stands in the line, to be gone on with; what stood there is in the history."""
    await person.type("half a line")
    await _finds(person, "resource constraints")
    await person.press("enter")
    line = person.app.main.command
    await person.until(lambda: line.view.text == "resource constraints ")

    await person.press("ctrl+c", "ctrl+p")  # which finds in the panes, and is Emacs' in the line
    await person.until(lambda: line.view.text == "half a line")


async def test_a_theme_that_is_found_is_used(person: Person) -> None:
    """The screen changes at once."""
    await _finds(person, "theme light")
    await person.press("enter")

    await person.until(lambda: person.app.theme == "light")


async def test_help_begins_with_the_focused_pane(person: Person) -> None:
    """The first keys are those of the pane, as they are in the keymap."""
    await person.press("escape", "3", "question_mark")
    await person.until(lambda: isinstance(person.app.screen, HelpScreen))

    table = person.app.screen.query_one("VerticalScroll Static", Static)
    titles = [str(cell) for cell in table.content.columns[1].cells]  # type: ignore[union-attr]
    assert titles[0].startswith("Feed")


async def test_a_guide_is_read_on_the_screen(person: Person) -> None:
    """It is found by its topic."""
    await _finds(person, "guide undo")
    await person.press("enter")

    await person.until(lambda: isinstance(person.app.screen, GuideScreen))
    await person.press("escape")
    await person.until(lambda: person.app.screen is person.app.main)


async def _app(sandbox: Sandbox, tour: str) -> CrmtuiApp:
    return CrmtuiApp(sandbox, keymap.load(), tour=tour)  # type: ignore[arg-type]


def _is_at(app: CrmtuiApp, title: str) -> bool:
    """Return whether the tour shows this title: empty right after it was mounted."""
    return any(
        str(shown.content) == title for shown in app.screen.query("#tour-title").results(Static)
    )


async def test_the_tour_has_five_screens_and_names_real_keys(sandbox: Sandbox) -> None:
    """Enter goes on, Left goes back, and each screen shows what it speaks of."""
    app = await _app(sandbox, "begin")
    async with app.run_test(size=(80, 24)) as pilot:
        person = Person(app, pilot)
        for number, stop in enumerate(STOPS, 1):
            await person.until(partial(_is_at, app, f"{number} of 5   {stop.title}"))
            text = str(app.screen.query_one("#tour-text", Static).content)
            assert "{" not in text
            assert "(no key)" not in text
            await person.until(partial(person.is_in, stop.pane))
            if number < len(STOPS):
                await person.press("enter")
        await person.press("left")
        await person.until(lambda: _is_at(app, f"4 of 5   {STOPS[3].title}"))
        await person.press("enter", "enter")
        await person.until(lambda: app.screen is app.main)


async def test_any_other_key_leaves_the_tour(sandbox: Sandbox) -> None:
    """It is never in the way."""
    app = await _app(sandbox, "begin")
    async with app.run_test(size=(80, 24)) as pilot:
        person = Person(app, pilot)
        await person.until(lambda: bool(app.screen.query("#tour-title")))
        await person.press("x")
        await person.until(lambda: app.screen is app.main)


async def test_the_offer_is_taken_by_enter_and_passed_by_with_any_other_key(
    sandbox: Sandbox,
) -> None:
    """A key that is not Enter does what it always does, and the offer is over."""
    app = await _app(sandbox, "offer")
    async with app.run_test(size=(160, 50)) as pilot:
        person = Person(app, pilot)
        await person.until(lambda: "First time here?" in person.output)
        await person.type("st")
        assert app.main.command.view.text == "st"
        await person.press("ctrl+c", "enter")
        await person.pause()
        assert app.screen is app.main

    app = await _app(sandbox, "offer")
    async with app.run_test(size=(160, 50)) as pilot:
        person = Person(app, pilot)
        await person.until(lambda: "First time here?" in person.output)
        await person.press("enter")
        await person.until(lambda: bool(app.screen.query("#tour-title")))


def test_the_tour_is_offered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first demo offers it, the second does not."""
    from crmtui.cli.demo_command import _is_first

    assert _is_first()
    assert not _is_first()
