"""The picture that is painted before Textual is loaded is the one that Textual paints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from crmtui import keymap
from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.backend.watch.snapshot import Snapshot, take_snapshot
from crmtui.cluster.freshness import Freshness
from crmtui.cluster.verdict import judge
from crmtui.demo import demo_cib
from crmtui.settings import Settings
from crmtui.tui import still_svg
from crmtui.tui.presentation.headline import pieces
from crmtui.tui.presentation.splash import escaped, first_picture
from crmtui.tui.still_svg import Still
from crmtui.tui.theming.marks import UNICODE

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCROLL_BARS = re.compile("[▁▂▃▄▅▆▇█]")

KEYS = keymap.load().keys


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """Open the demo cluster."""
    made = Sandbox(CibSource.parse("demo", demo_cib()))
    yield made
    made.close()


@pytest.fixture(scope="module")
def snapshot(sandbox: Sandbox) -> Snapshot:
    """Look at the demo cluster."""
    return take_snapshot(sandbox)


@pytest.mark.parametrize(
    "size", [(160, 50), (111, 32), (201, 61), (80, 24), (109, 60), (40, 17), (132, 31)]
)
async def test_splash_and_screen_are_the_same(
    sandbox: Sandbox, snapshot: Snapshot, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change of the screen's rows or layout needs one of ``tui/presentation/splash.py``."""
    # What has happened comes into the timeline with Textual, and not before.
    monkeypatch.setattr(still_svg, "TimelineKeeper", mock.Mock())
    cluster = snapshot.cluster
    top = pieces("SANDBOX", "demo", cluster, judge(cluster), Freshness(age=0.0))
    lines = first_picture(
        snapshot, top, size=size, way="one look", marks=UNICODE, keys=keymap.load().keys
    )
    first = ["".join(text for text, _ in line).rstrip() for line in lines]

    app = Still(sandbox, snapshot, Settings(), is_first=True)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        strips = app.screen._compositor.render_strips(app.size)
    then = [_SCROLL_BARS.sub(" ", strip.text).rstrip() for strip in strips]

    assert len(first) > size[1] // 2
    assert first == then[: len(first)]


def test_a_terminal_that_is_too_small_gets_no_splash(snapshot: Snapshot) -> None:
    """The screen itself says that there is no room, or what it opens in little room."""
    assert first_picture(snapshot, (), size=(40, 12), way="", marks=UNICODE, keys=KEYS) == []
    assert first_picture(snapshot, (), size=(39, 24), way="", marks=UNICODE, keys=KEYS) == []


def test_colours_are_left_out_on_request() -> None:
    """NO_COLOR leaves bold, dim and reverse."""
    line = [[("x", "verdict-crit"), ("y", "ok")]]
    assert escaped(line, has_colours=True) == "\x1b[H\x1b[0;1;7;31mx\x1b[0;32my\x1b[0m"
    assert escaped(line, has_colours=False) == "\x1b[H\x1b[0;1;7mx\x1b[0;0my\x1b[0m"
