"""Outcomes on the screen: stated when a line has ended, not before, and as what they are."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from crmtui import keymap
from crmtui.backend.gate.audit_log import read
from crmtui.backend.process.tree import process_and_below
from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.demo import demo_cib
from crmtui.tui.app import CrmtuiApp
from crmtui.tui.screens.quit_screen import QuitScreen
from tests.e2e.test_uncommitted import cmdline
from tests.tui.person import Person
from tests.tui.test_progress import Clock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

WRONG = "primitive q1 Dummi"
RIGHT = "primitive q1 ocf:pacemaker:Dummy"


@pytest.fixture
def clock() -> Clock:
    """Return a clock that the test moves."""
    return Clock()


@pytest.fixture
async def somebody(clock: Clock) -> AsyncIterator[Person]:
    """Sit somebody down at the demo."""
    sandbox = Sandbox(CibSource.parse("demo", demo_cib()))
    app = CrmtuiApp(sandbox, keymap.load(), clock=clock)
    async with app.run_test(size=(120, 50)) as pilot:
        person = Person(app, pilot)
        await person.until(
            lambda: app.crm_link is not None and app.crm_link.dispatcher.prompt is not None
        )
        yield person
    sandbox.close()


def _prompt(person: Person) -> str:
    return person.app.main.command.render().plain


async def test_nothing_is_said_of_a_commit_that_still_asks(somebody: Person, clock: Clock) -> None:
    """As long as crm asks, the screen claims nothing; a commit that is declined is not as forecast."""
    await somebody.run("configure")
    await somebody.run(WRONG)
    await somebody.enter("commit")
    await somebody.until(lambda: "Do you still want to commit" in _prompt(somebody))
    crm_link = somebody.app.crm_link
    assert crm_link is not None
    following = crm_link.key_actions.progress
    await somebody.until(lambda: following.running is not None)
    clock.now += 5.0
    following.tick()
    assert "moved" not in str(somebody.app.main.progress.render())
    assert not somebody.app.main.progress.display
    await somebody.enter("n")
    await somebody.until(lambda: "no effect" in somebody.output)
    await somebody.until(lambda: following.running is None)
    assert "settled" not in somebody.output
    assert "as forecast" not in somebody.output.lower()
    (entry,) = read().entries
    assert (entry.settled, entry.compared) == ("", "")


async def test_leaving_with_a_commit_is_followed_to_its_end(somebody: Person) -> None:
    """The commit before ``cd`` has its mark, and what the cluster made of it is said."""
    await somebody.run("configure")
    await somebody.run(RIGHT)
    await somebody.enter("cd")
    await somebody.until(lambda: "There are changes pending" in _prompt(somebody))
    await somebody.enter("y")
    await somebody.confirm()
    await somebody.until(lambda: "commit, settled: q1 started on " in somebody.output)
    await somebody.until(lambda: "As forecast." in somebody.output)
    (commit,) = [row for row in somebody.app.main.output.rows if "configure# commit" in row]
    assert " done " in commit
    (entry,) = read().entries
    assert (entry.outcome, entry.compared) == ("done", "As forecast")


async def test_a_line_that_is_staged_in_spite_of_its_error_can_be_corrected(
    somebody: Person,
) -> None:
    """The mark says so, lint has nothing against the corrected line, and it replaces the wrong one."""
    await somebody.run("configure")
    await somebody.run(WRONG)
    assert "staged in spite of the error" in somebody.output
    await somebody.until(lambda: "configure [1 pending]# " in _prompt(somebody))
    command = somebody.app.main.command
    await somebody.type(RIGHT)
    await somebody.until(lambda: "Dummy" in _prompt(somebody))
    crm_link = somebody.app.crm_link
    assert crm_link is not None
    assert crm_link.knowledge.configuration().replaceable == {"q1"}
    await somebody.press("enter")
    await somebody.until(lambda: "is removed first: delete q1" in somebody.output)
    await somebody.until(
        lambda: crm_link.dispatcher.staged == (RIGHT,) and not crm_link.dispatcher.is_busy
    )
    await somebody.until(lambda: "configure [1 pending]# " in _prompt(somebody))
    assert command.has_focus


async def test_changed_objects_are_counted_alike_everywhere(somebody: Person) -> None:
    """Prompt and quit dialog say how many objects a commit would change."""
    await somebody.run("configure")
    await somebody.run("primitive p1 ocf:pacemaker:Dummy")
    await somebody.run("primitive p2 ocf:pacemaker:Dummy")
    await somebody.run("delete p1")
    await somebody.until(lambda: "configure [1 pending]# " in _prompt(somebody))
    await somebody.press("ctrl+q")
    await somebody.until(lambda: isinstance(somebody.app.screen, QuitScreen))
    title = str(somebody.app.screen.query(".title").first().render())
    assert "1 change is not committed" in title


async def test_a_clean_up_in_the_demo_is_done(somebody: Person) -> None:
    """The first clean-up that anybody tries is told as what it is."""
    await somebody.goes_to("resources", "backup")
    await somebody.press("x")
    await somebody.confirm()
    await somebody.until(lambda: "resource cleanup backup, settled" in somebody.output)
    (row,) = [row for row in somebody.app.main.output.rows if "# resource cleanup backup" in row]
    assert " done " in row


async def test_nothing_is_said_of_a_commit_at_which_crm_died(somebody: Person) -> None:
    """The death is told, and nobody claims to know what came of the line."""
    await somebody.run("configure")
    await somebody.run(WRONG)
    await somebody.enter("commit")
    await somebody.until(lambda: "Do you still want to commit" in _prompt(somebody))
    crm_link = somebody.app.crm_link
    assert crm_link is not None
    following = crm_link.key_actions.progress
    await somebody.until(lambda: following.running is not None)
    for pid in process_and_below(os.getpid())[1:]:  # one of a forecast may be among them
        if b"/crm\0" in cmdline(pid):
            os.kill(pid, signal.SIGKILL)
    await somebody.until(lambda: "It was running: commit" in somebody.output)
    await somebody.until(lambda: following.running is None)
    assert "settled" not in somebody.output
