"""Masks of pictures: what differs from run to run is the same in all."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

from crmtui.backend.watch import snapshot
from crmtui.cluster.freshness import Freshness
from crmtui.tui.widgets.command_line import CommandLine
from crmtui.tui.widgets.output import Output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.backend.process.target import Target
    from crmtui.backend.watch.snapshot import Snapshot


WIDE = (160, 50)
DEMO_HOST = "alpha"
_AGE, _OLD_AGE = 3.0, 95.0
_TIME = "03:14:15"


_CLOCK = "Sun Jan  7 03:14:15 2024"


_SHOWN = (
    (re.compile(r"(?<=Last updated: ).*"), _CLOCK),
    (re.compile(r"(?<=Last change:  ).*"), f"{_CLOCK} by root via cibadmin on {{host}}"),
    (re.compile(r"(?<=version )\d[^)]*(?=\))"), "2.1.5"),
    (re.compile(r"(?<=last-rc-change=')[^']*"), _CLOCK),
    (re.compile(r"(?<=crm\(live/)[^)]*"), "{host}"),
    (re.compile(r"^took [\d.]+ s$"), "took 2.4 s"),
)
"""Patterns of hosts, versions and clocks, and the words shown instead."""


def masked(text: str, host: str = DEMO_HOST) -> str:
    """Return ``text`` with fixed words for what differs between machines and moments."""
    for pattern, instead in _SHOWN:
        text = pattern.sub(instead.format(host=host), text)
    return text


def made_with() -> str:
    """Return the versions that decide what the pictures show, beside crmtui itself."""

    def said(*argv: str) -> str:
        done = subprocess.run(argv, capture_output=True, text=True, check=True)
        return done.stdout.splitlines()[0]

    agent = Path("/usr/lib/ocf/resource.d/heartbeat/IPaddr2").stat().st_size
    return (
        f"{said('crm', '--version')}, {said('crmadmin', '--version')}, "
        f"IPaddr2 of {agent} bytes, Textual {version('textual')}, Rich {version('rich')}"
    )


@contextmanager
def pinned(host: str) -> Iterator[None]:
    """Let the screen show fixed words in place of what differs between machines and moments.

    Args:
        host: Where crm is to run.
    """
    real_say, real_add = CommandLine.show_prompt, Output._add
    real_finish = Output.finish
    real_take = snapshot.take_snapshot

    def take(target: Target, *given: Any) -> Snapshot:
        taken = real_take(target, *given)
        return replace(taken, feed=masked(taken.feed, host))

    def see(now: float, *, seen: float | None, trouble: str, began: float | None) -> Freshness:
        if trouble and seen is not None:
            return Freshness("STALE", trouble, _OLD_AGE)
        return Freshness(age=_AGE) if seen is not None else Freshness("BLIND")

    def clock(_when: float, _now: float) -> str:
        # What was recorded is of another day, and how a day is written depends on today's.
        return _TIME

    def show_prompt(line: CommandLine, prompt: str, *, is_waiting: bool = False) -> None:
        real_say(line, masked(prompt, host), is_waiting=is_waiting)

    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        # Rich asks COLUMNS before the terminal that we happen to be started from.
        own = {"XDG_STATE_HOME": folder, "COLORTERM": "truecolor", "COLUMNS": str(WIDE[0])}
        stack.callback(time.tzset)
        stack.enter_context(mock.patch.dict(os.environ, {**own, "TZ": "UTC"}))
        time.tzset()
        os.environ.pop("NO_COLOR", None)
        for where, what, instead in (
            ("crmtui.backend.watch.watch", "take_snapshot", take),
            ("crmtui.backend.watch.watch", "freshness_of", see),
            ("crmtui.tui.presentation.lists.timeline_rows", "clock", clock),
        ):
            stack.enter_context(mock.patch(f"{where}.{what}", instead))
        stack.enter_context(mock.patch.object(CommandLine, "show_prompt", show_prompt))
        add = lambda output, lines: real_add(  # noqa: E731
            output, [replace(line, text=masked(line.text, host)) for line in lines]
        )
        stack.enter_context(mock.patch.object(Output, "_add", add))
        finish = lambda output, line, outcome, _: real_finish(output, line, outcome, 0.05)  # noqa: E731
        stack.enter_context(mock.patch.object(Output, "finish", finish))
        yield
