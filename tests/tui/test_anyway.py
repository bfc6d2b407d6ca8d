"""Work that the scheduler does whatever the line, on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Static

from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from tests.unreachable_node import with_alpha_unreachable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.tui.person import Person


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Open the demo cluster in the moment before it fences a node."""
    made = Sandbox(CibSource.parse("demo", with_alpha_unreachable()))
    yield made
    made.close()


async def test_the_dialog_tells_it_apart(person: Person) -> None:
    """The dialog says that the node is fenced anyway, and confirms what the line adds."""
    await person.goes_to("nodes", "gamma")
    await person.press("m")
    asked = await person.sees_forecast()
    assert str(asked.query_one("#sentence", Static).render()) == "nothing else moves."
    apart = asked.query_one("#anyway", Static)
    assert apart.display
    assert str(apart.render()).startswith("Happens anyway: alpha is fenced; ")
    assert apart.has_class("-loss")
    below = str(asked.query_one("#table", Static).render())
    assert "fence-alpha  alpha  beta" in below
    assert below.splitlines()[0] == "Anyway:"
    assert "Happens anyway" not in below
    assert asked.confirmation_level == "enter"


async def test_the_line_above_the_command_line_tells_it_apart(person: Person) -> None:
    """While a line is typed, both are said."""
    person.app.main.command.focus()
    await person.type("node maintenance gamma")
    said = "Forecast: nothing else moves. Happens anyway: alpha is fenced; "
    await person.until(lambda: str(person.app.main.forecast.render()).startswith(said))
