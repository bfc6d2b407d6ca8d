"""Read-only: everything there is to press is pressed, and the CIB never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.actions import ACTIONS

if TYPE_CHECKING:
    from crmtui.crm.sandbox import Sandbox
    from tests.tui.person import Person

_LEAVING = ("app.quit", "app.lock", "command.focus", "command.end")
"""What ends the program, unlocks it, or goes to where keys are typed."""


async def test_whatever_is_pressed_the_cib_never_changes(person: Person, sandbox: Sandbox) -> None:
    """Each key of each action is pressed where it holds, and followed by all that could confirm."""
    before = sandbox.cib.read_bytes()
    person.app.is_read_only = True
    keys = [
        ("2" if action.scope == "resources" else "1", key)
        for action in ACTIONS
        if action.id not in _LEAVING and action.scope in ("app", "nodes", "resources")
        for key in action.keys
    ]
    for pane, key in keys:
        await person.press("escape", pane)
        person.forget_mistyping()
        await person.press(key, "enter", "y")
        assert sandbox.cib.read_bytes() == before, key
    assert person.app.is_running
    assert sandbox.cib.read_bytes() == before
