"""The output pane: outcomes, folding, searching, and following what is run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crmtui.tui.widgets.output import Output
    from tests.tui.person import Person


def _in_sight(output: Output) -> tuple[str, ...]:
    """Return the rows that can be read."""
    first = output.scroll_offset.y
    return output.rows[first : first + output.size.height]


async def test_the_output_says_what_came_of_each_command(person: Person) -> None:
    """Behind each command stands its outcome; the output folds to that, is searched, and copied."""
    output = person.app.main.output
    for line in ("configure", "primitive x Dummy", "primitive", "show x"):
        await person.run(line)
    said = ["done", "done", "failed", "done"]
    await person.until(lambda: re.findall(r"# .*   \S+ (\S+)", "\n".join(output.rows)) == said)
    assert output.last_said == "primitive x Dummy"

    await person.press("escape", "4", "z")
    assert all("# " in row for row in output.rows)
    await person.press("z", "f")
    await person.type("syntax")
    await person.press("enter")
    found = "ERROR: syntax in primitive"
    await person.until(lambda: any(found in row for row in _in_sight(output)))
    await person.press("y")
    await person.until(lambda: person.app.clipboard == "primitive x Dummy")


async def test_a_new_command_ends_the_search(person: Person) -> None:
    """After a search further up, what a new command says is in sight again."""
    output = person.app.main.output
    await person.run("help")
    await person.run("configure")
    await person.press("escape", "4", "f")
    await person.type("cibstatus")
    await person.press("enter")
    await person.until(lambda: any("cibstatus" in row for row in _in_sight(output)))
    await person.press("colon")
    await person.run("primitive x Dummy")
    await person.run("show x")
    await person.until(lambda: "primitive x Dummy" in _in_sight(output)[-1])


async def test_the_colon_of_other_programs_is_no_part_of_a_line(person: Person) -> None:
    """A colon typed before a command, as in vi, is left out."""
    await person.run(":help")
    await person.until(lambda: "# help   " in person.output)
    await person.enter("nosuch thing")
    await person.until(lambda: 'There is no command "nosuch"' in person.output)
