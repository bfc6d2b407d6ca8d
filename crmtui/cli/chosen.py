"""What the user has chosen: the settings, with the options of the command line over them."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from crmtui.settings import Loaded, load

if TYPE_CHECKING:
    from collections.abc import Callable

_SETTINGS, _GIVEN = "crmtui.settings", "crmtui.given"
_EDITING = ["keymap", "emacs", "vi"]


def loaded(context: click.Context) -> Loaded:
    """Return the settings of file and environment, read once for each run of the program."""
    found = context.meta.setdefault(_SETTINGS, None) or load()
    context.meta[_SETTINGS] = found
    assert isinstance(found, Loaded)
    return found


def read_only_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option that locks the gate, as ``is_read_only``.

    What the command is not told itself it takes over from its group, then from the settings.
    """

    def locked(context: click.Context, _parameter: click.Parameter, value: bool | None) -> bool:
        given = context.meta.setdefault(_GIVEN, {})
        if value is not None:
            given["read_only"] = value
        return bool(given.get("read_only", loaded(context).settings.read_only))

    option = click.option(
        "--read-only/--no-read-only",
        "is_read_only",
        default=None,
        callback=locked,
        help="Let nothing through that changes anything; what is not known to be harmless counts "
        "as that.",
    )
    return option(command)


def editing_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command that reads lines the option that says whose keys edit them."""
    option = click.option(
        "--editing",
        type=click.Choice(_EDITING),
        help="Whose keys edit the command line; as the keymap says where nothing else is said.",
    )
    return option(command)


def choosing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the settings as ``chosen``, with its own options and its group's over them.

    Options are those whose names are settings; where they are not given they have to be None.
    """

    @click.pass_context
    @functools.wraps(command)
    def told(context: click.Context, /, **options: Any) -> Any:
        given = context.meta.setdefault(_GIVEN, {})
        found = loaded(context)
        own = [name for name in options if hasattr(found.settings, name)]
        given.update({name: value for name in own if (value := options.pop(name)) is not None})
        settings = found.settings.overridden(**given)
        sources = {**found.sources, **dict.fromkeys(given, "command line")}
        return command(chosen=replace(found, settings=settings, sources=sources), **options)

    return told


def screen_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command that opens the screen the options of the screen, as ``chosen``."""
    for option in (
        click.option("--ascii/--no-ascii", default=None, help="Paint with ASCII characters only."),
        click.option(
            "--keymap",
            metavar="NAME",
            help="Which keys do what: default, vi, emacs, crm_mon, or a keymap of your own.",
        ),
    ):
        command = option(command)
    return command
