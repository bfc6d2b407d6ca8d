"""Fixtures of end-to-end tests: labs of two nodes, brought up once and taken down, and crmtui in one."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from crmtui.backend.session.events import SessionStarted
from crmtui.errors import LabFailed
from crmtui.lab import RELEASES, Lab
from tests.e2e.comparisons import COMPARISONS
from tests.e2e.session_driver import Driver, ScratchTarget, fake_target, scratch_cib
from tests.e2e.terminal import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


_RELEASE = os.environ.get("CRMTUI_LAB_RELEASE", "bookworm")
"""The release of the lab for tests that need no certain one."""


def lab_name(release: str) -> str:
    """Return a name beside a user's own lab, and another one for each worker of pytest-xdist."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    return (f"ct{worker}" if worker else "crmtest") + release[0]


def cannot_start(error: LabFailed) -> NoReturn:
    """Fail where the lab has to start, else skip."""
    if os.environ.get("CI"):
        pytest.fail(f"The lab has to start where CI is set: {error}")
    pytest.skip(f"no lab here: {error}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was forecast beside what the clusters did."""
    if COMPARISONS:
        terminalreporter.section("forecasts beside what the clusters did")
        for row in COMPARISONS:
            terminalreporter.write_line(str(row))


def _release_of(item: pytest.Item) -> str:
    """Return the release of the nodes that a test of the lab runs on."""
    callspec = getattr(item, "callspec", None)
    given = callspec.params.values() if callspec is not None else ()
    return next((value for value in given if value in RELEASES), _RELEASE)


@pytest.hookimpl(tryfirst=True)  # before xdist looks for the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests of one release's lab on one worker (with ``--dist loadgroup``).

    One lab of each release is enough then, and both boot and are worked on side by side.
    """
    if config.pluginmanager.hasplugin("xdist"):
        for item in items:
            if item.get_closest_marker("lab"):
                item.add_marker(pytest.mark.xdist_group(f"lab-{_release_of(item)}"))


@pytest.fixture(scope="session")
def lab_of() -> Iterator[Callable[[str], Lab]]:
    """Yield what brings up the lab of a release, or returns it if it is up."""
    up: dict[str, Lab] = {}

    def bring_up(release: str) -> Lab:
        if release not in up:
            lab = Lab(lab_name(release))
            try:
                lab.down()
                lab.up(2, release, print)
            except LabFailed as error:
                cannot_start(error)
            up[release] = lab
        return up[release]

    yield bring_up
    for lab in up.values():
        lab.down()


@pytest.fixture(scope="session")
def lab(lab_of: Callable[[str], Lab]) -> Lab:
    """Return a lab of two nodes of the release in CRMTUI_LAB_RELEASE (bookworm), all online.

    Whoever changes its configuration or its nodes puts it back.
    """
    return lab_of(_RELEASE)


@pytest.fixture(scope="session", params=RELEASES)
def each_lab(lab_of: Callable[[str], Lab], request: pytest.FixtureRequest) -> Lab:
    """Return a lab of two nodes of one release after the other, all online."""
    return lab_of(request.param)


def build(folder: Path) -> Path:
    """Build everything into a folder, as ``make dist`` does; return the folder."""
    made = subprocess.run(
        [ROOT / ".ci" / "dist", Path(sys.executable).parent, folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all that is handed out."""
    return build(tmp_path_factory.mktemp("dist"))


@pytest.fixture
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is typed out of the history of who runs the tests, and theirs out of the tests."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def eventually() -> Callable[[Callable[[], bool], float], bool]:
    """Return a function that waits so many seconds for a condition and says if it came."""

    def wait(condition: Callable[[], bool], seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                return False
            select.select([], [], [], 0.05)
        return True

    return wait


@pytest.fixture
def drive() -> Iterator[Callable[[ScratchTarget], Driver]]:
    """Return what starts a session, which ends with the test."""
    drivers: list[Driver] = []

    def start(target: ScratchTarget) -> Driver:
        drivers.append(Driver(target))
        drivers[-1].session.start()
        drivers[-1].wait(SessionStarted)
        return drivers[-1]

    yield start
    for driver in drivers:
        driver.session.close()


@pytest.fixture
def crm(tmp_path: Path, drive: Callable[[ScratchTarget], Driver]) -> Driver:
    """Return a session with the real crm."""
    return drive(ScratchTarget(scratch_cib(tmp_path)))


@pytest.fixture
def fake(tmp_path: Path, drive: Callable[[ScratchTarget], Driver]) -> Driver:
    """Return a session with the crm of ``fake_target``."""
    return drive(fake_target(tmp_path))
