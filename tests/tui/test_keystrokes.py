"""Keys that come in one go: each belongs to the screen that the keys before it led to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from crmtui.tui.screens.action_menu import ActionsScreen
from crmtui.tui.screens.forms.chooser import ChooserScreen
from crmtui.tui.screens.help_screen import HelpScreen
from crmtui.tui.screens.palette_screen import PaletteScreen

if TYPE_CHECKING:
    from tests.tui.person import Person

EVERY_ACTION = "sSRpdmbcxXiIMuUa:q"


async def test_letters_behind_the_key_of_a_form_are_searched_for(person: Person) -> None:
    """None of them is a key of the pane, where each would stop, move or ban a service."""
    await person.goes_to("resources", "backup")
    _at_once(person, "n", *EVERY_ACTION)
    await person.until(lambda: _typed(person, ChooserScreen) == EVERY_ACTION)
    assert person.app.screen_stack[-3:-2] == [person.app.main]
    await person.press("escape")
    await person.until(lambda: person.app.screen is person.app.main)
    assert "Not run" not in person.output


async def test_escape_gives_up_what_was_asked_for_with_what_was_typed(person: Person) -> None:
    """Escape behind the letters leaves everything, and none of them comes later."""
    await person.goes_to("resources", "backup")
    _at_once(person, "n", *EVERY_ACTION, "escape", "question_mark")
    await person.until(lambda: isinstance(person.app.screen, HelpScreen))
    assert "Not run" not in person.output


async def test_letters_behind_the_key_of_any_dialog_stay_off_the_pane(person: Person) -> None:
    """Letters behind the palette's key are searched for; those behind the help's go to the help."""
    await person.goes_to("resources", "backup")
    _at_once(person, "ctrl+p", *EVERY_ACTION)
    await person.until(lambda: _typed(person, PaletteScreen) == EVERY_ACTION)
    await person.press("escape")
    await person.until(lambda: person.app.screen is person.app.main)
    _at_once(person, "question_mark", *"sSRpd")
    await person.until(lambda: isinstance(person.app.screen, HelpScreen))
    await person.press("escape")
    await person.until(lambda: person.app.screen is person.app.main)
    assert "Not run" not in person.output


async def test_a_form_does_not_open_over_what_asks_already(person: Person) -> None:
    """A menu that is looked up at the cluster comes alone: ``n`` right behind its key is dropped."""
    await person.goes_to("resources", "backup")
    _at_once(person, "a", "n", "e")
    await person.until(lambda: isinstance(person.app.screen, ActionsScreen))
    assert person.app.screen_stack[-2:-1] == [person.app.main]


def _at_once(person: Person, *keys: str) -> None:
    for key in keys:
        person.app.simulate_key(key)


def _typed(person: Person, screen: type[ChooserScreen | PaletteScreen]) -> str:
    fields = person.app.screen.query(Input)
    return fields.first().value if isinstance(person.app.screen, screen) and fields else ""
