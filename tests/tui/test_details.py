"""The lists, pages, the feed's keys and the timeline, on the demo cluster with the real tools.

crm itself is not started: what is typed to it is no concern of these.
"""

from __future__ import annotations

import stat
import time
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from textual import events

from crmtui import keymap
from crmtui.backend.process.run import run
from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.demo import demo_cib
from crmtui.tui.app import CrmtuiApp
from crmtui.tui.widgets.filter_bar import FilterBar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from textual.pilot import Pilot

_SECONDS = 90.0


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Open the demo cluster."""
    made = Sandbox(CibSource.parse("demo", demo_cib()))
    yield made
    made.close()


class Reader:
    """Somebody who looks, and waits for what they want to see."""

    def __init__(self, app: CrmtuiApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.main = app.main
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys by Textual's names."""
        await self.pilot.press(*keys)

    async def until(self, is_true: Callable[[], bool]) -> None:
        """Wait for what is to become true."""
        deadline = time.monotonic() + _SECONDS
        while not is_true():
            if time.monotonic() > deadline:
                pytest.fail("waited in vain")
            await self.pilot.pause(0.01)

    @property
    def focused(self) -> str | None:
        """Return which pane has the focus."""
        return self.main.focused.id if self.main.focused is not None else None

    def rows(self, pane: str) -> list[str]:
        """Return what a list shows, row by row."""
        found = {
            "nodes": self.main.nodes, "resources": self.main.resources, "page": self.main.page,
            "timeline": self.main.timeline,
        }[pane]  # fmt: skip
        return [" | ".join(cell.text for cell in row.cells) for row in found.rows_in_sight]

    @property
    def header(self) -> list[str]:
        """Return what the top line says."""
        return [part.text for part in self.main.header.parts]


