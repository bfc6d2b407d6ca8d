"""Makes the pictures in ``screenshots/``, with the real screen and the real crm.

Some are of the demo cluster, some of three nodes in the lab, as ``tests.record_lab`` has recorded them.
``python -m tests.screenshots`` writes them, ``--check`` fails when one of them is stale. What another
machine or moment would show differently (host, versions, clocks, times that something took) is
replaced where it comes in, by words of the same kind; the programs that are asked are real.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from textual.widgets import Input, Static

from crmtui import keymap
from crmtui.backend.process.run import run
from crmtui.backend.targets.cib_source import CibSource
from crmtui.backend.targets.sandbox import Sandbox
from crmtui.backend.targets.wakeups.file import FileWakeup
from crmtui.demo import demo_cib
from crmtui.tui.app import CrmtuiApp
from crmtui.tui.presentation.svg import self_contained
from crmtui.tui.screens.confirm import ConfirmScreen
from crmtui.tui.screens.forms.chooser import ChooserScreen
from crmtui.tui.screens.forms.form_screen import FormScreen
from tests.picture_masks import DEMO_HOST, WIDE, made_with, pinned
from tests.record_lab import DATA as RECORDED

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from textual.pilot import Pilot

    from crmtui.backend.gate.dispatcher import CommandDispatcher
    from crmtui.backend.process.target import TargetKind, Wakeup

FOLDER = Path(__file__).parent.parent / "screenshots"
_SMALL = (80, 24)
_SECONDS = 60.0

_LAB_HOST = "n2"


class _Sitter:
    """The real screen on a cluster, and somebody who presses its keys."""

    def __init__(self, app: CrmtuiApp, pilot: Pilot[int], cib: Path, title: str) -> None:
        self.app = app
        self._title = title
        self._pilot = pilot
        self.cib = cib
        """The CIB file of the cluster that is looked at."""

    def replace_cib(self, content: bytes) -> None:
        """Change the cluster in one step, so that one look sees all of it."""
        fresh = self.cib.with_suffix(".fresh")
        fresh.write_bytes(content)
        fresh.replace(self.cib)

    def sees(self, words: str) -> bool:
        """Say whether words stand in the timeline or in the top line."""
        rows = self.app.main.timeline.rows_in_sight
        parts = self.app.main.header.parts
        return any(words in cell.text for row in rows for cell in row.cells) or any(
            words in part.text for part in parts
        )

    @property
    def dispatcher(self) -> CommandDispatcher:
        """Dispatcher of lines, once the first picture was there."""
        assert self.app.crm_link is not None
        return self.app.crm_link.dispatcher

    @property
    def is_ready(self) -> bool:
        """True once crm has shown its first prompt."""
        return self.app.crm_link is not None and self.app.crm_link.dispatcher.prompt is not None

    async def press(self, *keys: str) -> None:
        await self._pilot.press(*keys)

    async def leave(self) -> None:
        """Go from the command line to the panes."""
        await self.press("escape")
        await self.until(lambda: self.app.main.focused is not self.app.main.command)

    async def type(self, text: str) -> None:
        await self.press(*("space" if char == " " else char for char in text))

    async def run(self, *lines: str) -> None:
        """Run lines, each at the prompt of the one before."""
        await self.leave()
        await self.press("colon")
        for line in lines:
            await self.type(line)
            await self.press("enter")
            await self.until(lambda: self.dispatcher.is_busy or self._is_last(line))  # noqa: B023
            await self.until(lambda: not self.dispatcher.is_busy)

    def _is_last(self, line: str) -> bool:
        return any(f"# {line}" in row for row in self.app.main.output.rows)

    async def until(self, is_true: Callable[[], bool]) -> None:
        """Wait for a condition."""
        deadline = time.monotonic() + _SECONDS
        while not is_true():
            if time.monotonic() > deadline or not self.app.is_running:
                raise TimeoutError("what was to be in the picture does not come")
            await self._pilot.pause(0.02)

    async def still(self) -> str:
        """Return the picture once it does not move any more."""
        await self.until(lambda: "runs for" not in str(self.app.main.output.border_title))
        before = ""
        while (picture := self.app.export_screenshot(title=self._title)) != before:
            before = picture
            await self._pilot.pause(0.3)
        return picture


async def _overview(sitter: _Sitter) -> None:
    await sitter.run(
        "resource constraints webservice",
        "configure",
        "primitive mail-ip ocf:heartbeat:IPaddr2 params ip=10.0.0.81 op monitor interval=10s",
        "show changed",
    )
    await sitter.until(lambda: bool(sitter.dispatcher.staged))


async def _completion(sitter: _Sitter) -> None:
    await sitter.run("configure")
    await sitter.type("primitive mail-ip ocf:heartbeat:IPaddr2 params ")
    line = sitter.app.main.command
    await sitter.until(lambda: any(item.display.startswith("ip") for item in line.view.menu))

    def is_remarked() -> bool:
        usage = line.view.remarks.usage
        marked = usage.text[usage.start : usage.end] if usage is not None else ""
        return bool(line.view.remarks.findings) and "NAME=VALUE" in marked

    # Usage and findings of the last word come by themselves, and may come after the menu.
    await sitter.until(is_remarked)


async def _standby(sitter: _Sitter) -> None:
    await sitter.leave()
    await sitter.press("1", "s")
    await sitter.until(
        lambda: isinstance(sitter.app.screen, ConfirmScreen) and sitter.app.screen.is_readable
    )


async def _wizard(sitter: _Sitter) -> None:
    await sitter.leave()
    await sitter.press("2", "n")
    await sitter.until(lambda: isinstance(sitter.app.screen, ChooserScreen))
    await sitter.type("heartbeat:IPaddr2")
    docs = sitter.app.screen.query_one("#offer-doc", Static)
    await sitter.until(lambda: "alias IP addresses" in str(docs.render()))
    await sitter.press("enter")
    await sitter.until(lambda: isinstance(sitter.app.screen, FormScreen))
    text = sitter.app.screen.query_one("#wizard-text", Static)
    await sitter.until(lambda: "op monitor" in str(text.render()))
    await sitter.type("mail-ip")
    await sitter.press("down")
    await sitter.type("10.0.0.81")
    await sitter.press("f3")
    await sitter.until(lambda: len(sitter.app.screen.query(Input)) > 10)


async def _small(sitter: _Sitter) -> None:
    await sitter.leave()
    await sitter.press("2")


async def _page(sitter: _Sitter) -> None:
    await sitter.leave()
    await sitter.press("2", *("down" for _ in range(5)), "enter")
    page = sitter.app.main.page
    for what in ("score 140", "IPv4 or IPv6 address"):  # what the scheduler and the agent say
        await sitter.until(
            lambda: any(
                cell.text == what  # noqa: B023
                for row in page.rows_in_sight
                for cell in row.cells
            )
        )


def _after_standby() -> bytes:
    """Return the CIB of the demo cluster after a node was sent to standby and is drained."""
    other = Sandbox(CibSource.parse("demo", demo_cib()))
    try:
        run(other, ("crm_standby", "--node", "alpha", "--update", "on"))
        other.after_command()
        return other.cib.read_bytes()
    finally:
        other.close()


async def _timeline(sitter: _Sitter) -> None:
    await sitter.leave()
    await sitter.until(lambda: sitter.app.watch_controller.details.cib is not None)
    sitter.replace_cib(_after_standby())
    await sitter.press("5")
    for words in ("configuration changed", "webip", "alpha"):
        await sitter.until(lambda: sitter.sees(words))  # noqa: B023


async def _stale(sitter: _Sitter) -> None:
    await sitter.leave()
    sitter.replace_cib(demo_cib()[:2000])
    await sitter.until(lambda: sitter.sees("STALE"))
    await sitter.press("1", "s")
    await sitter.until(lambda: any("Not run" in row for row in sitter.app.main.output.rows))


class _Recorded(Sandbox):
    """Three nodes of the lab, as they were recorded: what there was to see is in their CIB."""

    @property
    def kind(self) -> TargetKind:
        """Badge that the screen shows: that of the nodes that were recorded."""
        return "lab"

    def wakeup(self) -> Wakeup:
        """Return a watch on the recording, which calls itself what a lab's is called."""
        return _LikeTheLog(self.cib)


