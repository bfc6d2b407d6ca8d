"""Keys after one that answered nothing: they rest, which is said, and Escape ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.backend.approval.approval import Approval, ChangeRequest
from crmtui.forecast.model import Forecast

if TYPE_CHECKING:
    from tests.tui.person import Person


async def test_keys_that_rest_are_said_and_woken(person: Person) -> None:
    """After a stray answer the output says that keys rest; Escape lets the next one act at once."""
    await person.goes_to("nodes", "alpha")
    await person.press("s")
    await person.sees_forecast()
    await person.press("x")
    await person.until(lambda: "keys ask for no action for 3 s. Esc ends that" in person.output)
    await person.press("s")
    await person.pause()
    assert person.app.screen is person.app.main

    await person.press("escape")
    await person.until(lambda: "Keys ask for actions again." in person.output)
    await person.press("s")
    await person.sees_forecast()
    await person.press("escape")


async def test_lines_of_what_was_replaced_are_still_the_keys(person: Person) -> None:
    """Lines that a key stood for stay its own when something else is followed: nobody typed them."""
    assert person.app.crm_link is not None
    following = person.app.crm_link.key_actions.progress
    cluster = person.app.cluster
    for line, origin in (("node standby alpha", "key"), ("resource stop backup", "typed")):
        request = ChangeRequest((line,), (), "key" if origin == "key" else "typed")
        approval = Approval(request, Forecast(line, "nothing moves"))
        following.follow(approval, (line,), cluster, [line])
    assert following.returned(("node standby alpha", "status")) == {"node standby alpha"}
    assert following.returned(("node standby alpha",)) == frozenset()
    assert following.returned(("resource stop backup",)) == frozenset()
