"""A key acts on what was selected when somebody looked, never on what came to stand in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.run import run
from crmtui.tui.screens.action_menu import ActionsScreen
from crmtui.tui.screens.confirm import ConfirmScreen

if TYPE_CHECKING:
    from crmtui.backend.targets.sandbox import Sandbox
    from tests.tui.person import Person

_GONE = {
    "beta": ("//node_state[@id='2']", "//node[@id='2']"),
    "backup": (
        "//rsc_location[@rsc='backup']",
        "//lrm_resource[@id='backup']",
        "//primitive[@id='backup']",
    ),
}
"""Elements in the CIB of each."""


def _remove(sandbox: Sandbox, name: str) -> None:
    for path in _GONE[name]:
        done = run(sandbox, ["cibadmin", "--delete-all", "--force", "--xpath", path])
        assert done.status == 0, done.errors


def _is_listed(person: Person, name: str) -> bool:
    cluster = person.app.cluster
    assert cluster is not None
    return cluster.node(name) is not None or any(each.id == name for each in cluster.walk())


@pytest.mark.parametrize(
    ("pane", "name", "keys"), [("nodes", "beta", "sSma"), ("resources", "backup", "SIwax")]
)
async def test_what_has_gone_is_not_replaced_by_its_neighbour(
    person: Person, sandbox: Sandbox, pane: str, name: str, keys: str
) -> None:
    """Every key that acts is refused with a sentence, until somebody has moved."""
    await person.goes_to(pane, name)
    _remove(sandbox, name)
    await person.until(lambda: not _is_listed(person, name))
    rows = person.app.main.nodes if pane == "nodes" else person.app.main.resources
    await person.until(lambda: rows.lost == name)
    assert list(rows.names) == []
    said = f"{name} is not in this list any more"
    for count, key in enumerate(keys, start=1):
        await person.press(key)
        await person.until(lambda count=count: person.output.count(said) == count)  # type: ignore[misc]
        assert person.app.screen is person.app.main

    await person.press("down")
    assert rows.names
    assert not rows.lost
    await person.press("a")
    await person.until(lambda: isinstance(person.app.screen, ActionsScreen))


async def test_what_was_marked_and_has_gone_is_not_replaced_by_what_is_selected(
    person: Person, sandbox: Sandbox
) -> None:
    """The mark goes on to the next row: that one was never meant."""
    await person.goes_to("nodes", "beta")
    await person.press("space")
    assert person.app.main.nodes.names == ("beta",)
    _remove(sandbox, "beta")
    await person.until(lambda: not _is_listed(person, "beta"))
    await person.press("s")
    await person.until(lambda: "beta is not in this list any more" in person.output)
    assert not isinstance(person.app.screen, ConfirmScreen)


async def test_what_moves_stays_selected(person: Person) -> None:
    """A resource that runs elsewhere in the next snapshot is still the one that is meant."""
    await person.goes_to("resources", "webip")
    await person.press("v")
    assert person.app.main.resources.names == ("webip",)
    await person.enter("node standby alpha")
    await person.confirm()
    await person.until(lambda: "webip alpha → beta" in person.output)
    assert person.app.main.resources.names == ("webip",)
    assert not person.app.main.resources.lost
