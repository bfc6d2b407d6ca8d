"""Large clusters: from a look to its picture, from a key to its picture, and how much memory."""

from __future__ import annotations

import random
import re
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import replay
from tests.bench.figures import Row, milliseconds, p95, single
from tests.bench.kernel import usage
from tests.bench.place import ROOT, pause
from tests.bench.recording import COLUMNS, Recording, terminal_environment
from tests.scale import SIZES

if TYPE_CHECKING:
    from collections.abc import Sequence

_EVERY = 0.1
"""Seconds between two looks: ten a second."""
_UPDATES_SECONDS = 8.0
_KEYS = 40
_KEY_SECONDS = 0.25
"""Before it is looked at what became of a key: the emulator is not to work beside crmtui."""
_LEFT_KEY_SECONDS = 0.05
_UPDATE_SECONDS = 0.1
_MEGABYTES = 150
_DOWN, _PAGE_DOWN, _PAGE_UP = "\x1b[B", "\x1b[6~", "\x1b[5~"


def scale(sizes: Sequence[tuple[int, int]] = SIZES) -> list[Row]:
    """Measure each size in turn."""
    return [row for nodes, resources in sizes for row in _one(nodes, resources)]


def _one(nodes: int, resources: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        xml = replay.record(folder, nodes, resources)
        argv = (sys.executable, "-m", "tests.bench.replay", str(folder), str(_EVERY))
        with Recording(argv, terminal_environment() | {"PYTHONPATH": str(ROOT)}) as screen:
            screen.await_words(0.0, "crm(live/", "dlm")  # what comes first, however many nodes
            screen.seen(lambda: _is_standby(screen) is not None)
            updates = _updates(screen, folder)
            keys = _keys(screen, _DOWN)
            pages = _keys(screen, _PAGE_DOWN, _PAGE_UP)
            megabytes = usage(screen.pid).megabytes
    size = f"{nodes} nodes, {resources} resources"
    return [
        Row(
            f"{size}: a look to its picture, ten a second, crm_mon's time not counted",
            milliseconds(updates),
            "`crm_mon --output-as=xml`",
            milliseconds(xml),
            f"p95 < {_UPDATE_SECONDS * 1000:.0f} ms",
            p95(updates) < _UPDATE_SECONDS,
        ),
        Row(
            f"{size}: a key to its picture meanwhile",
            milliseconds(keys),
            "a page down or up",
            milliseconds(pages),
            f"p95 < {_LEFT_KEY_SECONDS * 1000:.0f} ms",
            p95(keys) < _LEFT_KEY_SECONDS,
        ),
        Row(
            f"{size}: memory (RSS)",
            single(f"{megabytes:.0f} MB"),
            "",
            single(""),
            f"< {_MEGABYTES} MB",
            megabytes < _MEGABYTES,
        ),
    ]


def _left(screen: Recording) -> list[str]:
    return [row[: COLUMNS // 2] for row in screen.rows()]


def _is_standby(screen: Recording) -> bool | None:
    """Say whether the changing node is shown in standby; None while it is not shown."""
    row = next((row for row in _left(screen) if re.search(rf"\b{replay.CHANGING}\b", row)), None)
    if row is None or not re.search("online|standby", row):
        return None
    return "standby" in row


def _updates(screen: Recording, folder: Path) -> list[float]:
    """Return how long each look took to be seen; what was merged with the next counts as seen then."""
    pause(2.0)  # crm starts meanwhile
    first = len(replay.wakes(folder))
    pause(_UPDATES_SECONDS)
    called = replay.wakes(folder)[first:]
    taken = []
    for at, is_standby in called:
        seen = screen.seen(lambda: _is_standby(screen) == is_standby, at)  # noqa: B023
        taken.append(seen - at)
    return taken


def _keys(screen: Recording, *keys: str) -> list[float]:
    """Return how long each of the keys in turn took to move the selection, pressed between looks."""
    chance = random.Random(1)
    screen.catch_up()
    screen.send("\x1b")
    pause(0.3)
    screen.send("2")
    pause(0.5)
    screen.catch_up()
    taken = []
    for key in islice(cycle(keys), _KEYS):
        before = _selected(screen)
        pressed = screen.send(key)
        pause(_KEY_SECONDS)
        taken.append(screen.seen(lambda: _selected(screen) != before, pressed) - pressed)  # noqa: B023
        pause(chance.uniform(0.05, 0.2))
        screen.catch_up()
    return taken


def _selected(screen: Recording) -> str:
    """Return where in the list with the focus the selection is: its row has another background.

    With the number of the line, since neighbours can read the same (two stopped instances).
    """
    lines = [(line, row) for line, row in enumerate(_left(screen)) if row[:1] == "┃"]
    plain = max(
        (screen.screen.buffer[line][2].bg for line, _ in lines),
        key=lambda bg: sum(screen.screen.buffer[line][2].bg == bg for line, _ in lines),
        default="",
    )
    return next(
        (f"{line} {row}" for line, row in lines if screen.screen.buffer[line][2].bg != plain), ""
    )
