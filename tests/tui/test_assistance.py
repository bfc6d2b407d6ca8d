"""Help around the command line while a command is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.completion.usage import Usage
from crmtui.editor.view import LineView, MenuItem, Remarks
from crmtui.tui.presentation.crm_text import is_configuration
from crmtui.tui.widgets.long_help import flowing, topic
from crmtui.tui.widgets.usage_line import _in_sight

if TYPE_CHECKING:
    from tests.tui.person import Person


async def _shown(person: Person, text: str, words: str) -> None:
    """Type a text and wait until the lines under the command line say something."""
    await person.type(text)
    await person.until(lambda: words in str(person.app.main.assistance.usage.render()))


async def test_usage_and_findings_follow_what_is_typed(person: Person) -> None:
    """Under the line stands the usage, the current argument marked, and what is wrong."""
    line = person.app.main.command
    await person.press("escape", "colon")
    await _shown(person, "node standby nosuch ", 'There is no node "nosuch".')

    def marked() -> str:
        usage = line.view.remarks.usage
        return usage.text[usage.start : usage.end] if usage is not None else ""

    # The finding was there before the blank behind the word was.
    await person.until(lambda: marked().startswith("forever|reboot"))
    (finding,) = line.view.remarks.findings
    painted = line.render()
    at = painted.plain.index("nosuch")
    assert any(
        span.start <= at < span.end and getattr(span.style, "underline", False)
        for span in painted.spans
    )
    assert line.view.text[finding.start : finding.end] == "nosuch"


async def test_a_guess_is_written_out_and_not_run(person: Person) -> None:
    """Enter on a word that crm would guess puts the whole word there, says so, and runs nothing."""
    line = person.app.main.command
    await person.press("escape", "colon")
    await person.type("no")
    await person.type(" sh alpha")
    await person.press("enter")
    await person.until(lambda: line.view.text == "node sh alpha")
    await person.press("enter")
    await person.until(lambda: line.view.text == "node show alpha")
    assert 'would be "show" to crm' in line.view.notice
    assert not person.dispatcher.is_busy
    assert not any("show alpha" in row for row in person.app.main.output.rows)


async def test_long_help_opens_follows_and_closes(person: Person) -> None:
    """Long help is beside the menu; its key hides and shows it, it follows the choice, Esc closes it."""
    main = person.app.main
    help_ = main.assistance.long_help
    await person.press("escape", "colon")
    await person.type("configure primitive x ocf:heartbeat:IPaddr2 params ")
    await person.until(lambda: help_.visible and "IPaddr2" in str(help_.border_title))
    await person.press("f3")
    await person.until(lambda: not help_.visible)
    await person.press("f3")
    await person.until(lambda: help_.visible)
    await person.type("cidr_netmas")
    await person.press("tab")
    await person.until(lambda: "cidr_netmask" in str(help_.border_title))
    while main.assistance.menu.visible:
        await person.press("escape")
    await person.press("escape")
    await person.until(lambda: not help_.visible)
    assert person.focused == "command"


def test_help_flows() -> None:
    """Line ends that authors put for a width of their own go; items and examples keep theirs."""
    assert flowing("a\nb\n\n* c\n* d\n\n  e\n  f") == "a b\n\n* c\n* d\n\n  e\n  f"


def test_help_is_about_the_choice_else_about_the_place() -> None:
    """A choice without a long text leaves the help to the place where the cursor is."""
    ip = MenuItem("ip", "address", "string", "", is_required=True, detail="The address.")
    remarks = Remarks(title="IPaddr2", text="An agent.")
    view = LineView("", 0, "", (ip, MenuItem("nic", "")), 0, remarks=remarks)
    assert topic(view) == ("ip: string, required", "The address.")
    other = LineView("", 0, "", view.menu, 1, remarks=remarks)
    assert topic(other) == ("IPaddr2", "An agent.")


def test_the_marked_part_of_a_long_usage_is_in_sight() -> None:
    """The part too far left gives way to the one that the cursor is in."""
    text, start, end = _in_sight(Usage("move RESOURCE NODE LIFETIME", 19, 27), 15)
    assert (text[start:end], len(text) <= 15) == ("LIFETIME", True)
    assert _in_sight(Usage("move RESOURCE", 5, 13), 80) == ("move RESOURCE", 5, 13)


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("primitive d Dummy \\", True),
        ("        params ip=10.0.0.1 \\", True),
        ("        no-quorum-policy=stop", True),
        ("node 1: n1", True),
        ("Node List:", False),
        ("  * Online: [ n1 ]", False),
        ("node n1 is not there.", False),
    ],
)
def test_a_configuration_is_told_from_other_output(line: str, is_one: bool) -> None:
    """Only lines that are crm's language are coloured as such."""
    assert is_configuration(line) is is_one
