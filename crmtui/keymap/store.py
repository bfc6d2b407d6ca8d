"""Where keymaps are: those that are shipped, and the user's own."""

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
DEFAULT_WORDS = "A letter for each action: what crmtui has without a keymap"


@dataclass(frozen=True, slots=True)
class KnownKeymap:
    """A keymap that can be named."""

    name: str
    path: Path
    is_own: bool
    """Whether it is the user's, not a shipped one."""


def known() -> tuple[KnownKeymap, ...]:
    """Return the shipped keymaps, then the user's own; an own one hides a shipped one of its name."""
    own = {path.stem: KnownKeymap(path.stem, path, True) for path in _files(own_keymaps_dir())}
    shipped = {path.stem: KnownKeymap(path.stem, path, False) for path in _files(keymaps_dir())}
    first = [shipped[name] for name in sorted(shipped, key=lambda name: (name != DEFAULT, name))]
    return (*(each for each in first if each.name not in own), *own.values())


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob("*.toml"))
    except OSError:  # the folder is nobody's to read: then there is none in it for this user
        return []


def find(name: str) -> Path:
    """Return the file of the keymap ``name``.

    Raises:
        FileNotFoundError: There is none; the message is a sentence with what there is.
    """
    among = {each.name: each.path for each in known()}
    if name in among:
        return among[name]
    near = toml.nearest(name, among)
    raise FileNotFoundError(f"there is no keymap {name}{near}; there are {', '.join(among)}.")


def load(name: str = DEFAULT) -> Keymap:
    """Read the keymap ``name``.

    Raises:
        KeymapInvalid: There is no such keymap, or what its file says cannot be used.
    """
    try:
        path = find(name)
    except FileNotFoundError as error:
        words = str(error)
        raise KeymapInvalid(
            f"{words[0].upper()}{words[1:]}", hint="crmtui keymaps lists them."
        ) from error
    if path == keymaps_dir() / f"{DEFAULT}.toml":
        # It is made from the registry, and the screen is not to wait for it to be read back.
        return Keymap(DEFAULT, {action.id: action.keys for action in ACTIONS}, words=DEFAULT_WORDS)
    return read(path)


def read(path: Path) -> Keymap:
    """Read a keymap file; an action that it does not name has the keys of the one that it extends.

    Raises:
        KeymapInvalid: The file is missing, or what it says cannot be used; all
            that is wrong, a line each.
    """
    # Here, as most have the default keys, and the screen need not wait for what reads a file.
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
    """Read the keymap ``name``, or the default one where that cannot be used, and say why.

    Nobody in an incident has to mend a file first.
    """
    try:
        return load(name), ()
    except KeymapInvalid as error:
        faults = error.what.splitlines()
        more = f" ({len(faults) - 1} more: crmtui keymaps {name})" if len(faults) > 1 else ""
        return load(), (f"{faults[0]}{more} The default keys hold.",)
