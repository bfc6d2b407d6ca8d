"""The lab that end-to-end tests share: a two-node cluster, brought up once and taken down."""

from __future__ import annotations

import os
import select
import time
from typing import TYPE_CHECKING, NoReturn

import pytest

from crmtui.errors import LabFailed
from crmtui.lab import Lab

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def _lab_name() -> str:
    """Return a name beside a user's own lab, and another one for each worker of pytest-xdist."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    return f"ct{worker}" if worker else "crmtest"


def _cannot_start(error: LabFailed) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(f"The lab has to start where CI is set: {error}")
    pytest.skip(f"no lab here: {error}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests of the lab on one worker (with ``--dist loadgroup``), so one lab is enough."""
    if config.pluginmanager.hasplugin("xdist"):
        for item in items:
            if item.get_closest_marker("lab"):
                item.add_marker(pytest.mark.xdist_group("lab"))


@pytest.fixture(scope="session")
def lab() -> Iterator[Lab]:
    """Yield a lab of two nodes of the release in CRMTUI_LAB_RELEASE (bookworm), all online.

    Whoever changes its configuration or its nodes puts it back.
    """
    lab = Lab(_lab_name())
    try:
        lab.down()
        lab.up(2, os.environ.get("CRMTUI_LAB_RELEASE", "bookworm"), print)
    except LabFailed as error:
        _cannot_start(error)
    yield lab
    lab.down()


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
