"""The line engine: keys in, views out, no terminal."""

from __future__ import annotations

import asyncio
import stat
from typing import TYPE_CHECKING

import pytest
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import InMemoryHistory

from crmtui.editor.editor_keys import key_presses, paste
from crmtui.editor.engine import LineEngine
from crmtui.editor.line_history import open_history

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

WORDS = ["configure ", "cluster ", "node "]


class Line:
    """An engine with what it said."""

    def __init__(self) -> None:
        self.accepted: list[str] = []
        self.changes = 0
        """Number of times that it said that there is another view."""
        self.history = InMemoryHistory(["node standby n1", "status"])
        self.engine = LineEngine(
            self._changed,
            self.accepted.append,
            completer=WordCompleter(WORDS),
            history=self.history,
        )

    def _changed(self) -> None:
        self.changes += 1

    def press(self, *names: str) -> None:
        """Press keys by Textual's names."""
        for name in names:
            self.engine.feed(key_presses(name, name if len(name) == 1 else None))

    def type(self, text: str) -> None:
        """Type a text."""
        self.press(*text)


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    """Make an engine whose history is loaded."""
    made = Line()
    made.engine.warm_up()
    await _until(lambda: _recalls(made))
    yield made
    await made.engine.close()


def _recalls(line: Line) -> bool:
    line.press("up")
    found = bool(line.engine.text)
    line.press("down")
    return found


async def _until(is_true: Callable[[], bool]) -> None:
    for _ in range(2000):
        if is_true():
            return
        await asyncio.sleep(0.001)
    pytest.fail("waited in vain")


async def test_typing_and_accepting(line: Line) -> None:
    """Typed text stands in the view; Enter hands it over and empties the line."""
    line.type("status")
    assert (line.engine.view.text, line.engine.view.cursor) == ("status", 6)

    line.press("enter")

    assert line.accepted == ["status"]
    assert line.engine.view.text == ""


async def test_emacs_keys(line: Line) -> None:
    """Ctrl-A, Ctrl-K, Alt-B and Ctrl-W edit as in readline."""
    line.type("resource stop web")
    line.press("alt+b", "alt+b")
    assert line.engine.view.cursor == len("resource ")

    line.press("ctrl+k")
    assert line.engine.view.text == "resource "
    line.press("ctrl+w", "ctrl+a")
    assert line.engine.view.text == ""


async def test_history_by_up(line: Line) -> None:
    """Up recalls the last command, again the one before it."""
    line.press("up")
    assert line.engine.view.text == "status"
    line.press("up")
    assert line.engine.view.text == "node standby n1"


async def test_what_others_type_meanwhile_is_found_by_up(tmp_path: Path) -> None:
    """Of two that are open each finds what the other has run; what is typed already stays."""
    path = tmp_path / "history"
    here, there = (
        LineEngine(lambda: None, lambda _: None, history=open_history(path, mask=str))
        for _ in range(2)
    )
    for engine in (here, there):
        engine.warm_up()
    await asyncio.sleep(0)
    there.feed(key_presses("a", "a"))
    there.feed(key_presses("enter", None))
    here.feed(key_presses("b", "b"))
    await here.catch_up("up")
    assert here.view.text == "b"
    here.feed(key_presses("up", None))
    assert here.view.text == "a"
    here.feed(key_presses("down", None))
    assert here.view.text == "b"
    for engine in (here, there):
        await engine.close()


async def test_suggestion_from_history(line: Line) -> None:
    """A line that began like this before is suggested, and Right takes the suggestion."""
    line.type("node st")
    await _until(lambda: line.engine.view.suggestion == "andby n1")

    line.press("right")

    assert line.engine.view.text == "node standby n1"


async def test_search_in_history(line: Line) -> None:
    """Ctrl-R looks backwards for what is typed, and shows what it finds."""
    line.press("ctrl+r")
    line.type("stand")

    assert line.engine.view.search == "stand"
    assert line.engine.view.text == "node standby n1"
    before = line.changes
    assert line.engine.dismiss()
    assert line.changes > before, "what paints the line is not told that the search is over"
    assert line.engine.view.search is None


async def test_a_search_without_a_hit_says_so(line: Line) -> None:
    """If no line of the history has the words, that is said until one has."""
    line.press("ctrl+r")
    line.type("nosuch")
    assert "No line of the history has nosuch in it" in line.engine.view.notice
    for _ in "nosuch":
        line.press("backspace")
    line.type("stand")
    assert not line.engine.view.notice


async def test_completion_while_typing(line: Line) -> None:
    """The menu opens while typing; Tab takes the choices one after the other."""
    line.type("c")
    await _until(lambda: len(line.engine.view.menu) == 2)

    line.engine.complete()
    assert line.engine.view.text == "configure "
    line.engine.complete()
    assert (line.engine.view.text, line.engine.view.selected) == ("cluster ", 1)
    assert line.engine.complete_back()
    assert line.engine.view.text == "configure "


async def test_a_single_choice_is_taken(line: Line) -> None:
    """Tab on the only choice takes it and looks for what comes next."""
    line.type("n")
    await _until(lambda: len(line.engine.view.menu) == 1)

    line.engine.complete()

    assert line.engine.view.text == "node "
    assert line.engine.view.selected is None


async def test_dismissing_keeps_what_was_chosen(line: Line) -> None:
    """Closing the menu leaves the chosen candidate in the line; without a menu it says so."""
    line.type("c")
    await _until(lambda: len(line.engine.view.menu) == 2)
    line.engine.complete()

    assert line.engine.dismiss()
    assert line.engine.view.text == "configure "
    assert not line.engine.dismiss()


async def test_paste_is_text(line: Line) -> None:
    """Pasted text goes in as it is."""
    line.engine.feed((paste("node standby n2"),))

    assert line.engine.view.text == "node standby n2"


