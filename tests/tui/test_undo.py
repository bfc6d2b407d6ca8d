"""The action log, undo and redo on the screen."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING

from crmtui.backend.gate.audit_log import file, read
from crmtui.backend.process.run import run
from crmtui.tui.screens.action_log import ActionLogScreen
from crmtui.tui.screens.undo_screen import UndoScreen
from crmtui.tui.widgets.dialogs import Options

if TYPE_CHECKING:
    from crmtui.backend.targets.sandbox import Sandbox
    from tests.tui.person import Person


async def _undoes(person: Person, listed: str) -> None:
    await person.press("escape", "1", "u")
    await person.until(lambda: isinstance(person.app.screen, UndoScreen))
    await person.until(lambda: bool(person.app.screen.query(Options)))
    shown = str(person.app.screen.query_one(Options).get_option_at_index(0).prompt)
    assert re.match(r"\w{3} \w{3} .* \d{4}.*\n" + listed, shown), shown
    await person.press("enter")
    await person.confirm()


async def test_a_change_is_logged_taken_back_and_done_again(person: Person) -> None:
    """A standby is in the log with forecast and outcome; ``u`` takes it back, ``U`` redoes it."""
    await person.goes_to("nodes", "alpha")
    await person.press("s")
    await person.confirm()
    await person.until(lambda: "alpha is standby, settled" in person.output)
    (entry,) = read().entries
    assert (entry.lines, entry.origin, entry.outcome) == (("node standby alpha",), "key", "done")
    assert "webservice" in entry.forecast
    assert entry.has_changed
    assert "settled" in entry.settled

    await _undoes(person, "  made with crmtui: node standby alpha\n")
    await person.until(lambda: "Taken back" in person.output)
    await person.until(lambda: person.state_of("alpha") == "online")
    await person.until(lambda: "settled: webip beta → alpha" in person.output)
    await person.press("escape", "1", "U")
    await person.confirm()
    await person.until(lambda: "Done again" in person.output)
    await person.until(lambda: person.state_of("alpha") == "standby")
    assert [each.origin for each in read().entries] == ["key", "undo", "redo"]

    await person.press("escape", "1", "7")
    await person.until(lambda: isinstance(person.app.screen, ActionLogScreen))
    await person.press("e")
    scripts = file().parent.glob("actions-*.sh")
    await person.until(lambda: bool(list(file().parent.glob("actions-*.sh"))))
    (script,) = scripts
    assert "node standby alpha" in script.read_text()
    assert stat.S_IMODE(script.stat().st_mode) == 0o600


async def test_what_others_change_can_be_taken_back(person: Person, sandbox: Sandbox) -> None:
    """A change that somebody else made while we watched is listed too."""
    await person.until(lambda: person.app.crm_link is not None)
    assert person.app.crm_link is not None
    history = person.app.crm_link.undo_redo
    await person.until(lambda: history.has_seen)
    run(sandbox, ["crm_attribute", "-t", "crm_config", "-n", "stonith-timeout", "-v", "77s"])
    await _undoes(person, "  \\S")
    await person.until(lambda: "Taken back" in person.output)
    assert "77s" not in sandbox.cib.read_text()


async def test_read_only_takes_nothing_back(person: Person, sandbox: Sandbox) -> None:
    """Locked, a change may be looked at, but not taken back."""
    assert person.app.crm_link is not None
    history = person.app.crm_link.undo_redo
    await person.until(lambda: history.has_seen)
    run(sandbox, ["crm_attribute", "-t", "crm_config", "-n", "stonith-timeout", "-v", "77s"])
    await person.press("escape", "1", "f9")
    await _undoes(person, "  \\S")
    await person.until(lambda: "Nothing was taken back" in person.output)
    assert "77s" in sandbox.cib.read_text()


async def test_nothing_to_undo_says_so(person: Person) -> None:
    """Without a known change, ``u`` says so and asks nothing."""
    await person.press("escape", "1", "u")
    await person.until(lambda: "nothing to undo" in person.output)
