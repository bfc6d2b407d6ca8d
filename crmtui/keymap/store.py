"""Store of keymaps: the shipped ones, and the user's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui import toml
from crmtui.actions import ACTIONS
from crmtui.errors import KeymapInvalid
from crmtui.keymap.keymap import Keymap
from crmtui.paths import keymaps_dir, own_keymaps_dir

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.keymap.reading import KeymapDraft

DEFAULT = "default"
DEFAULT_WORDS = "A letter for each action: the built-in keys"


@dataclass(frozen=True, slots=True)
class KnownKeymap:
    """Name of a keymap, with its file."""

    name: str
    path: Path
    is_own: bool
    """True for the user's own keymap, False for a shipped one."""


def known() -> tuple[KnownKeymap, ...]:
    """Return the shipped keymaps, then the user's own; the user's hides a shipped one of its name."""
    own = {path.stem: KnownKeymap(path.stem, path, True) for path in _files(own_keymaps_dir())}
    shipped = {path.stem: KnownKeymap(path.stem, path, False) for path in _files(keymaps_dir())}
    first = [shipped[name] for name in sorted(shipped, key=lambda name: (name != DEFAULT, name))]
    return (*(each for each in first if each.name not in own), *own.values())


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob("*.toml"))
    except OSError:  # this user may not read the folder, and so has no keymaps in it
        return []


def find(name: str) -> Path:
    """Return the file of the keymap ``name``.

    Raises:
        FileNotFoundError: There is no such keymap; the message lists the known ones in a sentence.
    """
    among = {each.name: each.path for each in known()}
    if name in among:
        return among[name]
    near = toml.nearest(name, among)
    raise FileNotFoundError(f"there is no keymap {name}{near}; there are {', '.join(among)}.")


def load(name: str = DEFAULT) -> Keymap:
    """Read the keymap ``name``.

    Raises:
        KeymapInvalid: There is no such keymap, or its file cannot be used.
    """
    try:
        path = find(name)
    except FileNotFoundError as error:
        words = str(error)
        raise KeymapInvalid(
            f"{words[0].upper()}{words[1:]}", hint="crmtui keymaps lists them."
        ) from error
    if path == keymaps_dir() / f"{DEFAULT}.toml":
        # The default comes from the registry: the screen need not wait for a file with the same keys.
        return Keymap(DEFAULT, {action.id: action.keys for action in ACTIONS}, words=DEFAULT_WORDS)
    return read(path)


def read(path: Path) -> Keymap:
    """Read a keymap file; an action without keys in it gets those of the extended keymap.

    Raises:
        KeymapInvalid: The file is missing or cannot be used; the message lists all mistakes, a line
            each.
    """
    # Imported here: most users have the default keys, and the screen need not wait for the checks.
    from crmtui.keymap.checks import findings

    draft = _draft(path)
    if found := findings(draft):
        raise KeymapInvalid("\n".join(map(str, found)))
    return Keymap(
        draft.name,
        draft.keys,
        "vi" if draft.editing == "vi" else "emacs",
        draft.words,
        draft.extends,
    )


def _draft(path: Path) -> KeymapDraft:
    from crmtui.keymap.reading import read_draft

    try:
        return read_draft(path, find)
    except FileNotFoundError as error:
        raise KeymapInvalid(f"There is no keymap file {path}.") from error
    except toml.TomlUnreadable as error:
        raise KeymapInvalid(str(error)) from error


def load_or_default(name: str) -> tuple[Keymap, tuple[str, ...]]:
    """Read the keymap ``name``; if it cannot be used, return the default and the reasons.

    In an incident, a broken keymap file must not keep the screen from opening.
    """
    try:
        return load(name), ()
    except KeymapInvalid as error:
        faults = error.what.splitlines()
        more = f" ({len(faults) - 1} more: crmtui keymaps {name})" if len(faults) > 1 else ""
        return load(), (f"{faults[0]}{more} The default keys hold.",)
