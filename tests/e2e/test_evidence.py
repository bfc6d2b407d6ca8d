"""The content of corosync.conf after a line of the real crm decides what is told of that line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui.backend.session.events import SessionReady
from tests.e2e.session_driver import Driver, ScratchTarget, needs_crm, scratch_cib

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = needs_crm
CONF = """\
totem {
	version: 2
	token: 3000
}
nodelist {
	node {
		ring0_addr: 127.0.0.1
		nodeid: 1
	}
}
"""


@pytest.fixture
def crm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    """Return a session with a corosync.conf of its own."""
    conf = tmp_path / "corosync.conf"
    conf.write_text(CONF)
    monkeypatch.setenv("COROSYNC_MAIN_CONFIG_FILE", str(conf))
    driver = Driver(ScratchTarget(scratch_cib(tmp_path)))
    driver.session.start()
    driver.wait(SessionReady)
    yield driver
    driver.session.close()


def test_a_value_that_was_set_is_done_and_one_that_was_not_has_no_effect(crm: Driver) -> None:
    """Crm is silent in both cases: the file tells them apart, without a word of it in the output."""
    reply = crm.run("corosync set totem.token 5000")
    assert (reply.outcome, reply.output) == ("done", "")
    assert crm.run("corosync set nosuch.foo 5").outcome == "no effect"
    crm.run("corosync")
    assert crm.run("set totem.token 6000").outcome == "done"


def test_a_reload_without_corosync_has_failed(crm: Driver) -> None:
    """Its program complains, which crm does not call an error."""
    reply = crm.run("corosync reload")
    assert not reply.has_errors
    assert reply.outcome == "failed"
