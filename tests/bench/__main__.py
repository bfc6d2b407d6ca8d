"""Brings the lab up, measures, prints the table and writes it into the README."""

from __future__ import annotations

import argparse
import os
import sys

from crmtui.errors import CrmtuiError
from crmtui.lab import Lab
from tests.bench import language, measures
from tests.bench.figures import table
from tests.bench.forecasts import forecasts
from tests.bench.kernel import busy_share
from tests.bench.place import NODES, Place
from tests.bench.scale import scale
from tests.generated import README, with_block

_NAME = "crmbench"
_QUIET = 0.15
"""The share of the processors that others may use: up to it times are those of the programs."""
_QUIET_SECONDS = 2.0


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


def _measure(lab: Lab, *, starts: int, changes: int, commands: int) -> tuple[str, float]:
    """Return the table, and the share of the processors that others used before or after."""
    lab.up(len(NODES), report=_say)
    place = Place(lab.name, lab.target(NODES[0]))
    place.furnish()
    others = busy_share(_QUIET_SECONDS)
    _say(f"{starts} starts …")
    rows = measures.start(place, starts)
    with place.crmtui() as screen:
        measures.wait_ready(screen)
        _say(f"{changes} changes …")
        rows += measures.changes(place, screen, changes)
        _say(f"{commands} rounds of commands …")
        rows += measures.round_trips(place, screen, commands)
        _say(f"{commands} rounds of forecasts …")
        rows += forecasts(commands)
        _say("nothing …")
        rows += measures.idle(place, screen)
    _say("large clusters …")
    rows += scale()
    facts = (
        f"On a lab of {len(NODES)} nodes (containers, all on this machine of {os.cpu_count()} "
        f"cores), {place.versions()}. How: `tests/bench/__init__.py`.\n"
    )
    return f"{table(rows)}\n{facts}", max(others, busy_share(_QUIET_SECONDS))


def main() -> int:
    """Measure; return 0, or 1 where a lab cannot be had."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--keep", action="store_true", help="leave the lab up")
    parser.add_argument(
        "--quick", action="store_true", help="few rounds; the README stays as it is"
    )
    parser.add_argument("--language", action="store_true", help="only completion; needs no lab")
    chosen = parser.parse_args()
    lab = Lab(_NAME)
    times = 5 if chosen.quick else 20
    _say("completion …")
    others = busy_share(_QUIET_SECONDS)
    told = table(language.measure(times))
    sys.stdout.write(told)
    if not chosen.quick and others <= _QUIET:
        README.write_text(with_block(README.read_text("utf-8"), "completion", told), "utf-8")
    if chosen.language:
        return 0
    try:
        starts, changes, commands = (2, 4, 2) if chosen.quick else (20, 50, 20)
        text, others = _measure(lab, starts=starts, changes=changes, commands=commands)
    except CrmtuiError as error:
        _say(str(error))
        return 1
    finally:
        if not chosen.keep:
            lab.down()
    sys.stdout.write(text)
    if others > _QUIET:
        _say(f"Others used {others:.0%} of this machine: the README stays as it is.")
    elif not chosen.quick:
        README.write_text(with_block(README.read_text("utf-8"), "bench", text), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