@pytest.fixture
async def looker(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Reader]:
    """Sit somebody down in front of the lists, without a crm."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with mock.patch.object(CrmtuiApp, "follow_up"):
        app = CrmtuiApp(sandbox, keymap.load())
        async with app.run_test(size=(160, 50)) as pilot:
            somebody = Reader(app, pilot)
            await somebody.until(lambda: bool(somebody.rows("nodes")))
            await somebody.press("escape")
            yield somebody


async def test_a_filter(looker: Reader) -> None:
    """``/`` narrows with each key, Enter keeps it, the title counts, Escape shows all again."""
    everything = looker.rows("resources")
    await looker.press("2", "slash", *"node:beta")
    await looker.press("space", *"!agent:stonith*")
    assert isinstance(looker.main.focused, FilterBar)

    await looker.press("enter")

    assert looker.focused == "resources"
    assert [row.split()[1] for row in looker.rows("resources")] == [
        "backup",
        "gateway-clone",
        "gateway",
        "database-clone",
        "database",
    ]
    await looker.pilot.pause()
    title = str(looker.main.resources.border_title)
    assert "/node:beta !agent:stonith*: 5 of 15" in title
    await looker.press("escape")
    assert looker.rows("resources") == everything


async def test_a_filter_that_is_typed_fast(looker: Reader) -> None:
    """Letters typed right behind the key are the filter, and no keys of the list."""
    await looker.press("2")
    for key in ("slash", *"webip", "enter"):
        looker.app.post_message(events.Key(key, "/" if key == "slash" else None))
    await looker.until(lambda: looker.main.resources.narrowed_by == "webip")
    await looker.until(lambda: looker.focused == "resources")


async def test_escape_in_the_filter_shows_everything(looker: Reader) -> None:
    """A user who gives up typing a filter sees what was there before."""
    everything = looker.rows("resources")
    await looker.press("2", "slash", *"nothing", "escape")

    assert looker.rows("resources") == everything
    assert looker.focused == "resources"


async def test_sorting_by_column(looker: Reader) -> None:
    """``>`` sorts by a column, then the other way round, then by the next; ``<`` comes back."""
    before = looker.rows("nodes")
    await looker.press("1", "greater_than_sign")
    await looker.pilot.pause()
    assert "by node" in str(looker.main.nodes.border_title)
    await looker.press("greater_than_sign")
    await looker.pilot.pause()
    assert "by node, reversed" in str(looker.main.nodes.border_title)
    assert [row.split()[1] for row in looker.rows("nodes")] == ["gamma", "beta", "alpha"]
    await looker.press("greater_than_sign", "greater_than_sign", "greater_than_sign")
    await looker.pilot.pause()

    assert "by running" in str(looker.main.nodes.border_title)
    assert [row.split()[1] for row in looker.rows("nodes")] == ["alpha", "beta", "gamma"]
    await looker.press(*["less_than_sign"] * 5)
    assert looker.rows("nodes") == before


async def test_only_problems(looker: Reader) -> None:
    """``!`` leaves what is wrong in every list, and brings the rest back."""
    await looker.press("2", "exclamation_mark")

    assert [row.split()[1] for row in looker.rows("resources")] == ["backup"]
    assert looker.rows("nodes") == []
    await looker.press("exclamation_mark")
    assert len(looker.rows("nodes")) == 3


async def test_views_of_the_resources(looker: Reader) -> None:
    """``v`` goes from the tree to nodes to the matrix, and the selected resource stays selected."""
    await looker.press("2", "down", "down", "down")
    seen = []
    for _ in range(3):
        await looker.press("v")
        row = looker.main.resources.selected_row
        seen.append((looker.main.resources.view, row.resource if row else None))

    assert seen == [("by node", "backup"), ("matrix", "backup"), ("tree", "backup")]


async def test_the_page_of_a_resource(looker: Reader, sandbox: Sandbox) -> None:
    """Enter opens what is known; links are followed; Escape goes back, and then to the list."""
    await looker.press("2", "down", "down", "down", "enter")
    await looker.until(lambda: any("score 10" in row for row in looker.rows("page")))
    assert looker.focused == "page"
    assert any("backup avoids alpha (-1000)" in row for row in looker.rows("page"))
    assert any("migration-threshold | 5" in row for row in looker.rows("page"))

    page = looker.main.page
    page.reveal(node="beta")
    await looker.press("enter")
    await looker.until(lambda: page.page is not None and page.page.title.startswith("beta"))
    assert any("backup | Started beta" in row for row in looker.rows("page"))

    await looker.press("escape")
    assert page.page is not None
    assert page.page.title.startswith("backup")
    await looker.press("escape")
    assert looker.focused == "resources"
    assert not looker.main.has_class("-page")


async def test_a_page_follows_the_cluster(looker: Reader, sandbox: Sandbox) -> None:
    """A change shows on the page that is open; the leftover of a ban names its key."""
    await looker.press("2", "down", "down", "down", "enter")
    await looker.until(lambda: any("score 10" in row for row in looker.rows("page")))

    run(sandbox, ["crm_resource", "--ban", "--resource", "backup", "--node", "gamma"])

    await looker.until(lambda: any("c clears it" in row for row in looker.rows("page")))


async def test_the_page_of_the_cluster(looker: Reader) -> None:
    """``6`` says what a CIB can tell of the stack, and what it cannot."""
    await looker.press("6")
    await looker.until(lambda: any("fence-beta" in row for row in looker.rows("page")))
    rows = looker.rows("page")

    assert any("it has no Corosync" in row for row in rows)
    assert any("stonith-enabled" in row for row in rows)
    await looker.press("1")
    assert looker.focused == "nodes"
    assert not looker.main.has_class("-page")


@pytest.mark.parametrize(
    ("keys", "command"),
    [
        ("n", "crm_mon -1 -n -r"),
        ("nb", "crm_mon -1 -n -r -b"),
        ("r", "crm_mon -1"),
        ("t", "crm_mon -1 -r -o -t"),
        ("fcLARD", "crm_mon -1 -r -f -c -L -A -D -R"),
        ("m", "crm_mon -1 -r --fence-history=2"),
    ],
)
async def test_the_keys_of_crm_mon(
    looker: Reader, sandbox: Sandbox, keys: str, command: str
) -> None:
    """A key shows what crm_mon prints with the option of that key, and the title says which."""
    await looker.press("3", *keys)
    await looker.until(lambda: " ".join(looker.main.feed.command) == command)

    printed = run(sandbox, command.split()).output.rstrip().expandtabs(8).splitlines()
    changing = "Last updated:"
    assert [line for line in looker.main.feed.lines if changing not in line] == [
        line for line in printed if changing not in line
    ]
    await looker.pilot.pause()
    assert command in str(looker.main.feed.border_title)


async def test_a_paused_feed(looker: Reader, sandbox: Sandbox) -> None:
    """Space holds the text still while the lists go on, and says that there is news."""
    await looker.press("3", "space")
    before = looker.main.feed.lines

    run(sandbox, ["crm_standby", "--node", "gamma", "-v", "on"])
    sandbox.after_command()

    await looker.until(lambda: any("standby" in row for row in looker.rows("nodes")))
    assert looker.main.feed.lines == before
    await looker.until(lambda: "paused, new text is waiting" in str(looker.main.feed.border_title))
    await looker.press("space")
    assert any("standby" in line for line in looker.main.feed.lines)


async def test_searching_and_copying_the_feed(looker: Reader) -> None:
    """``/`` marks and goes to matches, Enter to the next; ``y`` hands the text to the terminal."""
    await looker.press("3", "slash", *"gamma", "enter")
    await looker.pilot.pause()
    assert "/gamma: 1 of" in str(looker.main.feed.border_title)
    await looker.press("enter")
    await looker.pilot.pause()
    assert "/gamma: 2 of" in str(looker.main.feed.border_title)
    await looker.press("y")

    assert looker.app.clipboard.splitlines() == list(looker.main.feed.lines)


def _exported(folder: Path) -> str:
    """Return what the one exported timeline says; it is for its owner only."""
    found = list(folder.rglob("timeline-*.txt"))
    assert len(found) <= 1
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in found)
    return "".join(path.read_text("utf-8") for path in found)


async def test_the_timeline(looker: Reader, sandbox: Sandbox, tmp_path: Path) -> None:
    """Events are told in sentences with what was configured; faults are counted until seen."""
    await looker.until(lambda: looker.app.watch_controller.details.cib is not None)
    run(sandbox, ["crm_standby", "--node", "alpha", "-v", "on"])
    sandbox.after_command()

    for what in ("standby=on", "alpha is now standby", "webip moved alpha"):
        await looker.until(lambda: any(what in row for row in looker.rows("timeline")))  # noqa: B023

    await looker.press("5")
    looker.main.timeline.reveal(resource="webip")
    await looker.press("e")
    await looker.until(lambda: "webip moved alpha" in _exported(tmp_path))

    await looker.press("enter")
    row = looker.main.resources.selected_row
    assert looker.focused == "resources"
    assert row is not None
    assert row.resource == "webip"


async def test_new_faults_are_told_in_the_top_line(looker: Reader, sandbox: Sandbox) -> None:
    """A fault that happens while another pane is open is counted at the top until it is seen."""
    run(
        sandbox,
        ["crm_simulate", "-S", "-x", str(sandbox.cib), "-O", str(sandbox.cib), "-d", "gamma"],
    )

    await looker.until(lambda: any("new fault" in part for part in looker.header))
    assert any(part.endswith(": 5") for part in looker.header if "new fault" in part)
    await looker.press("5")
    await looker.until(lambda: not any("new fault" in part for part in looker.header))
