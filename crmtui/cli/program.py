"""Root command of the program and its subcommands."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from crmtui import __version__
from crmtui.cli.cluster_choice import Where, opened
from crmtui.cli.lazy import LazyGroup
from crmtui.cli.options import SCREEN, choosing
from crmtui.cli.target_options import target_options

if TYPE_CHECKING:
    from crmtui.settings import Loaded

_LAZY = {
    "complete": "crmtui.cli.complete_and_lint",
    "completion": "crmtui.cli.completion_command",
    "demo": "crmtui.cli.demo_command",
    "doctor": "crmtui.cli.doctor_command",
    "forecast": "crmtui.cli.forecast_command",
    "help": "crmtui.cli.help_command:help_",
    "keymaps": "crmtui.cli.settings_commands",
    "lab": "crmtui.cli.lab_command",
    "lint": "crmtui.cli.complete_and_lint",
    "log": "crmtui.cli.log_command",
    "settings": "crmtui.cli.settings_commands",
    "snapshot": "crmtui.cli.snapshot_command",
    "tour": "crmtui.cli.demo_command",
    "watch": "crmtui.cli.watch_command",
    "why": "crmtui.cli.forecast_command",
    "wizard": "crmtui.cli.wizard_command",
}


@click.group(
    cls=LazyGroup,
    lazy=_LAZY,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="crmtui")
@target_options
@choosing(*SCREEN)
def crmtui(where: Where, chosen: Loaded) -> None:
    """The screen a Pacemaker administrator keeps open.

    Without a command it opens this node's cluster; with --host, that of a node reached by ssh; with
    --cib, a private copy of a CIB file.
    """
    if click.get_current_context().invoked_subcommand is None:
        from crmtui.cli.open_screen import run_screen

        with opened(where) as target:
            run_screen(target, chosen)


@crmtui.command()
@target_options
@choosing("keymap", "editing", "read_only")
def shell(where: Where, chosen: Loaded) -> None:
    """Open the same command line on a bare terminal."""
    from crmtui import keymap
    from crmtui.shell.loop import run_shell

    keys, trouble = keymap.load_or_default(chosen.settings.keymap)
    for sentence in (*chosen.trouble, *trouble):
        click.echo(f"crmtui: {sentence}", err=True)
    with opened(where) as target:
        editing = keys.editing_with(chosen.settings.editing)
        sys.exit(run_shell(target, editing=editing, is_read_only=chosen.settings.read_only))
