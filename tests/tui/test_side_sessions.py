"""The line of a key runs in a crm of its own, and leaves the command line as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.backend.session.own_questions import PENDING

if TYPE_CHECKING:
    from tests.tui.person import Person


async def test_an_open_question_outlasts_the_line_of_a_key(person: Person) -> None:
    """The question of the warm crm is still asked, and answered, when a key's line has run beside it."""
    command = person.app.main.command
    await person.run("configure")
    await person.run("primitive side ocf:pacemaker:Dummy")
    await person.enter("cd")
    await person.until(lambda: PENDING.text.strip() in command.render().plain)
    await person.press("escape", "1")
    await person.goes_to("nodes", "alpha")
    await person.press("s")
    await person.confirm()
    await person.until(lambda: "As forecast." in person.output)
    assert PENDING.text.strip() in command.render().plain
    assert person.dispatcher.is_at_work

    command.focus()
    await person.press("c", "enter")
    await person.until(lambda: "configure [1 pending]#" in command.render().plain)
    assert not person.dispatcher.is_busy
    assert command.command_text == ""
    await person.run("show side")
    await person.until(lambda: "primitive side ocf:pacemaker:Dummy" in person.output)