class _LikeTheLog(FileWakeup):
    way = "following pacemaker.log"


def _frame(name: str) -> bytes:
    return (RECORDED / f"{name}.xml").read_bytes()


async def _loses_power(sitter: _Sitter) -> None:
    await sitter.leave()
    await sitter.until(lambda: sitter.app.watch_controller.details.cib is not None)
    sitter.replace_cib(_frame("lost"))
    await sitter.until(lambda: sitter.sees("UNCLEAN"))


async def _lost(sitter: _Sitter) -> None:
    await _loses_power(sitter)
    await sitter.press("2")


async def _recovery(sitter: _Sitter) -> None:
    await _loses_power(sitter)
    await sitter.until(lambda: sitter.sees("new fault"))
    sitter.replace_cib(_frame("recovered"))
    await sitter.until(lambda: sitter.sees("OFFLINE"))
    await sitter.run("resource locate webserver", "resource constraints webserver")
    await sitter.leave()
    await sitter.press("5")
    await sitter.until(lambda: sitter.sees("webserver moved"))


_SCENES: Mapping[str, tuple[tuple[int, int], Callable[[_Sitter], Awaitable[None]]]] = {
    "overview": (WIDE, _overview),
    "completion": (WIDE, _completion),
    "standby": (WIDE, _standby),
    "wizard": (WIDE, _wizard),
    "small": (_SMALL, _small),
    "page": (_SMALL, _page),
    "timeline": (WIDE, _timeline),
    "stale": (WIDE, _stale),
    "lost": (_SMALL, _lost),
    "recovery": (WIDE, _recovery),
}
_OF_THE_LAB = ("lost", "recovery")


