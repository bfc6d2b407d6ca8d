"""A walk through every screen that there is, for tests that look at all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.widgets import Static

from crmtui.tui.screens.action_log import ActionLogScreen
from crmtui.tui.screens.action_menu import ActionsScreen
from crmtui.tui.screens.ask_text import AskTextScreen
from crmtui.tui.screens.choose_node import NodeScreen
from crmtui.tui.screens.confirm import ConfirmScreen
from crmtui.tui.screens.forms.chooser import ChooserScreen
from crmtui.tui.screens.forms.form_screen import FormScreen
from crmtui.tui.screens.forms.hand_editor import HandEditorScreen
from crmtui.tui.screens.forms.pick_list import PickScreen
from crmtui.tui.screens.guide import GuideScreen
from crmtui.tui.screens.help_screen import HelpScreen
from crmtui.tui.screens.keys_screen import KeysScreen
from crmtui.tui.screens.palette_screen import PaletteScreen
from crmtui.tui.screens.pending_screen import PendingScreen
from crmtui.tui.screens.press_key import PressScreen
from crmtui.tui.screens.quit_screen import QuitScreen
from crmtui.tui.screens.settings_screen import SettingsScreen
from crmtui.tui.screens.tour_screen import TourScreen
from crmtui.tui.screens.undo_screen import UndoScreen
from crmtui.tui.screens.why_screen import WhyScreen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from textual.screen import Screen

    from tests.tui.person import Person

    Part = Callable[[Person], AsyncIterator["Stop"]]

Stop = tuple[str, str]
"""Name of the open screen, and the part of the screen that it is; everything if empty."""
_DIALOG = "#dialog"


async def _opens(person: Person, kind: type[Screen[Any]]) -> None:
    await person.until(lambda: isinstance(person.app.screen, kind))
    await person.pause()


async def _closes(person: Person) -> None:
    """Press Escape until nothing but the panes is there."""
    while person.app.screen is not person.app.main:
        closing = person.app.screen
        await person.press("escape")
        await person.until(lambda: person.app.screen is not closing)  # noqa: B023
    await person.press("escape")


async def _line(person: Person) -> AsyncIterator[Stop]:
    yield "command line", ""
    line = person.app.main.command
    await person.type("configure primitive x ocf:heartbeat:IPaddr2 params ")
    await person.until(lambda: bool(line.view.menu))
    yield "menu", ""
    help_pane = person.app.main.assistance.long_help
    if not help_pane.visible:  # where there is room it stands beside the menu
        await person.press("f3")
        await person.until(lambda: help_pane.visible)
        yield "long help", ""
        await person.press("f3")
    await person.press("ctrl+c")
    await person.type("node standby beta")
    await person.until(lambda: person.app.main.forecast.forecast is not None)
    yield "forecast of the line", ""
    await person.press("ctrl+c", "escape")


async def _panes(person: Person) -> AsyncIterator[Stop]:
    await person.press("1", "s")
    await person.confirm()
    await person.until(lambda: person.state_of("alpha") == "standby")
    await person.until(lambda: not person.dispatcher.is_busy)
    for key, pane in (("1", "nodes"), ("2", "resources"), ("3", "feed"), ("4", "output")):
        await person.press(key)
        yield pane, ""
    await person.press("5")
    await person.until(lambda: bool(person.app.main.timeline.rows_in_sight))
    yield "timeline", ""
    await person.press("2", "space", "slash")
    yield "filter", ""
    await person.press("escape", "space", "down", "enter")
    await person.until(lambda: person.app.main.has_class("-page"))
    yield "page", ""
    await person.press("escape", "6")
    await person.until(lambda: person.app.main.has_class("-page"))
    yield "page of the cluster", ""
    await person.press("escape")


async def _stale(person: Person) -> AsyncIterator[Stop]:
    person.app.main.go_blind(is_blind=True)
    yield "stale", ""
    person.app.main.go_blind(is_blind=False)


async def _reading(person: Person) -> AsyncIterator[Stop]:
    await person.press("question_mark")
    await _opens(person, HelpScreen)
    yield "help", _DIALOG
    await person.press("escape", "f4")
    await _opens(person, PaletteScreen)
    yield "palette", _DIALOG
    await person.type("guide keys")
    await person.press("enter")
    await _opens(person, GuideScreen)
    yield "guide", _DIALOG
    await _closes(person)
    person.app.show_tour()
    await _opens(person, TourScreen)
    yield "tour", "#tour"
    await _closes(person)


async def _dialogs(person: Person) -> AsyncIterator[Stop]:
    await person.press("1", "o")
    await person.sees_forecast()
    assert isinstance(person.app.screen, ConfirmScreen)
    yield "confirmation", _DIALOG
    await _closes(person)
    for pane, key, kind, what in (
        ("1", "a", ActionsScreen, "actions"),
        ("2", "m", NodeScreen, "choice of a node"),
        ("1", "7", ActionLogScreen, "action log"),
        ("1", "u", UndoScreen, "undo"),
        ("4", "f", AskTextScreen, "find"),
    ):
        await person.press(pane, key)
        await _opens(person, kind)
        yield what, _DIALOG
        await _closes(person)
    await person.press("2", "w")
    await _opens(person, WhyScreen)
    answer = person.app.screen.query_one("#why", Static)
    await person.until(lambda: "copy of the CIB" not in str(answer.render()))
    yield "why", _DIALOG
    await _closes(person)


async def _staging(person: Person) -> AsyncIterator[Stop]:
    await person.run("configure")
    await person.run("primitive y ocf:pacemaker:Dummy")
    await person.until(lambda: bool(person.dispatcher.staged))
    await person.press("f2")
    await _opens(person, PendingScreen)
    yield "pending", _DIALOG
    await _closes(person)
    await person.press("q")
    await _opens(person, QuitScreen)
    yield "leaving", _DIALOG
    await _closes(person)


async def _preferences(person: Person) -> AsyncIterator[Stop]:
    await person.press("f10")
    await _opens(person, SettingsScreen)
    yield "settings", _DIALOG
    await person.press("e")
    await _opens(person, KeysScreen)
    yield "keys", _DIALOG
    await person.press("enter")
    await _opens(person, PressScreen)
    await person.press("tab")  # which is another's
    yield "press a key", _DIALOG
    await _closes(person)


async def _forms(person: Person) -> AsyncIterator[Stop]:
    await person.press("2", "n")
    await _opens(person, ChooserScreen)
    await person.type("heartbeat:IPaddr2")
    docs = person.app.screen.query_one("#offer-doc", Static)
    await person.until(lambda: "alias IP addresses" in str(docs.render()))
    yield "chooser", ""
    await person.press("enter")
    await _opens(person, FormScreen)
    text = person.app.screen.query_one("#wizard-text", Static)
    await person.until(lambda: "op monitor" in str(text.render()))
    yield "form", ""
    await person.type("mail-ip")
    await person.press("down")
    await person.type("10.0.0.81")
    await person.press("f3", "down", "f2")
    await _opens(person, PickScreen)
    yield "choices of a field", _DIALOG
    await person.press("escape", "f4")
    await _opens(person, HandEditorScreen)
    yield "text by hand", _DIALOG
    await person.press("escape", "f8")
    await person.until(lambda: bool(person.app.screen.query("#wizard-review")))
    await person.until(lambda: "start" in str(_review(person).render()))
    yield "review", ""


def _review(person: Person) -> Static:
    return person.app.screen.query_one("#wizard-review", Static)


def _from_the_panes(*parts: Part) -> Part:
    """Return a walk of parts, of which each needs what the one before has changed."""

    async def walk(person: Person) -> AsyncIterator[Stop]:
        await person.press("escape")
        for part in parts:
            async for stop in part(person):
                yield stop

    return walk


PARTS: dict[str, Part] = {
    "line": _line,
    "panes and dialogs": _from_the_panes(_panes, _dialogs),
    "stale": _from_the_panes(_stale),
    "reading": _from_the_panes(_reading),
    "staging": _from_the_panes(_staging),
    "preferences": _from_the_panes(_preferences),
    "forms": _from_the_panes(_forms),
}
"""Parts of the walk: each opens one screen after the other, and yields what is there to be looked at."""
