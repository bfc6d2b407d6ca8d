"""Forecasts by the real scheduler, of changes to the demo cluster."""

from __future__ import annotations

import os
import secrets
import shlex
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from crmtui.backend.process.cancellation import Cancellation
from crmtui.backend.process.run import run
from crmtui.backend.scheduler.cib_copy import Copy
from crmtui.backend.scheduler.forecaster import Forecaster
from crmtui.backend.scheduler.trial import Trial
from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.cib.document import Cib
from crmtui.cluster.roles import LEGACY
from crmtui.demo import demo_cib
from crmtui.errors import Cancelled, CrmtuiError, ProgramMissing
from crmtui.forecast.plan import change_of
from crmtui.forecast.steps import Tool, TrialPlan
from tests.big_cib import big_cib

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Eventually = Callable[[Callable[[], bool], float], bool]


@pytest.fixture(scope="module")
def demo() -> Iterator[Sandbox]:
    """Return the demo cluster."""
    sandbox = Sandbox(CibSource.parse("demo", demo_cib()))
    yield sandbox
    sandbox.close()


@pytest.fixture(scope="module")
def forecaster(demo: Sandbox) -> Iterator[Forecaster]:
    """Return what forecasts changes to it."""
    made = Forecaster(demo)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("line", "danger", "words"),
    [
        ("node standby alpha", "moves", "webservice move alpha → beta"),
        ("node online alpha", "none", "nothing moves"),
        ("node maintenance alpha", "none", "nothing moves"),
        ("node fence alpha", "loss", "alpha is fenced"),
        ("resource stop webip", "loss", "webservice would stop and not start anywhere"),
        ("resource restart backup", "moves", "backup restarts on beta"),
        ("resource move backup gamma", "moves", "backup moves beta → gamma"),
        ("resource demote database-clone", "loss", "database-clone is promoted nowhere"),
        ("resource ban database-clone alpha", "moves", "database-clone is promoted on beta"),
        ("node standby nosuch", "loss", "there is no node nosuch"),
        ("resource stop nosuch", "loss", "there is no resource nosuch"),
        ("resource promote backup", "loss", "backup is no promotable clone"),
        ("cluster stop", "loss", "cannot be forecast"),
        ("status", "none", "changes nothing"),
        ("resource stop webip\nresource move backup gamma", "loss", "backup moves beta → gamma"),
        ("resource stop '*'", "loss", "would stop and not start anywhere"),
        ("resource cleanup", "none", "nothing moves"),
        ("resource param webip set ip 10.0.0.1", "moves", "webservice restarts on alpha"),
        ("configure primitive x ocf:pacemaker:Dummy", "moves", "x starts on"),
        ("configure delete --force backup", "loss", "backup would stop and not start anywhere"),
        ("configure property stop-all-resources=true", "loss", "would stop and not start anywhere"),
        ("configure erase", "loss", "the configuration is erased"),
        ("configure primitive webip Dummy", "loss", "crm refuses it: Cannot create primitive"),
        ("configure group g nosuch", "loss", "g refers to missing object nosuch"),
        ("configure group itself itself", "loss", "refers to missing object itself"),
        ("configure edit", "loss", "what will be edited is not known"),
        ("configure primitive 'x", "loss", "the line is not complete"),
        ("maintenance on", "none", "nothing moves"),
        ("nod standby alpha", "loss", '"nod" is no command here'),
    ],
)
def test_a_line_is_forecast(forecaster: Forecaster, line: str, danger: str, words: str) -> None:
    """Each line is forecast by what the scheduler would do, and weighs accordingly."""
    forecast = forecaster.forecast(line)
    assert words in forecast.summary
    assert forecast.danger == danger


def test_what_waits_in_configure_is_forecast_before_its_commit(forecaster: Forecaster) -> None:
    """A line in configure weighs nothing itself; the commit weighs what all of the lines do."""
    level, line = ("configure",), "primitive y ocf:pacemaker:Dummy"
    waiting = forecaster.forecast(line, level)
    assert waiting.summary.startswith("after commit: y starts on ")
    assert waiting.danger == "none"
    staged = (line, "location y-there y inf: gamma", "delete nosuch", "delete backup")
    commit = forecaster.forecast("commit", level, staged)
    assert "y starts on gamma" in commit.summary
    assert commit.lost == ("backup",)
    assert commit.danger == "loss"
    assert forecaster.forecast("commit", level).danger == "none"


