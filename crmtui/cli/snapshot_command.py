"""``crmtui snapshot``: the picture of the screen, without a screen."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING

import click

from crmtui.backend.watch.snapshot import Snapshot, take_snapshot
from crmtui.cli.cluster_choice import Where, opened
from crmtui.cli.options import choosing
from crmtui.cli.target_options import format_option, target_options
from crmtui.cluster.report import to_json, to_text
from crmtui.cluster.verdict import judge

if TYPE_CHECKING:
    from crmtui.settings import Loaded

_SIZE = re.compile(r"(\d{2,3})x(\d{2,3})")


def _size(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[int, int]:
    match = _SIZE.fullmatch(value)
    if match is None:
        raise click.BadParameter(f"{value} is no size such as 160x50")
    return int(match[1]), int(match[2])


@click.command()
@target_options
@format_option("For people, for programs, or as a picture.", ("text", "json", "svg"))
@click.option(
    "--size",
    callback=_size,
    default="160x50",
    show_default=True,
    metavar="WxH",
    help="Columns and lines of the picture.",
)
@choosing("theme")
def snapshot(where: Where, chosen: Loaded, form: str, size: tuple[int, int]) -> None:
    """Print the picture that the screen would show, and exit."""
    with opened(where) as target:
        taken = take_snapshot(target)
        if form == "svg":
            from crmtui.tui.still_svg import picture

            click.echo(picture(target, taken, size, chosen.settings))
        else:
            click.echo(_rendered(taken, form))


def _rendered(taken: Snapshot, form: str) -> str:
    verdict = judge(taken.cluster)
    if form == "json":
        return json.dumps(to_json(taken.cluster, verdict), indent=2, ensure_ascii=False)
    when = time.strftime("%Y-%m-%d %H:%M:%S %Z", time.localtime(taken.taken))
    return to_text(taken.cluster, verdict, when)
