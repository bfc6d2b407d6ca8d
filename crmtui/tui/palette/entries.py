"""Entries of the palette: every action, object, crm command, theme, keymap and guide."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from crmtui import guides
from crmtui.actions import ACTIONS
from crmtui.cluster.details.page import Reference
from crmtui.crmsh import command_table
from crmtui.settings import THEMES
from crmtui.tui.presentation.key_names import key_names
from crmtui.tui.presentation.palette_entry import PaletteEntry
from crmtui.tui.screens.main import MainScreen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crmtui.actions import KeyAction
    from crmtui.cluster.model import Cluster
    from crmtui.tui.palette.palette_app import PaletteApp
    from crmtui.tui.screens.preferences_protocol import Preferences

_PANES = {
    "nodes": "nodes", "resources": "resources", "feed": "feed", "timeline": "timeline",
    "output": "output", "page": "page", "command": "command",
}  # fmt: skip
"""Panes whose actions the palette offers, by scope."""
_KINDS = {"app": "anywhere", "command": "line"}


def entries(app: PaletteApp, keys: Mapping[str, tuple[str, ...]]) -> list[PaletteEntry]:
    """Return all entries that the palette of ``app`` offers now."""
    return [
        *_actions(app, keys),
        *(_objects(app, app.cluster) if app.cluster is not None else ()),
        *_commands(app),
        *_preferences(app.preferences),
        *_guides(app),
    ]


def _actions(app: PaletteApp, keys: Mapping[str, tuple[str, ...]]) -> Iterator[PaletteEntry]:
    is_page_open = app.main.has_class("-page")
    for action in ACTIONS:
        is_here = action.scope == "app" or action.scope in _PANES
        if not is_here or (action.scope == "page" and not is_page_open):
            continue
        if action.id == "app.palette":
            continue
        kind = _KINDS.get(action.scope, action.scope)
        names = (action.label, *action.also.split())
        run = partial(_act, app, action)
        yield PaletteEntry(action.words, kind, run, key_names(keys[action.id]), names)


async def _act(app: PaletteApp, action: KeyAction) -> None:
    pane = app.main
    if action.scope == "app":
        await app.run_action(action.method, default_namespace=pane)
        return
    app.main.go(_PANES[action.scope])
    if app.main.focused is not None:
        await app.run_action(action.method, default_namespace=app.main.focused)


def _objects(app: PaletteApp, cluster: Cluster) -> Iterator[PaletteEntry]:
    for node in cluster.nodes:
        yield PaletteEntry(node.name, "node", partial(_open, app, Reference("node", node.name)))
    for name in dict.fromkeys(each.id for each in cluster.walk()):
        yield PaletteEntry(name, "resource", partial(_open, app, Reference("resource", name)))


def _open(app: PaletteApp, reference: Reference) -> None:
    """Select an object and open its page, so that the object's keys and menu are at hand."""
    if reference.kind == "node":
        app.main.reveal(node=reference.id)
    else:
        app.main.reveal(resource=reference.id)
    app.main.post_message(MainScreen.PageAsked(reference))


def _commands(app: PaletteApp) -> Iterator[PaletteEntry]:
    """Yield the commands of crm's present level, and of the levels below."""
    level = app.crm_link.dispatcher.level if app.crm_link is not None else ()
    for path, row in _rows(level[-1] if level else command_table.ROOT, ()):
        line = " ".join((*path, row.name))
        words = f"{line}: {row.help}" if row.help else line
        yield PaletteEntry(words, "crm", partial(_type, app, f"{line} "))


def _rows(
    level: str, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], command_table.CommandRow]]:
    for row in command_table.rows(level):
        if not row.is_offered or (path and command_table.is_everywhere(row.name)):
            continue
        yield path, row
        if row.is_level and row.name not in path:
            yield from _rows(row.name, (*path, row.name))


def _type(app: PaletteApp, text: str) -> None:
    """Put a command into the command line, for the user to complete and send."""
    app.main.action_command_focus()
    app.main.command.put(text)


def _preferences(preferences: Preferences) -> Iterator[PaletteEntry]:
    for theme in THEMES:
        change = partial(preferences.change, "theme", theme)
        yield PaletteEntry(f"Use the theme {theme}", "theme", change, names=(theme,))
    for name in preferences.choices("keymap"):
        change = partial(preferences.change, "keymap", name)
        yield PaletteEntry(f"Use the keymap {name}", "keymap", change, names=(name,))
    for motion in ("full", "reduced"):
        change = partial(preferences.change, "motion", motion)
        yield PaletteEntry(f"Use {motion} motion", "motion", change)


def _guides(app: PaletteApp) -> Iterator[PaletteEntry]:
    for guide in guides.every():
        yield PaletteEntry(
            f"{guide.title} ({guide.topic})", "guide", partial(app.show_guide, guide.topic)
        )
    yield PaletteEntry("Take the tour of five screens", "guide", app.show_tour)