def test_no_trial_is_left_in_the_log_of_crm(forecaster: Forecaster) -> None:
    """A trial is not in crm's log, which tells what was really run."""
    name = f"trial-{secrets.token_hex(8)}"
    assert forecaster.forecast(f"configure primitive {name} ocf:pacemaker:Dummy").actions
    log = Path("/var/log/crmsh/crmsh.log")
    assert not log.exists() or name not in log.read_text(errors="replace")


@pytest.mark.parametrize(
    "line",
    [
        "node standby alpha",
        "node standby alpha beta reboot",
        "node maintenance alpha",
        "node ready alpha",
        "node attribute alpha set rack left",
        *(f"resource {verb} backup" for verb in ("start", "stop", "manage", "unmanage")),
        *(f"resource stop {name}" for name in ("webip", "webservice", "gateway", "database-clone")),
        "resource unmanage database",
        "resource demote database-clone",
        "resource maintenance webservice on",
        "resource move backup gamma",
        "resource ban database-clone alpha",
        "resource clear backup",
        "resource meta backup set priority 5",
        "resource param webip set ip 10.0.0.1",
    ],
)
def test_the_tools_do_what_crm_does(demo: Sandbox, forecaster: Forecaster, line: str) -> None:
    """A verb by Pacemaker's tools does to the configuration what crm does."""
    copy = Copy(demo)
    try:
        change = change_of(Cib.parse(copy.take()).objects, (), line)
        assert isinstance(change, TrialPlan)
        for step in change.steps:
            assert isinstance(step, Tool)
            assert copy.run(step.argv).status == 0
        by_tools = _meaning(copy)
        copy.take()
        trial = Trial(copy, 20.0)
        trial.run(line)
        trial.close()
        assert by_tools == _meaning(copy)
    finally:
        copy.close()


def _meaning(copy: Copy) -> list[str]:
    """Return the settings and constraints of a copy, without the ids that a tool makes up."""
    cib = ElementTree.fromstring(copy.run(("cibadmin", "--query")).output)
    found = []
    for holder in cib.iter():
        name = holder.get("uname") or holder.get("id", "")
        if holder.tag.startswith("rsc_"):
            found.append(f"{holder.tag} {sorted(holder.attrib.items())}")
        for pair in holder.findall("*/nvpair"):
            if pair.get("name") != "standby" or pair.get("value") != "off":
                value = pair.get("value", "")
                found.append(f"{name} {pair.get('name')}={LEGACY.get(value, value)}")
    return sorted(found)


def test_a_forecast_changes_nothing(demo: Sandbox, forecaster: Forecaster) -> None:
    """The CIB stays as it was, byte for byte, however much is forecast."""
    before = demo.cib.read_bytes()
    forecaster.forecast("node standby alpha beta gamma")
    forecaster.forecast("resource stop webservice")
    assert demo.cib.read_bytes() == before


def test_the_copy_goes_away(demo: Sandbox) -> None:
    """The folder with the copy is private, and removed when it is no longer needed."""
    forecaster = Forecaster(demo)
    forecaster.forecast("node standby alpha")
    copy = forecaster._copy
    assert copy is not None
    folder = Path(copy.folder)
    assert folder.stat().st_mode & 0o077 == 0
    forecaster.close()
    assert not folder.exists()


def _altered(old: str, new: str) -> Iterator[Forecaster]:
    content = demo_cib().decode()
    assert old in content
    sandbox = Sandbox(CibSource.parse("demo", content.replace(old, new).encode()))
    made = Forecaster(sandbox)
    yield made
    made.close()
    sandbox.close()


@pytest.fixture
def without_fencing() -> Iterator[Forecaster]:
    """Return a forecaster of a cluster that does not fence."""
    yield from _altered(
        'name="stonith-enabled" value="true"', 'name="stonith-enabled" value="false"'
    )


@pytest.fixture
def with_two_dcs() -> Iterator[Forecaster]:
    """Return a forecaster of a CIB whose designated controller is a node that it does not have."""
    yield from _altered('dc-uuid="1"', 'dc-uuid="17"')


def test_a_cluster_without_fencing_fences_nobody(without_fencing: Forecaster) -> None:
    """With fencing off, the scheduler is believed: nobody is fenced."""
    forecast = without_fencing.forecast("node fence alpha")
    assert forecast.fenced == ()
    assert "FENCED" not in forecast.summary


def test_a_cib_that_contradicts_itself_is_forecast_all_the_same(with_two_dcs: Forecaster) -> None:
    """A DC that is no node does not stop the scheduler."""
    assert "webservice move alpha → beta" in with_two_dcs.forecast("node standby alpha").summary


