"""Taking changes of the configuration back on the real CIB of a sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from crmtui.backend.process.run import run
from crmtui.backend.scheduler.forecaster import Forecaster
from crmtui.backend.scheduler.undo import ConfigurationHistory
from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.demo import demo_cib
from crmtui.errors import ChangeRefused

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def demo() -> Iterator[Sandbox]:
    """Return the demo cluster."""
    sandbox = Sandbox(CibSource.parse("demo", demo_cib()))
    yield sandbox
    sandbox.close()


@pytest.fixture
def history(demo: Sandbox) -> Iterator[ConfigurationHistory]:
    """Return a history that has seen the demo cluster."""
    made = ConfigurationHistory(demo)
    made.update()
    yield made
    made.close()


def _role(sandbox: Sandbox, resource: str, role: str) -> None:
    setting = ("--set-parameter", "target-role", "--parameter-value", role)
    argv = ("crm_resource", "--quiet", "--meta", "--resource", resource, *setting)
    assert run(sandbox, argv).status == 0
    sandbox.after_command()


def _configuration(sandbox: Sandbox) -> str:
    found = ElementTree.fromstring(sandbox.cib.read_bytes()).find("configuration")
    assert found is not None
    return ElementTree.canonicalize(ElementTree.tostring(found, "unicode"), strip_text=True)


def test_a_change_is_taken_back_and_made_again(
    demo: Sandbox, history: ConfigurationHistory
) -> None:
    """Undo restores the configuration exactly; redo brings the change back, exactly too."""
    before = _configuration(demo)
    _role(demo, "webservice", "Stopped")
    change = history.update()
    assert change is not None
    assert [str(each) for each in change.differences] == ["+ webservice meta target-role=Stopped"]
    after = _configuration(demo)
    history.undo(change)
    assert _configuration(demo) == before
    undo_redo = history.redoable
    assert undo_redo is not None
    assert undo_redo.undoes == change
    history.undo(undo_redo)
    assert _configuration(demo) == after
    assert history.redoable is None


def test_undo_is_forecast_first(demo: Sandbox, history: ConfigurationHistory) -> None:
    """Undo is forecast like everything else."""
    _role(demo, "backup", "Stopped")
    change = history.update()
    assert change is not None
    forecaster = Forecaster(demo)
    try:
        forecast = forecaster.forecast_of(history.wanted(change), "undo")
    finally:
        forecaster.close()
    assert forecast.summary.startswith("backup starts on")
    assert forecast.danger == "moves"


def test_a_later_change_of_the_same_object_refuses(
    demo: Sandbox, history: ConfigurationHistory
) -> None:
    """An older change stays where a later one touched the same object, and nothing is done."""
    _role(demo, "backup", "Stopped")
    first = history.update()
    _role(demo, "webservice", "Stopped")
    history.update()
    _role(demo, "backup", "Started")
    history.update()
    assert first is not None
    now = demo.cib.read_bytes()
    with pytest.raises(ChangeRefused, match="A later change touched the same: backup"):
        history.undo(first)
    assert demo.cib.read_bytes() == now
    assert [len(change.differences) for change in history.changes] == [1, 1, 1]


def test_an_older_change_is_taken_back_beneath_a_newer_one(
    demo: Sandbox, history: ConfigurationHistory
) -> None:
    """A change of something else since then stays."""
    _role(demo, "backup", "Stopped")
    first = history.update()
    _role(demo, "webservice", "Stopped")
    assert first is not None
    history.undo(first)
    configuration = _configuration(demo)
    assert 'id="webservice-meta_attributes-target-role"' in configuration
    assert 'id="backup-meta_attributes-target-role"' not in configuration


def test_a_configuration_that_moved_on_since_the_decision_refuses(
    demo: Sandbox, history: ConfigurationHistory
) -> None:
    """Either exactly the decided change is made, or none is."""
    _role(demo, "backup", "Stopped")
    change = history.update()
    assert change is not None
    _role(demo, "webservice", "Stopped")
    now = demo.cib.read_bytes()
    sent: list[str] = []
    with pytest.raises(ChangeRefused, match="has changed meanwhile"):
        history.undo(change, change.after.version, lambda: sent.append("patch"))
    assert not sent
    assert demo.cib.read_bytes() == now


def test_what_the_schema_forbids_is_refused(demo: Sandbox, history: ConfigurationHistory) -> None:
    """A resource that others now need cannot be taken back, and the cluster says so."""
    new = '<primitive id="late" class="ocf" provider="pacemaker" type="Dummy"/>'
    assert run(demo, ("cibadmin", "--create", "--scope", "resources", "-X", new)).status == 0
    change = history.update()
    place = '<rsc_location id="l" rsc="late" score="1" node="alpha"/>'
    assert run(demo, ("cibadmin", "--create", "--scope", "constraints", "-X", place)).status == 0
    assert change is not None
    sent: list[str] = []
    with pytest.raises(ChangeRefused, match="The cluster refuses"):
        history.undo(change, before_sending=lambda: sent.append("patch"))
    assert sent