async def test_answers_are_not_remembered() -> None:
    """An engine without a history recalls nothing, as passwords must not be."""
    accepted: list[str] = []
    engine = LineEngine(lambda: None, accepted.append)
    for key in ("s", "e", "c", "enter", "up"):
        engine.feed(key_presses(key, key if len(key) == 1 else None))

    assert accepted == ["sec"]
    assert engine.view.text == ""
    await engine.close()


@pytest.mark.parametrize("name", ["f5", "ctrl+shift+x", "alt+f9", "super"])
def test_unknown_keys_feed_nothing(name: str) -> None:
    """A key that prompt_toolkit has no name for is fed as nothing."""
    assert key_presses(name, None) == ()


def test_history_is_private(tmp_path: Path) -> None:
    """The history file is readable by its owner only."""
    path = tmp_path / "history"
    open_history(path, mask=str).append_string("status")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "status" in path.read_text(encoding="utf-8")


def test_history_without_a_place(tmp_path: Path) -> None:
    """If no file can be made, the history lasts as long as the run."""
    history = open_history(tmp_path / "missing" / "history", mask=str)

    history.append_string("status")

    assert list(history.get_strings()) == ["status"]


async def test_the_menu_stays_until_the_next_one_is_there(line: Line) -> None:
    """With each letter that is typed the menu changes; in between it is not gone."""
    line.type("c")
    await _until(lambda: len(line.engine.view.menu) == 2)
    line.type("o")
    assert line.engine.view.menu
    assert line.engine.view.selected is None
    await _until(lambda: len(line.engine.view.menu) == 1)
    line.type("x")
    await _until(lambda: not line.engine.view.menu)


async def test_lines_are_joined_by_hand(line: Line) -> None:
    """Alt-Enter, and Enter behind a backslash, begin another line; Up and Down move between them."""
    line.type("primitive a Dummy \\")
    line.press("enter")
    line.type("meta is-managed=false")
    line.press("alt+enter")
    line.type("status")
    text = "primitive a Dummy \\\nmeta is-managed=false\nstatus"
    assert (line.engine.view.text, line.accepted) == (text, [])
    line.press("up", "up")
    assert "\n" not in line.engine.view.text[: line.engine.view.cursor]
    line.press("enter")
    assert line.accepted == [text]


async def test_a_pasted_text_stays_in_its_lines(line: Line) -> None:
    """Lines are kept, what a terminal would act upon and the new line at the end are not."""
    line.engine.paste("a\r\n\tb\x1b[31m\x07\n\n")
    assert line.engine.view.text == "a\n        b"


async def test_vi_keys() -> None:
    """With vi's keys Escape ends inserting, letters are commands then, and a new line is inserted."""
    accepted: list[str] = []
    engine = LineEngine(lambda: None, accepted.append, history=InMemoryHistory())
    engine.editing = "vi"
    for key in "status":
        engine.press(key, key)
    inserting = [engine.is_inserting]
    assert engine.dismiss()
    assert [*inserting, engine.is_inserting] == [True, False]
    assert engine.view.notice == "vi: normal mode"
    assert not engine.dismiss()
    for key in "0dwiver":
        engine.press(key, key)
    engine.press("enter", None)
    assert accepted == ["ver"]
    assert engine.is_inserting
    await engine.close()


async def test_one_escape_ends_inserting_with_a_menu_open_too(line: Line) -> None:
    """In vi a menu, which came by itself, does not take the Escape that was meant for the line."""
    line.engine.editing = "vi"
    line.type("c")
    await _until(lambda: bool(line.engine.view.menu))
    assert line.engine.dismiss()
    assert not line.engine.view.menu
    assert (line.engine.is_inserting, line.engine.view.text) == (False, "c")
    line.engine.clear()
    assert line.engine.is_inserting


@pytest.mark.parametrize("editing", ["emacs", "vi"])
async def test_typing_replaces_a_line_that_came_back(line: Line, editing: str) -> None:
    """The first letter, or what is pasted, begins another line; Up has the one that came back."""
    line.engine.editing = editing
    line.engine.give_back("node standby n2")
    assert (line.engine.view.text, line.engine.view.is_returned) == ("node standby n2", True)
    line.type("status")
    assert (line.engine.view.text, line.engine.view.is_returned) == ("status", False)
    assert line.history.get_strings()[-1] == "node standby n2"

    line.engine.clear()
    line.engine.give_back("node standby n3")
    line.engine.paste("configure show")
    assert line.engine.text == "configure show"

    line.engine.clear()
    line.engine.give_back("node standby n4")
    line.press("alt+enter")
    line.type("st")
    assert line.engine.text.strip() == "st"


async def test_a_line_that_comes_back_is_typed_over_in_vi_too(line: Line) -> None:
    """Normal mode ends: its letters would edit the returned line instead of replacing it."""
    line.engine.editing = "vi"
    line.type("xx")
    line.press("escape")
    assert not line.engine.is_inserting
    line.engine.give_back("node standby n2")
    line.type("status")
    assert line.engine.view.text == "status"


@pytest.mark.parametrize("key", ["left", "backspace", "end", "ctrl+a"])
async def test_other_keys_take_up_a_line_that_came_back(line: Line, key: str) -> None:
    """Keys of the editor edit it on; Enter sends just that."""
    line.engine.give_back("node standby n2")
    line.press(key)
    line.type("1")
    assert sorted(line.engine.text.replace("1", "", 1)) in (
        sorted("node standby n2"),
        sorted("node standby n"),
    )
    line.engine.clear()
    line.engine.give_back("node standby n2")
    line.press("enter")
    assert line.accepted == ["node standby n2"]
    line.type("status")
    assert line.engine.text == "status"
