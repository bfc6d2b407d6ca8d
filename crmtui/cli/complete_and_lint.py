"""``crmtui complete`` and ``crmtui lint``: candidates for the end of a line, and its mistakes.

For scripts and for other editors.
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from crmtui.backend.queries.knowledge import LiveKnowledge
from crmtui.backend.watch.snapshot import take_snapshot
from crmtui.cli.bytes import read_input
from crmtui.cli.cluster_choice import Where, opened
from crmtui.cli.target_options import target_options
from crmtui.completion import complete as candidates_of
from crmtui.crmsh import command_table
from crmtui.errors import CrmtuiError
from crmtui.lint import lint as findings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.backend.process.target import Target
    from crmtui.cluster.model import Cluster
    from crmtui.completion import Candidate


_REFUSED = 1


def _level(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    path = tuple(value.split())
    for above, name in zip((command_table.ROOT, *path), path, strict=False):
        row = command_table.command(above, name)
        if row is None or not row.is_level:
            raise click.BadParameter(f"there is no level {name} in {above}")
    return path


_level_option = click.option(
    "--level",
    callback=_level,
    default="",
    metavar="LEVELS",
    help='Level of crm: "configure", "configure ra"; by default the top.',
)


@click.command()
@target_options
@_level_option
@click.argument("line")
def complete(where: Where, level: tuple[str, ...], line: str) -> None:
    """Print the candidates for the end of LINE as JSON.

    Each candidate replaces LINE from its "start" on. Write -- before a LINE that begins with -.
    """
    with _known(where) as knowledge:
        found = candidates_of(level, line, knowledge)
    click.echo(json.dumps([_shown(known) for known in found], indent=1, ensure_ascii=False))


@click.command()
@target_options
@_level_option
@click.argument("line")
def lint(where: Where, level: tuple[str, ...], line: str) -> None:
    """Print the mistakes in LINE as JSON; exit with 1 if crm or the cluster would refuse it.

    LINE may have several lines; - reads them from standard input, where text that is not UTF-8 is a
    mistake, too. Each finding is about LINE from its "start" up to its "end". Write -- before a LINE
    that begins with -.
    """
    text, trouble = read_input() if line == "-" else (line, "")
    if trouble:
        click.echo(f"crmtui: {trouble}", err=True)
    with _known(where) as knowledge:
        found = findings_of(level, text, knowledge)
    click.echo(json.dumps([asdict(finding) for finding in found], indent=1, ensure_ascii=False))
    if trouble or any(finding.severity == "error" for finding in found):
        sys.exit(_REFUSED)


@contextmanager
def _known(where: Where) -> Iterator[LiveKnowledge]:
    with opened(where) as target:
        knowledge = LiveKnowledge(target)
        try:
            knowledge.see(_cluster(target))
            knowledge.learn_crmsh()
            yield knowledge
        finally:
            knowledge.close()


def _cluster(target: Target) -> Cluster | None:
    try:
        return take_snapshot(target).cluster
    except CrmtuiError:
        return None  # commands and agents are known without a cluster


def _shown(known: Candidate) -> dict[str, str | bool | int]:
    return {
        "text": known.text,
        "display": known.display,
        "meta": known.line,
        "required": known.required,
        "start": known.start,
    }
