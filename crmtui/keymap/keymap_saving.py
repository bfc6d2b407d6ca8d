"""Saving changed keys to a keymap of the user's own; its comments are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui import toml
from crmtui.actions import ACTIONS
from crmtui.errors import KeymapInvalid
from crmtui.keymap.checks import faults
from crmtui.keymap.keys import written
from crmtui.keymap.store import DEFAULT, known, load
from crmtui.paths import own_keymaps_dir, write_private

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from crmtui.keymap.keymap import Keymap


def save(keymap: Keymap, keys: Mapping[str, tuple[str, ...]]) -> Path:
    """Save ``keys``, a changed ``keymap``, and return the file.

    A keymap of the user's own is overwritten. For a shipped one, a new keymap of the user's is made that
    extends it. The file holds only the keys that differ from the extended keymap.

    Raises:
        KeymapInvalid: The keys are in conflict, or the user's file is no longer TOML.
        OSError: The file cannot be written.
    """
    if wrong := faults(keys):
        raise KeymapInvalid("\n".join(wrong))
    own = {each.name: each.path for each in known() if each.is_own}
    if keymap.name in own:
        path, below = own[keymap.name], keymap.extends
        text, _ = _read(path)
        base = load(below).keys if below else {action.id: action.keys for action in ACTIONS}
    else:
        path, base = _free(f"my-{keymap.name}", own), load(keymap.name).keys
        text = f'name = "{path.stem}"\nextends = "{keymap.name or DEFAULT}"\n\n[keys]\n'
    differing = {action: keys[action] for action in keys if keys[action] != base[action]}
    write_private(path, _changed(text, differing))
    return path


def _read(path: Path) -> tuple[str, object]:
    try:
        return toml.read(path)
    except toml.TomlUnreadable as error:
        raise KeymapInvalid(str(error), hint="Mend it first; nothing was written.") from error


def _free(name: str, taken: Mapping[str, Path]) -> Path:
    """Return a new file name in the user's folder, so that no saved keymap is overwritten."""
    names = (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3)))
    return own_keymaps_dir() / f"{next(each for each in names if each not in taken)}.toml"


def _changed(text: str, keys: Mapping[str, tuple[str, ...]]) -> str:
    import tomlkit  # here, as most users change no keys

    document = tomlkit.parse(text)
    table = document.setdefault("keys", tomlkit.table())
    for action in [*table]:
        if action not in keys:
            del table[action]
    for action, given in keys.items():
        table[action] = [written(key) for key in given]
    return tomlkit.dumps(document)
