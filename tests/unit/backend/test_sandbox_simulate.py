"""Carrying a status forward with what crm_simulate of several Pacemakers prints."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from crmtui.backend.process.run import Completed
from crmtui.backend.targets import sandbox
from crmtui.backend.targets.cib_source import CibSource
from crmtui.errors import CibUnreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.backend.process.target import Target

CIB = (
    b'<cib validate-with="pacemaker-3.0" admin_epoch="0" epoch="1" num_updates="0"><configuration>'
    b'<crm_config/><nodes><node id="1" uname="n1"/></nodes><resources/><constraints/>'
    b"</configuration><status/></cib>"
)
DONE = "<pacemaker-result><transition/></pacemaker-result>"
CUT = (
    '<pacemaker-result><modifications quorum="1"/><modify_node action="Online" node="n1"/>'
    '<status code="0" message="OK"/></pacemaker-result>'
)
"""Output of crm_simulate 3.0.3 where a node is to be brought up: it stops there, and goes on with
the work."""


class Simulate:
    """Stands in for crm_simulate, which writes the file that it is told to.

    Args:
        asked: What it prints where something is to be different.
        writes: Whether it writes a file then.
    """

    def __init__(self, asked: str, *, writes: bool = True) -> None:
        self.asked = asked
        self.writes = writes

    def run(self, _: Target, argv: Sequence[str], **_options: object) -> Completed:
        """Write the file, and answer."""
        is_asked = "--node-up" in argv
        if self.writes or not is_asked:
            shutil.copy(argv[argv.index("-x") + 1], argv[argv.index("-O") + 1])
        return Completed(0, self.asked if is_asked else DONE, "")


def made(monkeypatch: pytest.MonkeyPatch, simulate: Simulate) -> sandbox.Sandbox:
    """Return a sandbox of a configuration without a status."""
    monkeypatch.setattr(sandbox, "run", simulate.run)
    return sandbox.Sandbox(CibSource.parse("saved", CIB))


@pytest.mark.parametrize("printed", [DONE, CUT])
def test_a_configuration_without_a_status_is_brought_up(
    monkeypatch: pytest.MonkeyPatch, printed: str
) -> None:
    """The CIB is written, even where crm_simulate prints no transition."""
    target = made(monkeypatch, Simulate(printed))
    assert target.is_assumed
    target.close()


def test_a_cib_that_is_not_written_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A simulation without a result is told as an error."""
    with pytest.raises(CibUnreadable, match="cannot carry the status of saved forward"):
        made(monkeypatch, Simulate(CUT, writes=False))
