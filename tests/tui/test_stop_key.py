"""Ctrl-C stops what runs, wherever the focus is, and each wait of a dialog."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from crmtui.tui.screens.confirm import ConfirmScreen
from crmtui.tui.screens.help_screen import HelpScreen
from crmtui.tui.screens.why_screen import WhyScreen
from tests.e2e.hanging import Hanging, sleepers, within

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.person import Person

HEARD = 1.5
"""Seconds after a key in which the wait ends."""


@pytest.fixture
def hanging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hanging:
    """Let the program of a line hang when it is told to."""
    made = Hanging(tmp_path)
    made.add("crm_resource", 'case "$*" in *-W*|*--locate*) true;; *) false;; esac')
    monkeypatch.setenv("PATH", f"{made.path}:{os.environ['PATH']}")
    return made


@pytest.mark.parametrize("keys", [("escape",), ("escape", "f1"), ("f1",), ("escape", "slash")])
async def test_a_line_is_stopped_from_anywhere(
    hanging: Hanging, person: Person, keys: tuple[str, ...]
) -> None:
    """In a pane, in its filter and in a dialog, Ctrl-C does what the title of the output says."""
    hanging.begin()
    await person.enter("resource locate backup")
    await person.until(lambda: bool(sleepers()))
    await person.press(*keys)
    with within(HEARD):
        await person.press("ctrl+c")
        await person.until(lambda: not sleepers())
    await person.until(lambda: not person.dispatcher.is_busy)
    assert isinstance(person.app.screen, HelpScreen) == ("f1" in keys)


async def test_where_nothing_runs_that_is_said(person: Person) -> None:
    """A Ctrl-C in a pane that has nothing to stop does nothing."""
    await person.press("escape", "1", "ctrl+c")
    await person.until(lambda: "Nothing runs that could be stopped." in person.output)


async def test_the_title_names_what_the_key_does_now(hanging: Hanging, person: Person) -> None:
    """With something in the line it is emptied first."""
    hanging.begin()
    await person.enter("resource locate backup")
    title = person.app.main.output
    await person.until(lambda: "Ctrl-C stops it" in str(title.border_title))
    await person.type("status")
    await person.until(
        lambda: "Ctrl-C clears the line first, then Ctrl-C stops it" in str(title.border_title)
    )
    await person.press("ctrl+c", "ctrl+c")
    await person.until(lambda: not person.dispatcher.is_busy)


async def test_a_dialog_is_declined(person: Person) -> None:
    """Ctrl-C in a dialog is a no, also in the field for a name, and the line is there again."""
    for line in ("resource param webip set ip 10.0.0.9", "resource stop webservice"):
        await person.enter(line)
        await person.sees_forecast()
        await person.press("ctrl+c")
        await person.until(lambda: not isinstance(person.app.screen, ConfirmScreen))
        await person.until(lambda line=line: person.app.main.command.view.text == line)  # type: ignore[misc]
        await person.press("ctrl+c")


@pytest.mark.parametrize("key", ["ctrl+c", "escape"])
async def test_the_question_why_is_ended(hanging: Hanging, person: Person, key: str) -> None:
    """Ctrl-C stops the scheduler, Escape leaves nothing of it running."""
    hanging.add("crm_simulate")
    await person.goes_to("resources", "backup")
    hanging.begin()
    await person.press("w")
    await person.until(lambda: bool(sleepers()))
    with within(HEARD):
        await person.press(key)
        await person.until(lambda: not sleepers())
    assert isinstance(person.app.screen, WhyScreen) == (key == "ctrl+c")


@pytest.mark.parametrize("key", ["ctrl+c", "escape"])
async def test_a_form_that_is_being_opened_is_given_up(
    hanging: Hanging, person: Person, key: str
) -> None:
    """Nothing that it has asked goes on behind it."""
    hanging.add("cibadmin")
    await person.goes_to("resources", "backup")
    hanging.begin()
    await person.press("e")
    await person.until(lambda: bool(sleepers()))
    with within(HEARD):
        await person.press(key)
        await person.until(lambda: person.app.screen is person.app.main and not sleepers())