async def _picture(name: str) -> str:
    size, act = _SCENES[name]
    if name in _OF_THE_LAB:
        target: Sandbox = _Recorded(CibSource.parse(_LAB_HOST, _frame("before")))
        title = f"crmtui lab open {_LAB_HOST}"
    else:
        target, title = Sandbox(CibSource.parse("demo", demo_cib())), "crmtui demo"
    try:
        app = CrmtuiApp(target, keymap.load())
        async with app.run_test(size=size) as pilot:
            sitter = _Sitter(app, pilot, target.cib, title)
            await sitter.until(lambda: sitter.is_ready)
            await act(sitter)
            return await sitter.still()
    finally:
        target.close()


def drawn(name: str) -> str:
    """Return what a picture ought to be."""
    with pinned(
        _LAB_HOST if name in _OF_THE_LAB else DEMO_HOST
    ):  # with a history of its own: the line offers what was typed before
        return self_contained(asyncio.run(_picture(name)), f"make screenshots; with {made_with()}")


def is_comparable() -> bool:
    """Say whether the programs here are those that the pictures which are there were made with."""
    here = made_with()
    return all(here in path.read_text("utf-8") for path in FOLDER.glob("*.svg"))


def stale() -> dict[Path, str]:
    """Return the pictures that are not what they ought to be, with what that is.

    One that differs is drawn again: on a busy machine a part of the screen can be late for longer
    than a still picture is waited for, while what is really stale differs each time.
    """
    found = {}
    for name in _SCENES:
        path = FOLDER / f"{name}.svg"
        there = path.read_text("utf-8") if path.exists() else ""
        if drawn(name) != there and (again := drawn(name)) != there:
            found[path] = again
    return found


def main(argv: list[str] | None = None) -> int:
    """Write the pictures, or with ``--check`` only say which are stale; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail when stale")
    is_check = parser.parse_args(argv).check
    old = stale()
    for path, svg in old.items():
        if is_check:
            sys.stderr.write(f"screenshots/{path.name} is stale. Run: make screenshots\n")
        else:
            path.write_text(svg, "utf-8")
            sys.stdout.write(f"screenshots/{path.name} written\n")
    return 1 if is_check and old else 0


if __name__ == "__main__":
    sys.exit(main())
