"""The demo cluster, and somebody at a screen on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtui import keymap
from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.demo import demo_cib
from crmtui.tui.app import CrmtuiApp
from tests.tui import quiet
from tests.tui.person import AdvancingClock, Person

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Open the demo cluster."""
    made = Sandbox(CibSource.parse("demo", demo_cib()))
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet.set_up(monkeypatch)


@pytest.fixture
async def person(sandbox: Sandbox) -> AsyncIterator[Person]:
    """Sit somebody down at the screen."""
    clock = AdvancingClock()
    app = CrmtuiApp(sandbox, keymap.load(), clock=clock)
    async with app.run_test(size=(160, 50)) as pilot:
        somebody = Person(app, pilot, clock)
        await somebody.until(
            lambda: app.crm_link is not None and app.crm_link.dispatcher.prompt is not None
        )
        yield somebody
