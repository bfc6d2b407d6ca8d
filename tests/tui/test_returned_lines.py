"""Lines that come back into the command line while somebody types on: no mixture is ever sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.crmsh.prompt import CrmQuestion
from crmtui.editor.returned_line import EXPLANATION

if TYPE_CHECKING:
    from crmtui.backend.targets.sandbox import Sandbox
    from crmtui.tui.widgets.command_line import CommandLine
    from tests.tui.person import Person

MOVES = "resource param webip set ip 10.0.0.9"
"""A line that has to be asked for."""


def _line(person: Person) -> CommandLine:
    return person.app.main.command


def _came_back(person: Person, line: str) -> bool:
    view = _line(person).view
    return (view.text, view.is_returned) == (line, True)


async def _declines(person: Person) -> None:
    """Enter a line, and leave its dialog: the line is back."""
    await person.enter(MOVES)
    await person.sees_forecast()
    await person.press("escape")
    await person.until(lambda: _came_back(person, MOVES))


async def test_what_is_typed_into_a_dialog_is_the_next_line(
    person: Person, sandbox: Sandbox
) -> None:
    """The first letter is no answer, and none of them is lost or mixed with the line that was held."""
    before = sandbox.cib.read_bytes()
    await person.enter(MOVES)
    await person.sees_forecast()
    await person.type("status")
    await person.until(lambda: "clear the line and press Up" in person.output)
    assert _line(person).view.text == "status"
    await person.press("enter")
    await person.until(lambda: "# status " in person.output)
    assert sandbox.cib.read_bytes() == before
    await person.until(lambda: not person.dispatcher.is_busy)
    await person.press("up", "up")
    await person.until(lambda: _line(person).view.text == MOVES)


async def test_a_word_is_whole_wherever_in_it_the_dialog_comes(person: Person) -> None:
    """The letters before the dialog and those into it are one word of the next line."""
    await person.enter(MOVES)
    await person.type("st")
    await person.sees_forecast()
    await person.type("atus")
    await person.until(lambda: "Not run." in person.output)
    assert _line(person).view.text == "status"


@pytest.mark.parametrize("refused", ["cluster stop", MOVES])
async def test_a_line_that_comes_back_is_replaced_by_what_is_typed(
    person: Person, refused: str
) -> None:
    """Text typed behind it at once is another line; Up has the one that came back."""
    if refused == MOVES:
        await _declines(person)
    else:
        await person.enter(refused)
        await person.until(lambda: _came_back(person, refused))
    assert _line(person).view.notice == EXPLANATION
    await person.type("node show")
    assert _line(person).view.text == "node show"
    assert not _line(person).view.is_returned
    await person.press("ctrl+c", "up")
    await person.until(lambda: _line(person).view.text == refused)


async def test_a_line_that_comes_back_can_be_edited(person: Person) -> None:
    """An arrow or Backspace takes the line up, and what is typed then goes into it."""
    await _declines(person)
    await person.press("backspace", "8")
    assert _line(person).view.text == MOVES[:-1] + "8"
    assert not _line(person).view.is_returned


async def test_a_line_that_comes_back_can_be_sent_again(person: Person) -> None:
    """Enter sends just what stands there."""
    await _declines(person)
    await person.press("enter")
    assert (await person.sees_forecast()).lines == (MOVES,)


async def test_a_stray_key_for_a_pane_is_not_typed(person: Person) -> None:
    """A key does not write into a line that the user has left."""
    person.app.main.command.focus()
    await person.type(MOVES)
    person.app.simulate_key("enter")
    person.app.simulate_key("escape")
    await person.until(lambda: not person.is_in("command"))
    await person.sees_forecast()
    await person.press("s")
    await person.until(lambda: _came_back(person, MOVES))


async def test_an_answer_that_is_not_wanted_any_more_is_not_mixed_with_a_line(
    person: Person,
) -> None:
    """The rest of an answer, typed when the question is withdrawn, does not get into the line."""
    line = _line(person)
    person.app.main.command.focus()
    await person.type("node standby al")
    line.ask(CrmQuestion("Really?", "choice", ("y", "n")))
    await person.until(lambda: not line.is_caught)
    await person.type("ye")
    line.stop_asking()
    await person.type("s")
    assert line.view.text == "s"
    await person.press("ctrl+c", "up")
    await person.until(lambda: line.view.text == "node standby al")


async def test_a_line_goes_on_behind_an_answer(person: Person) -> None:
    """A line that was being typed before a question is typed on after its answer."""
    line = _line(person)
    person.app.main.command.focus()
    await person.type("node standby al")
    line.ask(CrmQuestion("Really?", "choice", ("y", "n")))
    await person.until(lambda: not line.is_caught)
    await person.press("y", "enter")
    line.stop_asking()
    await person.type("pha")
    assert line.view.text == "node standby alpha"
