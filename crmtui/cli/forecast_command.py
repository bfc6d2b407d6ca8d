"""``crmtui forecast`` and ``why``: effects of a crm line, and reasons for a resource's place."""

from __future__ import annotations

import json
import sys

import click

from crmtui.cli.cluster_choice import Where, opened
from crmtui.cli.target_options import format_option, target_options
from crmtui.crmsh.words import line_of, without_colon
from crmtui.errors import TargetInvalid


@click.command(context_settings={"ignore_unknown_options": True})
@target_options
@format_option("For people or for programs.")
@click.argument("words", nargs=-1, required=True, metavar="-- LINE...", type=click.UNPROCESSED)
def forecast(where: Where, form: str, words: tuple[str, ...]) -> None:
    """Forecast the effects of a line of crm; nothing is changed.

    The scheduler computes them from a private copy of the CIB with the change in it.

    For a line that cannot be forecast, the exit status is 2 and the answer gives the reason.

    Example: crmtui forecast -- node standby n1
    """
    from crmtui.backend.scheduler import forecaster
    from crmtui.forecast.forecast_report import to_json, to_text

    line = without_colon(words[0] if len(words) == 1 else line_of(words))
    with opened(where) as target:
        made = forecaster.forecast(target, line)
    if form == "json":
        click.echo(json.dumps(to_json(made), indent=2, ensure_ascii=False))
    else:
        click.echo(to_text(made))
    if made.unforeseeable is not None:
        sys.exit(TargetInvalid.exit_status)


@click.command()
@target_options
@click.argument("resource")
def why(where: Where, resource: str) -> None:
    """Explain why a resource runs where it does, or not at all.

    Each suspect is removed from a private copy of the CIB: if the scheduler then runs the resource,
    that was the cause.
    """
    from crmtui.backend.process.target import is_assumed
    from crmtui.backend.scheduler.why import explain
    from crmtui.cluster.state_words import ASSUMPTION
    from crmtui.forecast.why_answer import to_text

    with opened(where) as target:
        click.echo(to_text(explain(target, resource)))
        if is_assumed(target):
            click.echo(f"\n{ASSUMPTION}")
