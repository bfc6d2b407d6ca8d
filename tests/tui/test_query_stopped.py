"""The query of the cluster before a dialog: Ctrl-C and Esc end it, whatever hangs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.e2e.hanging import Hanging, sleepers, within

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.person import Person

STOPPED = "The look at the cluster was stopped. Not run."
HEARD = 1.0
"""Seconds after a key in which the wait ends."""


@pytest.fixture
def hanging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hanging:
    """Let cibadmin, which the query runs, hang when it is told to."""
    made = Hanging(tmp_path)
    made.add("cibadmin", 'case "$*" in "--query --local") true;; *) false;; esac')
    monkeypatch.setenv("PATH", f"{made.path}:{os.environ['PATH']}")
    return made


@pytest.mark.parametrize("key", ["ctrl+c", "escape"])
@pytest.mark.parametrize("asked", ["s", "a", "u"])
async def test_a_key_ends_the_query(hanging: Hanging, person: Person, asked: str, key: str) -> None:
    """Nothing is sent, no dialog opens, that is said, and keys act again when the cluster answers."""
    await person.goes_to("nodes", "alpha")
    hanging.begin()
    await person.press(asked)
    await person.until(lambda: bool(sleepers()))
    with within(HEARD):
        await person.press(key)
        await person.until(lambda: STOPPED in person.output)
    assert person.app.screen is person.app.main
    assert person.state_of("alpha") == "online"
    await person.until(lambda: not sleepers())
    hanging.end()
    await person.press("s")
    assert (await person.sees_forecast()).lines == ("node standby alpha",)
    await person.press("escape")


async def test_it_is_said_how_a_late_query_is_ended(hanging: Hanging, person: Person) -> None:
    """Somebody who waits reads what ends that; Ctrl-C does so from any screen."""
    await person.goes_to("nodes", "alpha")
    hanging.begin()
    await person.press("s")
    await person.until(lambda: "Esc or Ctrl-C stops waiting." in person.output)
    with within(HEARD):
        await person.press("f1", "ctrl+c")
        await person.until(lambda: STOPPED in person.output)


async def test_a_late_query_of_uncommitted_changes_says_so(
    hanging: Hanging, person: Person
) -> None:
    """While F2 waits for a crm that hangs, that is said, and after Ctrl-C what is not shown."""
    hanging.add("crm", 'case "$*" in *"configure show"*) true;; *) false;; esac')
    await person.run("configure")
    await person.run("primitive q ocf:pacemaker:Dummy")
    hanging.begin()
    await person.press("f2")
    await person.until(lambda: bool(sleepers()))
    output = person.app.main.output
    words = "The look at the uncommitted changes runs for "
    await person.until(lambda: words in str(output.border_title))
    await person.press("ctrl+c")
    await person.until(
        lambda: "Ctrl-C was pressed. The uncommitted changes are not" in person.output
    )
    await person.until(lambda: words not in str(output.border_title))
