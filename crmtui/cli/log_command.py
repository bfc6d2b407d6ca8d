"""``crmtui log``: the action log without a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crmtui.backend.gate.audit_entry import to_json, to_script, to_text
from crmtui.backend.gate.audit_log import file, read
from crmtui.cli.target_options import format_option

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from crmtui.backend.gate.audit_entry import AuditEntry


def _lines(entries: Sequence[AuditEntry]) -> str:
    return "\n".join(map(to_json, entries))


_FORMATS: Mapping[str, Callable[[Sequence[AuditEntry]], str]] = {
    "text": to_text,
    "json": _lines,
    "script": to_script,
}


@click.command()
@format_option("For people, as JSON lines, or as a shell script that does it again.", _FORMATS)
@click.option("--last", type=click.IntRange(1), metavar="N", help="Only the last N changes.")
def log(form: str, last: int | None) -> None:
    """Print the action log: user, time, line, forecast and outcome of each change."""
    told = read()
    entries = told.entries
    if told.left_out:
        lines = "1 line" if told.left_out == 1 else f"{told.left_out} lines"
        click.echo(f"crmtui: {lines} of {file()} cannot be read and are left out.", err=True)
    shown = entries[-last:] if last is not None else entries
    if shown or form == "script":
        click.echo(_FORMATS[form](shown).rstrip("\n"))
    elif form == "text":
        click.echo("Nothing has been changed yet.")
