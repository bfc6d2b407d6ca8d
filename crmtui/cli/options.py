"""Options of the command line, laid over the settings of file and environment."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from crmtui.settings import GIVEN, SETTINGS, Loaded, SettingSpec, load

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

_SETTINGS, _GIVEN = "crmtui.settings", "crmtui.given"
SCREEN = tuple(setting.name for setting in SETTINGS)
"""The settings that have an option where the screen is opened: all of them."""


def choosing(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command the settings as ``chosen``, with options for those in ``names``.

    An option that is not given to the command is taken from its group, then from environment and file.
    """

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @click.pass_context
        @functools.wraps(command)
        def told(context: click.Context, /, **options: Any) -> Any:
            given = context.meta.setdefault(_GIVEN, {})
            own = {name: options.pop(name) for name in names}
            given.update({name: value for name, value in own.items() if value is not None})
            found = _loaded(context)
            settings = found.settings.overridden(**given)
            sources = {**found.sources, **dict.fromkeys(given, GIVEN)}
            return command(chosen=replace(found, settings=settings, sources=sources), **options)

        for setting in reversed([each for each in SETTINGS if each.name in names]):
            told = _option(setting)(told)
        return told

    return decorate


def _option(setting: SettingSpec) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    name = setting.name.replace("_", "-")
    text = f"{setting.text}."
    if isinstance(setting.default, bool):
        return click.option(f"--{name}/--no-{name}", setting.name, default=None, help=text)
    if setting.choices:
        return click.option(f"--{name}", type=click.Choice(setting.choices), help=text)
    return click.option(f"--{name}", metavar="NAME", help=text, shell_complete=complete_keymap)


def complete_keymap(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[str | CompletionItem]:
    """Return the keymaps that begin with ``incomplete``, for the completion of shells."""
    from crmtui import keymap

    return [each.name for each in keymap.known() if each.name.startswith(incomplete)]


def _loaded(context: click.Context) -> Loaded:
    """Return the settings of file and environment, read once for each run of the program."""
    found = context.meta.get(_SETTINGS) or load()
    context.meta[_SETTINGS] = found
    assert isinstance(found, Loaded)
    return found
