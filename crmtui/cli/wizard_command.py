"""``crmtui wizard``: the lines of the guided forms, without a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from crmtui.cli.cluster_choice import Where, opened
from crmtui.cli.target_options import target_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.wizard.form import FormCommand


def _pairs(
    _context: click.Context, _parameter: click.Parameter, values: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    pairs = []
    for value in values:
        name, equals, rest = value.partition("=")
        if not (name and equals):
            raise click.BadParameter(f"{value} is not NAME=VALUE")
        pairs.append((name, rest))
    return tuple(pairs)


@click.command()
@target_options
@click.option(
    "--agent", metavar="AGENT", help="Make a resource of this agent: ocf:heartbeat:IPaddr2."
)
@click.option("--edit", metavar="ID", help="Change this primitive, group or clone.")
@click.option(
    "--form",
    metavar="NAME",
    help="Fill in another guided form: group, clone, location, colocation, order, topology, "
    "node, property or defaults.",
)
@click.option(
    "--script",
    metavar="NAME",
    help="Fill in a cluster script of crmsh: --set STEP:PARAMETER=VALUE.",
)
@click.option("--id", "name", metavar="ID", help="Name of the new resource.")
@click.option(
    "--param",
    "params",
    multiple=True,
    callback=_pairs,
    metavar="NAME=VALUE",
    help="A parameter; an empty value removes it.",
)
@click.option(
    "--meta",
    "metas",
    multiple=True,
    callback=_pairs,
    metavar="NAME=VALUE",
    help="A meta attribute; an empty value removes it.",
)
@click.option(
    "--op",
    "ops",
    multiple=True,
    metavar="OPERATION",
    help='An operation instead of the advised one: "monitor interval=30s timeout=20s".',
)
@click.option(
    "--group", metavar="ID", help="Put it into this group, which is made if there is none."
)
@click.option("--clone", is_flag=True, help="Run it on every node.")
@click.option("--promotable", is_flag=True, help="Run it on every node, promoted on one.")
@click.option("--prefer", metavar="NODE[=SCORE]", help="Prefer a node.")
@click.option("--with", "beside", metavar="ID", help="Run it only where this resource runs.")
@click.option("--after", metavar="ID", help="Start it only after this resource.")
@click.option(
    "--set",
    "fields",
    multiple=True,
    callback=_pairs,
    metavar="NAME=VALUE",
    help="Any field of the form, by its name.",
)
@click.option(
    "--print", "is_printed", is_flag=True, help="Print the crm lines; nothing is changed."
)
def wizard(where: Where, is_printed: bool, **options: Any) -> None:
    """Print the crm lines that make or change a resource.

    They suit "crm configure". A comment marks an object that has to be replaced in place:
    "crm configure load update FILE" does that.
    """
    if not is_printed:
        raise click.UsageError("Give --print; to fill in a form on the screen, press n there.")
    if len([name for name in ("agent", "edit", "form", "script") if options[name]]) != 1:
        raise click.UsageError("Give one of --agent, --edit, --form and --script.")
    from crmtui.cli.wizard_answers import Given, fill_in

    with opened(where) as target:
        commands, warnings = fill_in(Given(**options), target)
    for warning in warnings:
        click.echo(f"crmtui: warning: {warning.sentence}", err=True)
    for command in commands:
        click.echo(_shown(command))


def _shown(command: FormCommand) -> str:
    if command.is_root:
        return f"# runs at once, and not in configure\n{command.line()}"
    if not command.is_update:
        return command.line()
    return f"# replaces it in place: crm configure load update FILE, with this in FILE\n{command.line()}"
