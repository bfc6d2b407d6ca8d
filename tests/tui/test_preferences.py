"""Settings and keys, changed while the program runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static

from crmtui import keymap
from crmtui.paths import own_keymaps_dir
from crmtui.settings import Settings, load, settings_file
from crmtui.tui.app import CrmtuiApp
from crmtui.tui.screens.action_menu import ActionsScreen
from crmtui.tui.screens.help_screen import HelpScreen
from crmtui.tui.screens.keys_screen import KeysScreen
from crmtui.tui.screens.press_key import PressScreen
from crmtui.tui.screens.settings_screen import SettingsScreen
from crmtui.tui.widgets.key_line import KeyLine
from tests.tui.person import Person

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from textual.screen import Screen

    from crmtui.backend.targets.sandbox import Sandbox


@pytest.fixture(autouse=True)
def _own_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in ("KEYMAP", "EDITING"):
        monkeypatch.delenv(f"CRMTUI_{name}", raising=False)


@pytest.fixture(params=["default"])
async def reader(
    request: pytest.FixtureRequest, sandbox: Sandbox, _own_configuration: None
) -> AsyncIterator[Person]:
    """Sit somebody down who has a keymap, named by the parameter."""
    app = CrmtuiApp(sandbox, keymap.load(request.param))
    async with app.run_test(size=(100, 40)) as pilot:
        somebody = Person(app, pilot)
        await somebody.until(
            lambda: app.crm_link is not None and app.crm_link.dispatcher.prompt is not None
        )
        yield somebody


def _told(person: Person) -> str:
    return str(person.app.screen.query_one("#told", Static).content)


def _listed(person: Person) -> list[str]:
    options = person.app.screen.query_one(OptionList).options
    return [str(option.prompt) for option in options]


def _is_on(person: Person, screen: type[Screen[Any]]) -> bool:
    return isinstance(person.app.screen, screen)


def _keys(person: Person, action: str) -> tuple[str, ...]:
    return person.app.preferences.keymap.keys[action]


async def _choose(person: Person, action: str) -> None:
    listed = person.app.screen.query_one(OptionList)
    listed.highlighted = listed.get_option_index(action)


async def test_a_keymap_is_switched_while_the_program_runs(reader: Person) -> None:
    """F10 and Right take the next keymap; its keys hold at once, in the line, too, and are shown."""
    await reader.press("escape", "f10")
    assert _is_on(reader, SettingsScreen)

    await reader.press("right", "right", "right")  # default, crm_mon, emacs, vi
    assert "vi" in _listed(reader)[0]
    await reader.press("escape", "2", "home", "ctrl+f")
    resources = reader.app.main.resources
    assert resources.selected != resources._open[0].key

    await reader.press("i", "a", "b", "escape", "0")
    assert reader.app.main.command.editing == "vi"
    assert reader.focused == "command"
    assert reader.app.main.command.view.notice == "vi: normal mode"
    assert reader.app.main.command.view.cursor == 0
    await reader.press("escape", "question_mark")
    assert _is_on(reader, HelpScreen)


async def test_settings_are_saved(reader: Person) -> None:
    """``s`` writes what was changed, and nothing else, and says where."""
    await reader.press("escape", "f10", "right", "s")

    assert _told(reader) == f"Saved keymap: {settings_file()}."
    assert settings_file().read_text("utf-8") == 'keymap = "crm_mon"\n'
    assert load().settings == Settings(keymap="crm_mon")
    await reader.press("s")
    assert _told(reader) == "Nothing is changed."


async def test_a_broken_keymap_is_told_and_the_keys_stay(reader: Person) -> None:
    """A keymap that cannot be used is not taken; why stands there."""
    own_keymaps_dir().mkdir(parents=True)
    (own_keymaps_dir() / "zz.toml").write_text("keys = 1")
    await reader.press("escape", "f10", "left")

    assert "zz.toml, line 1: keys is not a table" in _told(reader)
    assert reader.app.preferences.keymap.name == "default"
    assert "default" in _listed(reader)[0]


async def test_a_key_is_changed_by_pressing_it(reader: Person) -> None:
    """Enter waits for a key, which holds at once, for the menu of actions, too, and is saved."""
    await reader.press("escape", "f10", "e")
    assert _is_on(reader, KeysScreen)
    await _choose(reader, "node.standby")

    await reader.press("enter")
    assert _is_on(reader, PressScreen)
    await reader.press("alt+s")
    assert _is_on(reader, KeysScreen)
    assert any(line.startswith("* Alt-S") and "standby" in line for line in _listed(reader))

    await reader.press("s")
    path = own_keymaps_dir() / "my-default.toml"
    assert _told(reader) == f"Saved: {path}. Saved keymap: {settings_file()}."
    assert keymap.load(load().settings.keymap).keys["node.standby"] == ("alt+s",)

    await reader.press("escape", "escape", "1", "s")
    assert reader.app.screen is reader.app.main
    await reader.press("a")
    await reader.until(lambda: _is_on(reader, ActionsScreen))
    await reader.until(lambda: bool(reader.app.screen.query(OptionList)))
    assert any("Alt-S" in line for line in _listed(reader))


async def test_a_taken_key_changes_hands_when_it_is_pressed_again(reader: Person) -> None:
    """A key of another action is told whose it is; pressed again it is taken from there."""
    await reader.press("escape", "f10", "e")
    await _choose(reader, "node.standby")
    await reader.press("enter", "o")
    assert _is_on(reader, PressScreen)
    assert "o is taken: Take nodes out of standby" in _told(reader)

    await reader.press("o")
    assert (_keys(reader, "node.standby"), _keys(reader, "node.online")) == (("o",), ())
    assert any(line.startswith("* (no key)") for line in _listed(reader))

    await reader.press("r")
    assert _keys(reader, "node.standby") == ("s",)


async def test_no_key_leads_into_a_trap(reader: Person) -> None:
    """Keys that a field swallows or no terminal sends, and unbinding the way out, are refused."""
    await reader.press("escape", "f10", "e")
    await _choose(reader, "command.help")
    await reader.press("enter", "x")
    assert "x: x could no longer be typed" in _told(reader)
    await reader.press("escape")
    assert _keys(reader, "command.help") == ("f3",)

    await _choose(reader, "app.quit")
    await reader.press("delete")
    assert "nothing would lead out of the program" in _told(reader)
    assert _keys(reader, "app.quit") == ("ctrl+q", "q")
    await reader.press("plus", "Q")
    assert _keys(reader, "app.quit") == ("ctrl+q", "q", "Q")


@pytest.mark.parametrize("reader", ["crm_mon"], indirect=True)
async def test_the_keys_of_crm_mon_hold_everywhere(reader: Person) -> None:
    """With the keymap like crm_mon its keys open the feed and do there what they do in crm_mon."""
    await reader.press("escape", "2", "n")

    assert reader.focused == "feed"
    assert "by_node" in reader.app.main.feed.options.on
    await reader.press("n")
    assert "by_node" not in reader.app.main.feed.options.on


@pytest.mark.parametrize("reader", ["emacs"], indirect=True)
async def test_keys_that_edit_the_line_stay_with_it(reader: Person) -> None:
    """Ctrl-S searches and Ctrl-G gives up in the panes; in the line they edit, and Ctrl-G leaves."""
    await reader.press("alt+x") if reader.focused != "command" else None
    await reader.type("zz")  # no menu comes for it, which Ctrl-G would close first
    await reader.press("ctrl+a", "ctrl+f")
    assert reader.app.main.command.view.cursor == 1
    await reader.press("ctrl+g")
    await reader.until(lambda: reader.focused != "command")

    await reader.press("1", "home", "ctrl+n")
    assert reader.app.main.nodes.selected == "beta"
    await reader.press("ctrl+s")
    assert reader.focused == "filter"


async def test_trouble_with_settings_is_told_and_ends_nothing(sandbox: Sandbox) -> None:
    """Settings that cannot be used are told in the output."""
    app = CrmtuiApp(sandbox, keymap.load(), trouble=["x.toml, line 1: there is no setting y."])
    async with app.run_test(size=(100, 40)) as pilot:
        somebody = Person(app, pilot)
        await somebody.until(lambda: "x.toml, line 1: there is no setting y." in somebody.output)


async def test_words_about_keys_go_with_them(reader: Person) -> None:
    """Titles of panes, hints and the line of keys speak of the keys that there are."""
    own_keymaps_dir().mkdir(parents=True)
    (own_keymaps_dir() / "mine.toml").write_text(
        '[keys]\n"pane.nodes" = "alt+n"\n"pane.feed" = []\n"command.help" = "f12"\n"app.help" = []\n'
    )
    assert reader.app.preferences.change("keymap", "mine") == ""
    main = reader.app.main

    assert str(main.nodes.border_title).startswith(" Alt-N Nodes")
    assert str(main.feed.border_title).startswith(" crm_mon -1 -r")
    assert "F12 explains it." in str(main.assistance.usage.render())
    await reader.press("escape", "alt+n")
    assert reader.focused == "nodes"
    assert "Help" not in str(main.query_one(KeyLine).render())


@pytest.mark.parametrize("reader", ["vi", "emacs"], indirect=True)
async def test_dialogs_move_by_the_keys_of_lists(reader: Person) -> None:
    """Keys that move in lists move in dialogs, too, in whatever keymap is in use."""
    down, page = (
        ("j", "ctrl+f") if reader.app.preferences.keymap.name == "vi" else ("ctrl+n", "ctrl+v")
    )
    await reader.press("escape", "f10", "e", down)
    listed = reader.app.screen.query_one(OptionList)
    assert listed.highlighted == 2
    await reader.press(page)
    assert listed.highlighted is not None
    assert listed.highlighted > 3

    await reader.press("escape", "escape", "f1")
    text = reader.app.screen.query_one(VerticalScroll)
    await reader.press(page)
    await reader.until(lambda: text.scroll_offset.y > 3)


@pytest.mark.parametrize("reader", ["emacs"], indirect=True)
async def test_dialogs_close_by_the_keys_that_there_are(reader: Person) -> None:
    """The key that backs out closes a dialog, and so does the one that opened it; Escape always does."""
    own_keymaps_dir().mkdir(parents=True)
    (own_keymaps_dir() / "mine.toml").write_text(
        'extends = "emacs"\n[keys]\n"app.back" = "ctrl+g"\n"app.help" = "f11"\n'
    )
    assert reader.app.preferences.change("keymap", "mine") == ""
    await reader.press("ctrl+g")
    for key in ("ctrl+g", "escape", "f11"):
        await reader.press("f11")
        assert _is_on(reader, HelpScreen)
        await reader.press(key)
        assert reader.app.screen is reader.app.main