def test_names_that_are_no_names_reach_no_shell(forecaster: Forecaster) -> None:
    """A typed word is an argument, never a command."""
    for name in ("$(reboot)", "a;b", "'", '"', "`x`", "a b", "\u202e", "../..", "-x"):
        for verb in ("node standby", "resource stop", "resource move backup"):
            forecast = forecaster.forecast(f"{verb} {shlex.quote(name)}")
            assert not forecast.actions, forecast


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("exit 1", "printed nothing"),
        ("echo '<broken'; exit 0", "cannot be read"),
        ("exec sleep 60", "gave no answer within 1 s"),
    ],
)
def test_a_scheduler_that_fails_is_an_error_with_a_sentence(
    demo: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, words: str
) -> None:
    """A crm_simulate that fails, prints nonsense or hangs is told as such, and is not waited for."""
    (tmp_path / "crm_simulate").write_text(f"#!/bin/sh\n{script}\n")
    (tmp_path / "crm_simulate").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    forecaster = Forecaster(demo, timeout=1.0)
    try:
        with pytest.raises(CrmtuiError, match=words):
            forecaster.forecast("node standby alpha")
    finally:
        forecaster.close()


def test_a_stale_forecast_is_ended_and_nobody_waits_for_it(
    demo: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, eventually: Eventually
) -> None:
    """A scheduler that thinks about a line nobody wants any more is ended, and the next is answered."""
    started, slow, pids = (tmp_path / name for name in ("started", "slow", "pids"))
    slow.touch()
    script = (
        f"#!/bin/sh\nif [ -e {slow} ]; then echo $$ >> {pids}; touch {started}; exec sleep 99; fi\n"
    )
    (tmp_path / "crm_simulate").write_text(f'{script}exec /usr/sbin/crm_simulate "$@"\n')
    (tmp_path / "crm_simulate").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    forecaster = Forecaster(demo, timeout=60.0)
    stale = Cancellation(gives_way=True)
    ended: list[CrmtuiError] = []

    def ask() -> None:
        try:
            forecaster.forecast("node standby alpha", cancellation=stale)
        except CrmtuiError as error:
            ended.append(error)

    thread = threading.Thread(target=ask)
    try:
        thread.start()
        assert eventually(started.exists, 20)
        slow.unlink()
        assert forecaster.forecast("node standby beta").danger == "moves"
        thread.join(20)
    finally:
        forecaster.close()
    assert [type(each) for each in ended] == [Cancelled]
    for pid in pids.read_text().split():
        assert not Path(f"/proc/{pid}").exists()


def test_no_scheduler_is_an_error_that_names_the_package(
    demo: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without crm_simulate, the error says what to install."""
    for program in (
        "sh",
        "env",
        "cp",
        "mv",
        "rm",
        "cat",
        "mktemp",
        "mkdir",
        "cibadmin",
        "crm_attribute",
    ):
        found = shutil.which(program, path="/usr/sbin:/usr/bin:/bin")
        assert found is not None
        (tmp_path / program).symlink_to(found)
    monkeypatch.setattr("crmtui.backend.targets.live.TOOLS", ())
    monkeypatch.setenv("PATH", str(tmp_path))
    forecaster = Forecaster(demo)
    try:
        with pytest.raises(ProgramMissing, match="crm_simulate is not installed"):
            forecaster.forecast("node standby alpha")
    finally:
        forecaster.close()


def test_a_line_is_tried_on_the_configuration_as_it_is_now(demo: Sandbox) -> None:
    """A copy that crm has read beforehand does not count once the configuration has changed."""
    line = "configure location late backup 100: gamma"
    forecaster = Forecaster(demo)
    try:
        first = forecaster.forecast(line)
        assert forecaster.forecast(line) == first
        taken = '<rsc_location id="late" rsc="webservice" node="beta" score="10"/>'
        creating = ("cibadmin", "--create", "--scope", "constraints", "--xml-text", taken)
        assert run(demo, creating).status == 0
        again = forecaster.forecast(line)
        other = forecaster.forecast("configure location later backup 100: gamma")
    finally:
        forecaster.close()
    assert "backup moves" in first.summary
    assert "late" in str(again.unforeseeable)
    assert other.summary == first.summary


def test_a_thousand_resources_are_forecast() -> None:
    """A very large cluster is forecast like a small one, only later."""
    sandbox = Sandbox(CibSource.parse("big", big_cib(1000)))
    forecaster = Forecaster(sandbox, timeout=60)
    try:
        forecast = forecaster.forecast("node standby alpha")
    finally:
        forecaster.close()
        sandbox.close()
    assert len(forecast.before.resources) > 900
    assert "webservice move alpha → beta" in forecast.summary
