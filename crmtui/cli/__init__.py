"""The command line of the program: argv to target to run."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from crmtui import __version__
from crmtui.cli.chosen import SCREEN, choosing
from crmtui.cli.lazy import LazyGroup
from crmtui.cli.targets import Where, opened, target_options
from crmtui.errors import CrmtuiError
from crmtui.paths import open_private, state_dir

if TYPE_CHECKING:
    from crmtui.settings import Loaded

_INTERRUPTED = 130
_CRASHED = 70
_NO_FILES = 74
"""As sysexits.h says it: an error doing I/O on some file."""


_LAZY = {
    "complete": "crmtui.cli.language",
    "completion": "crmtui.cli.completion",
    "demo": "crmtui.cli.demo",
    "doctor": "crmtui.cli.doctor",
    "forecast": "crmtui.cli.forecast",
    "help": "crmtui.cli.help:help_",
    "keymaps": "crmtui.cli.preferences",
    "lab": "crmtui.cli.lab",
    "lint": "crmtui.cli.language",
    "log": "crmtui.cli.log",
    "settings": "crmtui.cli.preferences",
    "snapshot": "crmtui.cli.snapshot",
    "tour": "crmtui.cli.demo",
    "watch": "crmtui.cli.watch",
    "why": "crmtui.cli.forecast",
    "wizard": "crmtui.cli.wizard",
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
        from crmtui.cli.screen import run_screen

        with opened(where) as target:
            run_screen(target, chosen)


@crmtui.command()
@target_options
@choosing("keymap", "editing", "read_only")
def shell(where: Where, chosen: Loaded) -> None:
    """The same command line on a bare terminal."""
    from crmtui import keymap
    from crmtui.shell.loop import run_shell

    keys, trouble = keymap.load_or_default(chosen.settings.keymap)
    for sentence in (*chosen.trouble, *trouble):
        click.echo(f"crmtui: {sentence}", err=True)
    with opened(where) as target:
        editing = keys.editing_with(chosen.settings.editing)
        sys.exit(run_shell(target, editing=editing, is_read_only=chosen.settings.read_only))


def main() -> None:
    """Run the program; every error ends in a sentence and its own exit status."""
    try:
        status = crmtui.main(standalone_mode=False)
    except CrmtuiError as error:
        click.echo(f"crmtui: {error}", err=True)
        sys.exit(error.exit_status)
    except click.exceptions.Abort:
        sys.exit(_INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        click.echo(
            f"crmtui: {error.strerror or error}:{where or ' a file'} cannot be used.", err=True
        )
        sys.exit(_NO_FILES)
    except Exception as defect:  # noqa: BLE001 - the one place where one of ours becomes a sentence
        click.echo(
            f"crmtui: a defect in crmtui ended it ({type(defect).__name__}). "
            f"Please report it, with {_crash_report()}",
            err=True,
        )
        sys.exit(_CRASHED)
    sys.exit(status if isinstance(status, int) else 0)


def _crash_report() -> str:
    """Write down what happened, and return where; without a place for that, the last line of it."""
    import platform
    import time
    import traceback

    where = f"crmtui {__version__}, Python {platform.python_version()}"
    told = f"{where}, {time.strftime('%Y-%m-%d %H:%M:%S')}\n{traceback.format_exc()}"
    try:
        path = state_dir() / "crash.log"
        flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC
        with os.fdopen(open_private(path, flags), "w", encoding="utf-8") as file:
            file.write(told)
    except OSError:
        return told.strip().splitlines()[-1]
    return str(path)
