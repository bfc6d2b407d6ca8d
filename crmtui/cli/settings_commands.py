"""``crmtui keymaps`` and ``crmtui settings``: lists of both, and checks of their files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crmtui import keymap as known_keymaps
from crmtui.actions import ACTIONS
from crmtui.cli.options import choosing, complete_keymap
from crmtui.errors import SettingsInvalid
from crmtui.keymap.keys import written
from crmtui.settings import SETTINGS, load, settings_file
from crmtui.toml import line_of, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.keymap import Keymap
    from crmtui.settings import Loaded

_FILE = click.Path(dir_okay=False, exists=True, path_type=Path)


@click.command()
@click.argument("name", required=False, shell_complete=complete_keymap)
@click.option("--check", metavar="FILE", type=_FILE, help="Check this keymap file.")
@choosing()
def keymaps(chosen: Loaded, name: str | None, check: Path | None) -> None:
    """List the keymaps, or the keys of NAME; or check a file.

    A keymap of your own is a file in the folder that the end of the list names. A mistake in one is
    told with file, line and key, and makes the exit status 10.
    """
    if name is not None and check is not None:
        raise click.UsageError("A NAME is shown and a FILE is checked; give one of them.")
    if check is not None:
        found = known_keymaps.read(check)
        changed = sum(found.keys[action.id] != action.keys for action in ACTIONS)
        click.echo(f"{check}: nothing is wrong; {changed} actions have other keys than in default.")
    elif name is not None:
        _show(known_keymaps.load(name))
    else:
        used = chosen.settings.keymap
        for each in known_keymaps.known():
            _list(each, is_used=each.name == used)
        click.echo(f"\nYour own keymaps are in {known_keymaps.own_keymaps_dir()}")


def _list(known: known_keymaps.KnownKeymap, *, is_used: bool) -> None:
    found, trouble = known_keymaps.load_or_default(known.name)
    words = f"cannot be used: {trouble[0]}" if trouble else found.words
    whose = "yours" if known.is_own else "shipped"
    click.echo(f"{'*' if is_used else ' '} {known.name:<16} {whose:<8} {words}".rstrip())


def _show(keymap: Keymap) -> None:
    extends = f", extends {keymap.extends}" if keymap.extends else ""
    click.echo(f"# {keymap.name}{extends}; the command line is edited as in {keymap.editing}")
    for action in ACTIONS:
        keys = "  ".join(map(written, keymap.keys[action.id])) or "-"
        click.echo(f"{action.scope:<10} {keys:<24} {action.id:<24} {action.words}")


@click.command()
@click.option("--check", metavar="FILE", type=_FILE, help="Check this file.")
@choosing()
def settings(chosen: Loaded, check: Path | None) -> None:
    """Show every setting with value, source and purpose; or check a file.

    A mistake in the file is told with its line and key; with --check the exit status is 12.
    """
    if check is not None:
        found = load(check, {})
        if trouble := (*found.trouble, *_unknown(found)):
            raise SettingsInvalid("\n".join(trouble))
        click.echo(f"{check}: nothing is wrong.")
        return
    for sentence in (*chosen.trouble, *_unknown(chosen)):
        click.echo(f"crmtui: {sentence}", err=True)
    for setting in SETTINGS:
        value = getattr(chosen.settings, setting.name)
        shown = str(value).lower() if isinstance(value, bool) else f'"{value}"'
        source = Path(chosen.sources.get(setting.name, "default")).name
        click.echo(f"{setting.name:<10} = {shown:<16} {source:<18} {setting.text}")
    for name, look in chosen.settings.clusters.items():
        click.echo(f'[cluster.{name}] label = "{look.label}", color = "{look.color}"')
    click.echo(f"\nThe file is {settings_file()}")


def _unknown(found: Loaded) -> Iterator[str]:
    """Yield settings that name something unknown, such as a missing keymap."""
    try:
        known_keymaps.find(found.settings.keymap)
    except FileNotFoundError as error:
        yield f"{_place(found.sources['keymap'], 'keymap')}: {error}"
    from textual.color import Color, ColorParseError

    for name, look in found.settings.clusters.items():
        try:
            Color.parse(look.color or "red")
        except ColorParseError as error:
            near = f" (did you mean {error.suggested_color}?)" if error.suggested_color else ""
            where = _place(found.sources["clusters"], "cluster", name, "color")
            yield f"{where}: there is no colour {look.color}{near}: a name, or #rrggbb."


def _place(source: str, *keys: str) -> str:
    path = Path(source)
    return f"{path}, line {line_of(read(path)[0], *keys)}" if path.is_file() else source
